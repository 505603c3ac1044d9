"""The Better Stack kind: where a page's feed lies."""

import re
from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from yarl import URL

from tocsin.adapters.feeds.betterstack.rules import read_page
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import is_below, stored_address
from tocsin.detection.signals.ports import SourceFields, SourceSpec, WatchedNames
from tocsin.platform.http import tidy_url

_BELOW_THE_PAGE = re.compile(
    r"/(index\.json|(en|de|fr|es|pt|it|nl|pl|ja|ko|zh)|incidents?(/.*)?|maintenance(/.*)?|history(/.*)?)$"
)


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none."""
    address = URL(tidy_url(url))
    path = _BELOW_THE_PAGE.sub("", address.path.rstrip("/"))
    return str(address.with_path(path).with_query(None)).rstrip("/")


class BetterStackSource(SourceFields):
    """`{kind: betterstack, url, components?}`; `url` is the page's address."""

    kind: Literal["betterstack"] = "betterstack"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))]
    components: WatchedNames = ()


class BetterStackKind(ListedKind):
    """Status pages of Better Stack, once Better Uptime."""

    kind: ClassVar[str] = "betterstack"
    schema: ClassVar[type[SourceFields]] = BetterStackSource
    hosted_anywhere: ClassVar[bool] = True
    marks: ClassVar[tuple[str, ...]] = ("betterstack.com", "betteruptime.com")

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def recognises(self, url: str) -> bool:
        """Whether it is a page under the vendor's own name."""
        return is_below(url, "betteruptime.com", "betterstack.com")

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The document below the page."""
        return f"{page.rstrip('/')}/index.json"

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """All monitored resources and open reports; raises ShapeFault."""
        return read_page(payload)
