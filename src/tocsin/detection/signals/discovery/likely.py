"""Which kinds are worth trying at an address, from what each says of itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from tocsin.detection.signals.front import FEED_TYPES, FrontPage
from tocsin.detection.signals.ports import (
    FindsItself,
    LeavesMarks,
    MonitorFields,
    Recognises,
    SourceKind,
)
from tocsin.platform.http import host_of


def is_feed(kind: SourceKind) -> bool:
    """Whether a kind reads what others publish, rather than checking something itself."""
    return kind.polled and not issubclass(kind.schema, MonitorFields)


def recognises(kind: SourceKind, url: str) -> bool:
    """Whether a kind knows an address for its own."""
    if isinstance(kind, Recognises):
        return kind.recognises(url)
    at = home(kind)
    return at is not None and host_of(at) == host_of(url)


def home(kind: SourceKind) -> str | None:
    """The well-known address of a kind that has only one page."""
    address = kind.schema.model_fields.get("url")
    return address.default if address and isinstance(address.default, str) else None


def is_at_home(kind: SourceKind) -> bool:
    """Whether a kind's pages may have any address at all."""
    if isinstance(kind, Recognises):
        return bool(getattr(kind, "hosted_anywhere", False))
    return home(kind) is None and not reads_linked_feeds(kind)


def reads_linked_feeds(kind: SourceKind) -> bool:
    """Whether a kind reads any RSS or Atom feed; such a kind lists nothing, so it is tried last."""
    accepted = str(getattr(kind, "accept", ""))
    return home(kind) is None and any(one in accepted for one in FEED_TYPES)


def is_likely(kind: SourceKind, front: FrontPage, url: str) -> bool:
    """Whether the address, where it leads, or what is shown there speaks for a kind."""
    if recognises(kind, url) or recognises(kind, front.url):
        return True
    shown = front.text.lower()
    return isinstance(kind, LeavesMarks) and any(mark in shown for mark in kind.marks)


def candidates(kind: SourceKind, front: FrontPage) -> Sequence[Mapping[str, Any]]:
    """The sources of a kind that are worth trying at a page."""
    if isinstance(kind, FindsItself):
        return kind.candidates(front)
    return ({"kind": kind.kind, "url": front.url},)
