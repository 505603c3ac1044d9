"""News as each kind of channel carries it: Block Kit, a letter, a Standard Webhooks event."""

from typing import Any

from tocsin.platform.delivery import Body
from tocsin.platform.letters import letter

from .model import ChannelKind
from .news import News, stamp

_MOST_HEADER = 150  # limits of Block Kit, in characters
_MOST_SECTION = 3_000
_MOST_CONTEXT = 2_000
_CONTROL = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def body_for(kind: ChannelKind, news: News) -> Body:
    """The body that all channels of a kind share."""
    match kind:
        case ChannelKind.SLACK:
            return Body(_slack(news))
        case ChannelKind.MAIL:
            return Body(_mail(news))
        case ChannelKind.WEBHOOK:
            return Body({"type": news.kind, "timestamp": stamp(news.at), "data": dict(news.data)})


def escape(text: str, most: int) -> str:
    """Write plain text for Slack, whose control characters are & < and >; cut to `most`."""
    written = [_CONTROL.get(character, character) for character in text]
    if sum(map(len, written)) <= most:
        return "".join(written)
    room = most - 1
    kept = []
    for part in written:
        if len(part) > room:
            break
        kept.append(part)
        room -= len(part)
    return "".join(kept).rstrip() + "…"


def _slack(news: News) -> dict[str, Any]:
    rows = " · ".join(f"{label}: {value}" for label, value in news.facts)
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": _plain(news.headline, _MOST_HEADER)},
        {"type": "section", "text": _plain(news.sentence or news.headline, _MOST_SECTION)},
    ]
    if rows:
        blocks.append({"type": "context", "elements": [_plain(rows, _MOST_CONTEXT)]})
    button = {
        "type": "button",
        "text": _plain(news.button.label, _MOST_HEADER),
        "url": news.button.url,
    }
    blocks.append({"type": "actions", "elements": [button]})
    return {"text": escape(f"{news.headline}. {news.sentence}", _MOST_SECTION), "blocks": blocks}


def _plain(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": escape(text, most), "emoji": False}


def _mail(news: News) -> dict[str, Any]:
    return letter(
        subject=news.headline,
        headline=news.headline,
        paragraphs=[part for part in news.sentence.split("\n\n") if part.strip()],
        button=news.button,
        facts=news.facts,
        footer_lines=["You get this because this address is a channel of Tocsin."],
    )
