"""Google's status pages: an incident file that is polled, and a product file for who tests one."""

import re
from abc import abstractmethod
from typing import ClassVar

from yarl import URL

from tocsin.adapters.feeds.asking import ask_for_list, find_feed
from tocsin.adapters.feeds.fields import with_quiet_ones
from tocsin.adapters.feeds.google_incidents import listed, with_products
from tocsin.adapters.feeds.listed import ListedPage, read_listed
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import ShapeFault
from tocsin.detection.signals.ports import PollFailure, Probe, SourceSpec
from tocsin.platform.http import OutgoingClient, tidy_url

_BELOW_THE_PAGE = re.compile(
    r"/((incidents|products)\.(schema\.)?json|summary|incidents?(/.*)?|(\w\w/)?feed\.atom)$"
)


class GooglePage(ListedKind):
    """A page of Google's: products are the components, seen in the history of incidents."""

    name: ClassVar[str]

    @property
    @abstractmethod
    def home(self) -> str:
        """The page's well-known address."""

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        address = URL(tidy_url(url)).with_query(None)
        path = _BELOW_THE_PAGE.sub("", address.path.rstrip("/"))
        return str(address.with_path(path)).rstrip("/")

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The history of incidents below the page."""
        return f"{page or self.home}/incidents.json"

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """All products seen, the watched ones, and the open incidents."""
        return with_quiet_ones(self._seen(payload, spec), spec)

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe | PollFailure:
        """Find the page; with the list of products, a misspelt one is missed at once."""
        found = await find_feed(self._feed(spec), spec.url or self.home, client)
        if isinstance(found, PollFailure):
            return found
        page, reading, refused = self.listed(found.payload, spec), found.reading, None
        offered = await ask_for_list(f"{found.page}/products.json", client)
        if offered is not None:
            try:
                page = with_products(self._seen(found.payload, spec), offered)
                reading = read_listed(page, spec).taking(found.reading.response_ms or 0)
                refused = tuple(drift.wanted for drift in reading.missing if drift.gone)
            except ShapeFault:
                pass  # the list of products is a help that a page may lack, or write otherwise
        return Probe(found.page, self.name, page.components, reading, refused)

    def _seen(self, payload: object, spec: SourceSpec) -> ListedPage:
        return listed(payload, self.name, spec.url or self.home, spec)
