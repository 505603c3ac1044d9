"""The RSS kind: one feed, asked at its own address."""

from dataclasses import replace
from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.mentions import WatchedWords
from tocsin.adapters.feeds.payload import stored_address
from tocsin.adapters.feeds.rss.rules import listed
from tocsin.adapters.feeds.syndication import ACCEPT, decode_xml
from tocsin.detection.signals.ports import (
    PollFailure,
    Reading,
    SourceFields,
    SourceSpec,
)
from tocsin.platform.http import tidy_url

CAVEAT = "read from a news feed, low confidence"


class RssSource(SourceFields):
    """`{kind: rss, url, components?}`; `url` is the feed's own address, RSS or Atom.

    `components` are words to look for: with them an entry counts only where it mentions one.
    """

    kind: Literal["rss"] = "rss"
    url: Annotated[str, AfterValidator(partial(stored_address, tidy_url))]
    components: WatchedWords = ()


class RssKind(ListedKind):
    """A status page's history as RSS 2.0, RSS 1.0 or Atom."""

    kind: ClassVar[str] = "rss"
    schema: ClassVar[type[SourceFields]] = RssSource
    accept: ClassVar[str] = ACCEPT

    def page_address(self, url: str) -> str:
        """The feed's address itself; raises HttpFailure for what is none."""
        return tidy_url(url)

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The feed's address itself."""
        return page

    def decode(self, body: bytes) -> object:
        """The feed's root element, or a PollFailure that says what came instead."""
        return decode_xml(body)

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """The entries that are not over."""
        return listed(payload, spec)

    def _read(self, payload: object, spec: SourceSpec) -> Reading | PollFailure:
        reading = super()._read(payload, spec)
        if isinstance(reading, PollFailure):
            return reading
        return replace(reading, detail=f"{reading.detail} ({CAVEAT})")
