"""RSS 2.0 and Atom (RFC 4287): one entry per public update, the silent ones included."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from tocsin.communication.statuspage.rendering.html import instant
from tocsin.communication.statuspage.rendering.language import Voice
from tocsin.communication.statuspage.rendering.links import Links
from tocsin.communication.statuspage.rendering.views import PageIdentity, PageView, RenderedFile

RSS_TYPE = "application/rss+xml; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"

ENTRIES = 250

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("atom", _ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One update as a feed tells it; `link` is absolute and serves as its lasting id."""

    title: str
    link: str
    phase: str
    html: str
    at: datetime


def entries(view: PageView, voice: Voice, links: Links) -> tuple[Entry, ...]:
    """All updates of all incidents, newest first by their own date, at most 250."""
    told = [
        Entry(
            title=voice.say(
                "feed.entry",
                phase=voice.say(f"phase.{update.phase.value}"),
                title=incident.title,
            ),
            link=links.absolute(links.incident(incident.public_id)) + f"#u-{update.public_id}",
            phase=update.phase.value,
            html=update.html,
            at=update.at,
        )
        for incident in view.incidents
        for update in incident.updates
    ]
    told.sort(key=lambda entry: (entry.at, entry.link), reverse=True)
    return tuple(told[:ENTRIES])


def rss(view: PageView, voice: Voice, links: Links, now: datetime) -> RenderedFile:
    """The page's RSS 2.0 feed."""
    told = entries(view, voice, links)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", voice.say("feed.title", page=view.page.name))
    _text(channel, "link", links.absolute(links.index))
    _text(channel, "description", voice.say("feed.subtitle", page=view.page.name))
    _text(channel, "language", voice.language)
    _text(channel, "lastBuildDate", _rfc822(_updated(told, now)))
    _text(channel, "ttl", "5")
    address = links.absolute(links.rss)
    own = {"href": address, "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{_ATOM}}}link", own)
    for entry in told:
        item = ET.SubElement(channel, "item")
        _text(item, "title", entry.title)
        _text(item, "link", entry.link)
        _text(item, "guid", entry.link)
        _text(item, "category", entry.phase)
        _text(item, "pubDate", _rfc822(entry.at))
        _text(item, "description", entry.html)
    return _file(root, RSS_TYPE)


def atom(view: PageView, voice: Voice, links: Links, now: datetime) -> RenderedFile:
    """The page's Atom feed."""
    told = entries(view, voice, links)
    root = ET.Element("feed", {"xmlns": _ATOM, f"{{{_XML}}}lang": voice.language})
    address = links.absolute(links.atom)
    _text(root, "id", address)
    _text(root, "title", voice.say("feed.title", page=view.page.name))
    _text(root, "subtitle", voice.say("feed.subtitle", page=view.page.name))
    _text(root, "updated", instant(_updated(told, now)))
    _author(root, view.page, links)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=address)
    home = links.absolute(links.index)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=home)
    for told_entry in told:
        _atom_entry(root, told_entry)
    return _file(root, ATOM_TYPE)


def _atom_entry(root: ET.Element, entry: Entry) -> None:
    item = ET.SubElement(root, "entry")
    _text(item, "id", entry.link)
    _text(item, "title", entry.title)
    _text(item, "published", instant(entry.at))
    _text(item, "updated", instant(entry.at))
    ET.SubElement(item, "link", rel="alternate", type="text/html", href=entry.link)
    ET.SubElement(item, "category", term=entry.phase)
    _text(item, "content", entry.html).set("type", "html")


def _author(root: ET.Element, page: PageIdentity, links: Links) -> None:
    author = ET.SubElement(root, "author")
    _text(author, "name", page.name)
    _text(author, "uri", links.absolute(links.index))


def _updated(told: Iterable[Entry], now: datetime) -> datetime:
    return max((entry.at for entry in told), default=now)


def _rfc822(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    """A child with text, without the control characters that XML 1.0 does not know."""
    child = ET.SubElement(parent, name)
    child.text = _NOT_XML.sub("", text)
    return child


def _file(root: ET.Element, content_type: str) -> RenderedFile:
    ET.indent(root)
    return RenderedFile(ET.tostring(root, encoding="utf-8", xml_declaration=True), content_type)
