"""The AWS kind: current events, limited to the regions in use."""

import codecs
from functools import partial
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator
from yarl import URL

from tocsin.adapters.feeds.asking import ask_for_list, find_feed
from tocsin.adapters.feeds.aws.catalogue import read_catalogue, with_catalogue
from tocsin.adapters.feeds.aws.rules import is_in_regions, is_region, listed
from tocsin.adapters.feeds.fields import with_quiet_ones
from tocsin.adapters.feeds.listed import ListedPage, read_listed
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import ShapeFault, decode_json, stored_address
from tocsin.detection.signals.ports import (
    PollFailure,
    PollFailureKind,
    Probe,
    SourceFields,
    SourceSpec,
    WatchedNames,
)
from tocsin.platform.http import OutgoingClient, tidy_url

PAGE = "https://health.aws.amazon.com"
SERVICES = "https://servicedata-us-west-2-prod.s3.amazonaws.com/services.json"
_FEED = "/public/currentevents"


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none."""
    return str(URL(tidy_url(url)).origin())


class AwsSource(SourceFields):
    """`{kind: aws, regions, url?, components?}`; components are services (`ec2`, or by name).

    `regions` are ids or names (`us-east-1`, `N. Virginia`). They must be given, because somewhere
    in the world there is always an open event. Events of global services always count.
    """

    kind: Literal["aws"] = "aws"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))] = PAGE
    components: WatchedNames = ()
    regions: Annotated[
        WatchedNames, Field(min_length=1, description="Ids or names of at least one region.")
    ]

    @field_validator("regions")
    @classmethod
    def _regions_exist(cls, regions: tuple[str, ...]) -> tuple[str, ...]:
        for region in regions:
            if not is_region(region):
                raise ValueError(
                    f"“{region}” is no region: give its id (us-east-1) or its name (N. Virginia)"
                )
        return regions

    @model_validator(mode="after")
    def _components_are_in_the_regions(self) -> Self:
        for component in self.components:
            if not is_in_regions(component, self.regions):
                raise ValueError(f"{component} is in none of the regions")
        return self


class AwsKind(ListedKind):
    """The public AWS Health Dashboard; the body is UTF-16, whatever the label says.

    `services` is where the dashboard has its list of all services from, which whoever tests a
    source is compared with.
    """

    kind: ClassVar[str] = "aws"
    schema: ClassVar[type[SourceFields]] = AwsSource

    def __init__(self, services: str = SERVICES) -> None:
        self._services = services

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The current events."""
        return page.rstrip("/") + _FEED

    def decode(self, body: bytes) -> object:
        """The events of a body in UTF-16 or UTF-8, each with or without a byte order mark."""
        try:
            return decode_json(body.decode(_encoding(body)).encode())
        except UnicodeError:
            return PollFailure(PollFailureKind.NOT_JSON, "The answer is not valid JSON.")

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """The services with events in the watched regions, and the watched ones without."""
        return with_quiet_ones(listed(payload, spec), spec)

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe | PollFailure:
        """Find the events; with the list of services, a misspelt service or region is missed."""
        found = await find_feed(self._feed(spec), spec.url or PAGE, client)
        if isinstance(found, PollFailure):
            return found
        page, reading, refused = self.listed(found.payload, spec), found.reading, None
        offered = await ask_for_list(self._services, client, self.decode)
        if offered is not None:
            try:
                catalogue = read_catalogue(offered, spec)
                page = with_catalogue(listed(found.payload, spec), catalogue)
                reading = read_listed(page, spec).taking(found.reading.response_ms or 0)
                gone = (drift.wanted for drift in reading.missing if drift.gone)
                refused = (*gone, *catalogue.unknown_regions)
            except ShapeFault:
                pass  # nobody promises that list, or how it is written
        return Probe(found.page, page.name, page.components, reading, refused)


def _encoding(body: bytes) -> str:
    """What a body is written in; JSON begins with an ASCII character (RFC 4627, section 3)."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if body[:1] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if body[1:2] == b"\0" else "utf-8-sig"
