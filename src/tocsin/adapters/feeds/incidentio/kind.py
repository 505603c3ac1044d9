"""The incident.io kind: what a page shows its own visitors, else its widget's summary."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from yarl import URL

from tocsin.adapters.feeds.incidentio.page import read_page
from tocsin.adapters.feeds.incidentio.widget import read_widget
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import mapping, stored_address
from tocsin.detection.signals.ports import SourceFields, SourceSpec, WatchedNames
from tocsin.platform.http import tidy_url

_BELOW_THE_PAGE = re.compile(r"/(api/v\d+(/.*)?|incidents?(/.*)?|history|feed(\.\w+)?(/.*)?)$")
_PROXY = re.compile(r"^/proxy/[^/]+")


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none."""
    address = URL(tidy_url(url))
    path = _PROXY.sub("", _BELOW_THE_PAGE.sub("", address.path.rstrip("/")))
    return str(address.with_path(path).with_query(None)).rstrip("/")


class IncidentIoSource(SourceFields):
    """`{kind: incidentio, url, components?}`; `url` is the page's address."""

    kind: Literal["incidentio"] = "incidentio"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))]
    components: WatchedNames = ()


class IncidentIoKind(ListedKind):
    """Pages of incident.io; most of them are read as `statuspage` just as well."""

    kind: ClassVar[str] = "incidentio"
    schema: ClassVar[type[SourceFields]] = IncidentIoSource
    marks: ClassVar[tuple[str, ...]] = ("incident.io",)

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """What the page asks for itself: all components and what ails them."""
        address = URL(page)
        path = address.path.rstrip("/")
        return str(address.with_path(f"/proxy/{address.host}{path}"))

    def other_addresses(self, page: str, spec: SourceSpec) -> Sequence[str]:
        """The summary for widgets, which names only components in trouble."""
        return (f"{page.rstrip('/')}/api/v1/summary",)

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """All components that the answer knows, open incidents and maintenances."""
        answer = mapping(payload, "the answer")
        return read_page(answer) if "summary" in answer else read_widget(answer, spec)
