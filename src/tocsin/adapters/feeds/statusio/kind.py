"""The Status.io kind: pages have domains of their own, their data lies at the vendor's API."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, StringConstraints, model_validator
from yarl import URL

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import is_below, stored_address
from tocsin.adapters.feeds.statusio.rules import read_page
from tocsin.detection.signals.ports import FrontPage, SourceFields, SourceSpec, WatchedNames
from tocsin.platform.http import tidy_url

_API = "https://api.status.io/1.0/status/"
_BY_API = re.compile(r"^(.*/1\.0/status/[A-Za-z0-9]+)(/.*)?$")
_BY_PAGE = re.compile(r"/(?:pages/(?:history/|maintenance/|incident/)?)?([0-9a-f]{24})(/.*)?$")
_ID_IN_PAGE = re.compile(
    r"(?:pages/(?:[a-z]+/)?|statuspage_id\W{1,5}|/1\.0/status/|hosted\.status\.io/)([0-9a-f]{24})\b"
)


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none.

    Addresses of the API stay what they are, those of a page keep the page's id.
    """
    address = URL(tidy_url(url)).with_query(None)
    by_api, by_page = _BY_API.match(address.path), _BY_PAGE.search(address.path)
    if by_api:
        path = by_api[1]
    elif by_page:
        path = f"{address.path[: by_page.start()]}/pages/{by_page[1]}"
    else:
        path = re.sub(r"/pages?(/.*)?$", "", address.path)
    return str(address.with_path(path)).rstrip("/")


class StatusIoSource(SourceFields):
    """`{kind: statusio, url, page_id?, components?}`.

    `url` is the page's address or that of its API; one that does not hold the page's id (24
    hexadecimal digits, in the links of the page) needs `page_id`.
    """

    kind: Literal["statusio"] = "statusio"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))]
    page_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")] | None = None
    components: WatchedNames = ()

    @model_validator(mode="after")
    def _has_an_id(self) -> Self:
        path = URL(self.url).path
        if self.page_id is None and not (_BY_API.match(path) or _BY_PAGE.search(path)):
            raise ValueError(
                "page_id is missing: 24 hexadecimal digits that the page's links contain "
                "(/pages/history/<id>)"
            )
        return self


class StatusIoKind(ListedKind):
    """Pages of Status.io (kb.status.io, public status API)."""

    kind: ClassVar[str] = "statusio"
    schema: ClassVar[type[SourceFields]] = StatusIoSource
    hosted_anywhere: ClassVar[bool] = True
    marks: ClassVar[tuple[str, ...]] = ("status.io",)

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def recognises(self, url: str) -> bool:
        """Whether it is a page under the vendor's own name."""
        return is_below(url, "status.io", "hostedstatus.com")

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The API's address for a page."""
        path = URL(page).path
        if _BY_API.match(path):
            return page
        by_page = _BY_PAGE.search(path)
        given = spec.options.get("page_id")
        return _API + (str(given) if given or by_page is None else by_page[1])

    def found_at(self, page: str, answered: str) -> str:
        """The page itself: that its data lie elsewhere is how things are, not a move."""
        return page

    def candidates(self, front: FrontPage) -> Sequence[Mapping[str, Any]]:
        """The page whose id stands in its address, or in the links of what it shows."""
        path = URL(front.url).path
        if _BY_API.match(path) or _BY_PAGE.search(path):
            return ({"kind": self.kind, "url": front.url},)
        found = _ID_IN_PAGE.search(front.text)
        if found is None:
            return ()
        return ({"kind": self.kind, "url": front.url, "page_id": found[1]},)

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """All components in all their containers, open incidents, maintenances."""
        return read_page(payload)
