"""News and answers in Slack's Block Kit, within its limits and without its control characters."""

from collections.abc import Sequence
from typing import Any

from tocsin.kernel.status import Status
from tocsin.platform.letters import Button

from .news import SEEN, News

ACKNOWLEDGE = "ack"
"""The `action_id` of the button that acknowledges the alert in its `value`."""

_MOST_HEADER = 150  # limits of Block Kit, in characters
_MOST_SECTION = 3_000
_MOST_FIELD = 2_000
_MOST_FIELDS = 10
_MOST_CONTEXT = 2_000
_MOST_BUTTON = 75
_CONTROL = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

# As on the board a status is a shape before it is a word; these are text, never emoji.
SHAPES = {
    Status.OPERATIONAL: "●",
    Status.DEGRADED: "▲",
    Status.PARTIAL_OUTAGE: "◆",
    Status.MAJOR_OUTAGE: "⬣",
    Status.UNKNOWN: "○",
}


def message_blocks(
    news: News, *, acknowledges: bool = False, note: str | None = None
) -> dict[str, Any]:
    """A message about news; `note` is a line of our own mrkdwn, such as who acknowledged it."""
    heading = f"{SHAPES[news.status]} {news.headline}" if news.status else news.headline
    blocks = [_header(heading), _section(news.sentence or news.headline)]
    if news.facts:
        blocks.append(_fields(news.facts) if news.status else _row(news.facts))
    if note is not None:
        blocks.append(_note(note))
    buttons = [_open(news.button)]
    if acknowledges and news.acknowledges:
        buttons.insert(0, _acknowledge(news.acknowledges))
    blocks.append({"type": "actions", "elements": buttons})
    seen = next((f" {value.rstrip('.')}." for label, value in news.facts if label == SEEN), "")
    text = f"{news.headline}.{seen} {news.sentence}"
    return {"text": escape(text, _MOST_SECTION), "blocks": blocks}


def answer_blocks(
    headline: str, lines: Sequence[str], button: Button, note: str | None = None
) -> dict[str, Any]:
    """An answer that only its asker sees: a headline, lines of plain text, a link."""
    blocks = [_header(headline)]
    if lines:
        blocks.append(_section("\n".join(lines)))
    if note:
        blocks.append(_row([("", note)]))
    blocks.append({"type": "actions", "elements": [_open(button)]})
    return {
        "response_type": "ephemeral",
        "text": escape("\n".join([headline, *lines]), _MOST_SECTION),
        "blocks": blocks,
    }


def aside(sentence: str) -> dict[str, Any]:
    """A sentence that only whoever clicked sees; the message stays as it is."""
    return {
        "response_type": "ephemeral",
        "replace_original": False,
        "text": escape(sentence, _MOST_SECTION),
    }


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


def _header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": _plain(text, _MOST_HEADER)}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _plain(text, _MOST_SECTION)}


def _fields(facts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    fields = [_plain(f"{label}\n{value}", _MOST_FIELD) for label, value in facts[:_MOST_FIELDS]]
    return {"type": "section", "fields": fields}


def _row(facts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    text = " · ".join(f"{label}: {value}" if label else value for label, value in facts)
    return {"type": "context", "elements": [_plain(text, _MOST_CONTEXT)]}


def _note(mrkdwn: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": mrkdwn}]}


def _open(button: Button) -> dict[str, Any]:
    return {"type": "button", "text": _plain(button.label, _MOST_BUTTON), "url": button.url}


def _acknowledge(alert_id: str) -> dict[str, Any]:
    return {
        "type": "button",
        "style": "primary",
        "action_id": ACKNOWLEDGE,
        "value": alert_id,
        "text": _plain("Acknowledge", _MOST_BUTTON),
    }


def _plain(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": escape(text, most), "emoji": False}
