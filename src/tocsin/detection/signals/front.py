"""What somebody sees who opens an address: where it led, its text, and the feeds it names."""

import re
from dataclasses import dataclass
from html import unescape

from yarl import URL

MOST_TEXT = 512 * 1024

FEED_TYPES = ("application/rss+xml", "application/atom+xml")

_XML = re.compile(r"^(?:text|application)/(?:(?:rss|atom|rdf)\+)?xml$")
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,500})", re.IGNORECASE)
_LINK = re.compile(r"<link\s([^>]{1,1000})>", re.IGNORECASE)
_ANCHOR = re.compile(
    r"""<(?:a|iframe)\s[^>]{0,500}?(?:href|src)\s*=\s*["']?(https?://[^"'>\s]{1,500})""", re.I
)
_ATTRIBUTE = re.compile(r"""([a-z-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The answer of an address that a person pasted.

    `url` is where it led; `media_type` is lower case, without parameters; `text` is cut to
    `MOST_TEXT` characters and empty for what is no text.
    """

    url: str
    media_type: str = ""
    text: str = ""

    @property
    def title(self) -> str | None:
        """The page's own name for itself."""
        found = _TITLE.search(self.text)
        return " ".join(unescape(found[1]).split())[:120] or None if found else None

    def linked_feeds(self) -> list[str]:
        """The addresses of RSS and Atom feeds, its own if it is one itself (HTML, 4.6.7.1)."""
        found: list[str | None] = [self.url] if _XML.search(self.media_type) else []
        for link in _LINK.finditer(self.text):
            said = _attributes(link[1])
            alternate = "alternate" in said.get("rel", "").lower().split()
            if alternate and said.get("type", "").lower() in FEED_TYPES and said.get("href"):
                found.append(_joined(self.url, unescape(said["href"])))
        return list(dict.fromkeys(address for address in found if address))

    def linked_pages(self, most: int) -> list[str]:
        """Addresses of other hosts that the page links to or shows within itself."""
        found: dict[str, None] = {}
        own = URL(self.url).host
        for anchor in _ANCHOR.finditer(self.text):
            address = _joined(self.url, unescape(anchor[1]))
            if address and URL(address).host != own:
                found[address] = None
            if len(found) >= most:
                break
        return list(found)


def _attributes(text: str) -> dict[str, str]:
    return {one[1].lower(): one[2] or one[3] or one[4] or "" for one in _ATTRIBUTE.finditer(text)}


def _joined(base: str, address: str) -> str | None:
    try:
        joined = URL(base).join(URL(address))
    except ValueError:
        return None
    return str(joined) if joined.scheme in ("http", "https") and joined.host else None
