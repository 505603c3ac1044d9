"""The Statuspage kind: where its feed lies, and how it is polled and tested."""

import re
from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from yarl import URL

from tocsin.adapters.feeds.asking import JsonFeed, find_feed, poll_feed
from tocsin.adapters.feeds.payload import stored_address
from tocsin.adapters.feeds.statuspage.page import read_page
from tocsin.adapters.feeds.statuspage.rules import component_reading, parse
from tocsin.detection.signals.ports import (
    PollFailure,
    PollOutcome,
    Probe,
    SourceFields,
    SourceSpec,
    Validators,
    WatchedNames,
)
from tocsin.platform.http import OutgoingClient, tidy_url

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


class StatuspageKind:
    """Pages of Atlassian Statuspage and those compatible with its v2 API."""

    kind: ClassVar[str] = "statuspage"
    polled: ClassVar[bool] = True
    schema: ClassVar[type[SourceFields]] = StatuspageSource

    def normalise(self, url: str) -> str:
        """Cut an address down to the page's; raises ValueError with a sentence."""
        return stored_address(page_address, url)

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        """Ask the page once."""
        return await poll_feed(_feed(spec), spec.url or "", client, validators)

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe | PollFailure:
        """Find the page wherever it has moved to, with all its components."""
        found = await find_feed(_feed(spec), spec.url or "", client)
        if isinstance(found, PollFailure):
            return found
        page = read_page(found.payload)
        components = tuple(component_reading(component) for component in page.components)
        return Probe(found.page, page.name, components, found.reading)


def _feed(spec: SourceSpec) -> JsonFeed:
    return JsonFeed(_FEED, page_address, lambda payload: parse(payload, spec))
