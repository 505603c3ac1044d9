"""What a kind of source must be able to do; adapters implement it, `compose` hands them in."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tocsin.detection.signals.front import FrontPage
from tocsin.detection.signals.model import (
    LABEL_SEPARATOR,
    CheckAnswer,
    ComponentDrift,
    ComponentReading,
    MaintenanceStatus,
    Phases,
    PollFailure,
    PollFailureKind,
    PollOutcome,
    Probe,
    Reading,
    SourceSpec,
    Unchanged,
    VendorIncident,
    VendorMaintenance,
)
from tocsin.platform.http import NO_VALIDATORS, OutgoingClient, Validators

__all__ = [
    "LABEL_SEPARATOR",
    "NO_VALIDATORS",
    "Check",
    "CheckAnswer",
    "CheckKind",
    "ComponentDrift",
    "ComponentReading",
    "FindsItself",
    "FrontPage",
    "KeepsSecrets",
    "LeavesMarks",
    "MaintenanceStatus",
    "MonitorFields",
    "Phases",
    "PollFailure",
    "PollFailureKind",
    "PollOutcome",
    "Probe",
    "Reading",
    "Recognises",
    "SettledFields",
    "SourceFields",
    "SourceKind",
    "SourceSpec",
    "Unchanged",
    "Validators",
    "VendorIncident",
    "VendorMaintenance",
    "WatchedNames",
    "spec_of",
]

WatchedNames = Annotated[
    tuple[
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)], ...
    ],
    Field(max_length=500, description="Ids or names (`Group / Name`); empty: everything."),
]


class SourceFields(BaseModel):
    """The wire form of `source`; every kind adds its fields and fixes `kind` to its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str


class SettledFields(SourceFields):
    """The wire form of what people of the house set up: what it says needs no confirming."""


class MonitorFields(SettledFields):
    """The wire form of an own check: it has its own interval, and retries before it counts as down.

    What it says needs no further confirmation downstream.
    """

    interval_seconds: Annotated[int, Field(ge=5, le=86_400)] = 60
    retries: Annotated[int, Field(ge=0, le=10)] = 1


class SourceKind(Protocol):
    """One kind of source. It keeps nothing between calls; `polled` is false where nobody asks."""

    kind: ClassVar[str]
    polled: ClassVar[bool]
    schema: ClassVar[type[SourceFields]]

    def normalise(self, url: str) -> str:
        """Write an address the way it is stored; raises ValueError with a sentence."""

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        """Ask once; give the outcome and the validators to send next time.

        `validators` belong to the last good reading of this very specification: hand in
        `NO_VALIDATORS` after it was edited, or an unchanged answer would be taken for a reading.
        """

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe | PollFailure:
        """Ask on behalf of a person who saves or tests the source: redirects are followed."""


@runtime_checkable
class Recognises(Protocol):
    """A kind that knows its pages by their address.

    It is tried for those alone, unless `hosted_anywhere` says that its pages may have any domain.
    A kind without this is recognised by the host of its schema's default `url`; one that has none
    either is tried for every address.
    """

    def recognises(self, url: str) -> bool:
        """Whether an address is one of this kind's, told by its host; no address is a fault."""


@runtime_checkable
class FindsItself(Protocol):
    """A kind that needs more than an address, and finds it in what the page shows."""

    def candidates(self, front: FrontPage) -> Sequence[Mapping[str, Any]]:
        """Sources worth trying, as the kind's schema takes them; empty: nothing points to it."""


@runtime_checkable
class LeavesMarks(Protocol):
    """A kind whose pages betray it: one of these texts, in lower case, stands in their HTML."""

    marks: ClassVar[tuple[str, ...]]


class Check(Protocol):
    """A check that is ready to run: everything about its configuration was worked out before."""

    async def run(self) -> CheckAnswer:
        """Look once, within the check's own time limit; whatever goes wrong out there is an answer.

        Raises ValueError with a sentence only for our own fault: an address nobody can ever ask.
        """


@runtime_checkable
class CheckKind(SourceKind, Protocol):
    """A kind of own check. Checks are prepared once per configuration and then run many times."""

    def prepare(self, fields: MonitorFields) -> Check:
        """The check that these fields describe."""


@runtime_checkable
class KeepsSecrets(Protocol):
    """A kind of which some fields must not be stored as they were given."""

    def seal(self, fields: SourceFields) -> SourceFields:
        """The fields as they are stored and shown; sealing twice changes nothing.

        Raises Invalid, naming the field below `source`, for a secret that was sealed for another
        address: it has to be given again.
        """


def spec_of(fields: SourceFields, known_names: Mapping[str, str] | None = None) -> SourceSpec:
    """Turn the wire form into the specification that the kind polls."""
    options = fields.model_dump(mode="json", exclude={"kind", "url", "components"})
    return SourceSpec(
        kind=fields.kind,
        url=getattr(fields, "url", None),
        components=tuple(getattr(fields, "components", ())),
        options=options,
        known_names=known_names or {},
    )
