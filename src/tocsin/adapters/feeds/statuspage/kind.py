"""The Statuspage kind: where its feed lies, and how it is polled and tested."""

import re
from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from yarl import URL

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import is_below, stored_address
from tocsin.adapters.feeds.statuspage.rules import listed
from tocsin.detection.signals.ports import SourceFields, SourceSpec, WatchedNames
from tocsin.platform.http import tidy_url

_FEED = "/api/v2/summary.json"
_BELOW_THE_PAGE = re.compile(r"/(api/v2(/.*)?|history([./].*)?|incidents(/.*)?)$")


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none."""
    address = URL(tidy_url(url))
    path = _BELOW_THE_PAGE.sub("", address.path)
    return str(address.with_path(path).with_query(None)).rstrip("/")


class StatuspageSource(SourceFields):
    """`{kind: statuspage, url, components?}`; `url` is the page's address."""

    kind: Literal["statuspage"] = "statuspage"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))]
    components: WatchedNames = ()


class StatuspageKind(ListedKind):
    """Pages of Atlassian Statuspage and those compatible with its v2 API."""

    kind: ClassVar[str] = "statuspage"
    schema: ClassVar[type[SourceFields]] = StatuspageSource
    hosted_anywhere: ClassVar[bool] = True
    marks: ClassVar[tuple[str, ...]] = (
        "statuspage.io",
        "powered by atlassian statuspage",
        "incident.io",  # its pages answer like Statuspage's
    )

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def recognises(self, url: str) -> bool:
        """Whether it is a page under the vendor's own name."""
        return is_below(url, "statuspage.io")

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The summary below the page."""
        return page.rstrip("/") + _FEED

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """All components, open incidents and maintenances of a summary."""
        return listed(payload)
