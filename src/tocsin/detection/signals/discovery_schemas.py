"""Wire models of discovery."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from tocsin.kernel.status import Status
from tocsin.platform.wire import WireModel

from .discovery import Attempt, Discovery, Suggestion
from .schemas import VendorComponentOut


class DiscoverIn(WireModel):
    """Any address: of a status page, of a feed, or of something on either."""

    url: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_048)]


class AttemptOut(WireModel):
    """A kind that was tried; `failure` is null where it read the address."""

    kind: str
    url: str
    failure: str | None

    @classmethod
    def of(cls, attempt: Attempt) -> "AttemptOut":
        """Show an attempt."""
        return cls(kind=attempt.kind, url=attempt.url, failure=attempt.failure)


class SuggestionOut(WireModel):
    """Another source to think of, as POST /services and /monitors take it."""

    kind: str
    url: str | None
    name: str | None
    reason: str
    source: dict[str, Any]

    @classmethod
    def of(cls, suggestion: Suggestion) -> "SuggestionOut":
        """Show a suggestion."""
        source = dict(suggestion.source)
        return cls(
            kind=source["kind"],
            url=source.get("url"),
            name=suggestion.name,
            reason=suggestion.reason,
            source=source,
        )


class DiscoveryOut(WireModel):
    """What an address is: the kind that reads it, the source to save, and what it lists.

    A website without status data has neither kind nor source, and suggestions instead. `note` says
    so where an address without a scheme was asked by http, because https did not answer.
    """

    kind: str | None
    url: str
    name: str | None
    source: dict[str, Any] | None
    components: list[VendorComponentOut]
    status: Status
    maintenance: bool
    detail: str
    note: str | None = None
    suggestions: list[SuggestionOut] = Field(default_factory=list)
    tried: list[AttemptOut] = Field(default_factory=list)

    @classmethod
    def of(cls, found: Discovery) -> "DiscoveryOut":
        """Show what was found."""
        reading = found.reading
        return cls(
            kind=found.kind,
            url=found.url,
            name=found.name,
            source=dict(found.source) if found.source is not None else None,
            components=[
                VendorComponentOut(id=one.id, name=one.name, group=one.group, status=one.status)
                for one in found.components
            ],
            status=reading.status if reading else Status.UNKNOWN,
            maintenance=reading.maintenance if reading else False,
            detail=reading.detail if reading else _explained(found),
            note=found.note,
            suggestions=[SuggestionOut.of(one) for one in found.suggestions],
            tried=[AttemptOut.of(one) for one in found.tried],
        )


def _explained(found: Discovery) -> str:
    """Why there is nothing to show yet; a kind that was recognised says what it lacks."""
    known = [one for one in found.suggestions if one.source["kind"] != "http"]
    return known[0].reason if known else _NO_DATA


_NO_DATA = "This is a website, and no status data that can be read were found on it."
