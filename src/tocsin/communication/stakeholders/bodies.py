"""News as each kind of channel carries it: Block Kit, a letter, a Standard Webhooks event."""

from typing import Any

from tocsin.platform.delivery import Body
from tocsin.platform.letters import letter

from .blocks import message_blocks
from .model import ChannelKind
from .news import News, stamp


def body_for(kind: ChannelKind, news: News, *, acknowledges: bool = False) -> Body:
    """The body that all channels of a kind share; `acknowledges` puts a button on alerts."""
    match kind:
        case ChannelKind.SLACK:
            return Body(message_blocks(news, acknowledges=acknowledges))
        case ChannelKind.MAIL:
            return Body(_mail(news))
        case ChannelKind.WEBHOOK:
            return Body({"type": news.kind, "timestamp": stamp(news.at), "data": dict(news.data)})


def _mail(news: News) -> dict[str, Any]:
    return letter(
        subject=news.headline,
        headline=news.headline,
        paragraphs=[part for part in news.sentence.split("\n\n") if part.strip()],
        button=news.button,
        facts=news.facts,
        footer_lines=["You get this because this address is a channel of Tocsin."],
    )
