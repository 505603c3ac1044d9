"""Reading RSS 2.0, RSS 1.0 (RDF) and Atom into plain entries; XML is parsed without entities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tocsin.adapters.feeds.payload import ShapeFault, instant, text, web_address
from tocsin.detection.signals.ports import PollFailure, PollFailureKind

ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"

_MOST_ENTRIES = 5_000
_MOST_CATEGORIES = 50
_LONGEST_BODY = 100_000
_PUBLISHED = ("pubDate", "published", "date", "issued")
_BODIES = ("encoded", "content", "description", "summary")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; `body` is its text as sent, usually HTML. `published_at` is None where unsure."""

    id: str
    title: str
    body: str
    url: str | None
    published_at: datetime | None
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Syndicated:
    """A feed's title, and its entries in its own order."""

    title: str | None
    entries: tuple[FeedEntry, ...]


def decode_xml(body: bytes) -> Element | PollFailure:
    """The root element of a body, or a PollFailure that says what came instead."""
    trimmed = body.strip(b" \t\r\n\x00")
    if not trimmed.removeprefix(b"\xef\xbb\xbf"):
        return PollFailure(PollFailureKind.EMPTY, "The answer is empty.")
    try:
        root: Element = fromstring(body.lstrip(b" \t\r\n"))
    except DefusedXmlException:
        return _no_xml("The answer declares XML entities, which no feed needs.")
    except (ParseError, ValueError, LookupError):
        if _looks_like_html(trimmed):
            return _web_page()
        return _no_xml("The answer is not valid XML.")
    return _web_page() if _local(root).lower() == "html" else root


def read_syndicated(payload: object) -> Syndicated:
    """The entries of a decoded feed; raises ShapeFault when it is none."""
    if not isinstance(payload, Element):
        raise ShapeFault("the answer is not a feed")
    head, entries = _parts(payload)
    if len(entries) > _MOST_ENTRIES:
        raise ShapeFault(f"the feed has more than {_MOST_ENTRIES} entries")
    title = _said(head, ("title",))
    if title is None and not entries:
        raise ShapeFault("the feed has neither a title nor entries")
    return Syndicated(title, tuple(_entry(one) for one in entries))


def feed_instant(value: object) -> datetime | None:
    """An instant in RFC 3339 or RFC 5322; None for any that does not say its offset.

    Python reads a zone it does not know (`CEST`) as none at all: such a time is not guessed.
    """
    found = instant(value)
    if found is not None or not isinstance(value, str):
        return found
    try:
        read = parsedate_to_datetime(value)
        return read.astimezone(UTC) if read.tzinfo else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _parts(root: Element) -> tuple[Element, Sequence[Element]]:
    """The element with the feed's title, and the entries."""
    name = _local(root)
    if name == "feed":
        return root, list(_children(root, "entry"))
    channel = next(_children(root, "channel"), None)
    if name not in ("rss", "RDF") or channel is None:
        raise ShapeFault(f"<{text(name, 50)}> is neither RSS nor Atom")
    # RDF has its items beside the channel, and so had Azure's RSS for years.
    return channel, [*_children(channel, "item"), *_children(root, "item")]


def _entry(entry: Element) -> FeedEntry:
    url = _link(entry)
    title = _said(entry, ("title",)) or "Entry without a title"
    attributes = (value for name, value in entry.attrib.items() if name.endswith("about"))
    given = _said(entry, ("guid", "id")) or text(next(attributes, None))
    return FeedEntry(
        id=given or url or title,
        title=title,
        body=_body(entry),
        url=url,
        published_at=feed_instant(_said(entry, _PUBLISHED)),
        categories=_categories(entry),
    )


def _said(holder: Element, names: Sequence[str]) -> str | None:
    """The first text among children of these names, in the order of the names."""
    for name in names:
        for child in _children(holder, name):
            found = text("".join(child.itertext()))
            if found is not None:
                return found
    return None


def _body(entry: Element) -> str:
    for name in _BODIES:
        for child in _children(entry, name):
            found = _as_html(child)
            if found.strip():
                return found
    return ""


def _as_html(element: Element) -> str:
    """The text of an element; where it is XHTML instead of escaped HTML, bold words stay bold."""
    for bold in element.iter():
        if bold is not element and _local(bold) in ("strong", "b"):
            bold.text = f"<b>{bold.text or ''}</b>"
    return "".join(element.itertext())[:_LONGEST_BODY]


def _link(entry: Element) -> str | None:
    for child in _children(entry, "link"):
        if child.get("rel", "alternate") == "alternate":
            found = web_address(child.get("href") or (child.text or "").strip())
            if found:
                return found
    return None


def _categories(entry: Element) -> tuple[str, ...]:
    named = (text(one.get("term")) or text(one.text) for one in _children(entry, "category"))
    return tuple(dict.fromkeys(one for one in named if one))[:_MOST_CATEGORIES]


def _children(holder: Element, name: str) -> Iterator[Element]:
    return (child for child in holder if _local(child) == name)


def _local(element: Element) -> str:
    """The name without its namespace: feeds disagree about which one is theirs."""
    return str(element.tag).rpartition("}")[2]


def _looks_like_html(body: bytes) -> bool:
    start = body[:1_000].lower()
    return b"<html" in start or b"<!doctype html" in start


def _web_page() -> PollFailure:
    return PollFailure(PollFailureKind.HTML, "The answer is a web page instead of a feed.")


def _no_xml(sentence: str) -> PollFailure:
    return PollFailure(PollFailureKind.SCHEMA, sentence)
