"""Wire models of signals."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from tocsin.kernel.status import Status
from tocsin.platform.wire import Moment, WireModel

from .heartbeats import Cron, PingKind, ZoneName
from .model import Phases, PollerHealth, PollFailure, Probe, Source


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("expected one line of text without control characters")
    return text


Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Detail = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_one_line),
]


class StatusIn(WireModel):
    """How a service is, said by a person; `reason` is for the record, `detail` for the board."""

    new_status: Status
    reason: Reason
    detail: Detail | None = None


class AdminStatusIn(StatusIn):
    """The same, for programs with a bearer token."""

    service_id: str


class MonitorIn(WireModel):
    """A source to add to a service; the other fields are the kind's own."""

    model_config = ConfigDict(extra="allow")

    service_id: str
    kind: str
    name: Name | None = None

    def config(self) -> dict[str, Any]:
        """The source without what is said about it."""
        return {"kind": self.kind, **(self.model_extra or {})}


class MonitorPatch(WireModel):
    """The fields to change: the name, and the kind's own."""

    model_config = ConfigDict(extra="allow")

    name: Name | None = None

    def config(self) -> dict[str, Any]:
        """What was sent of the kind's own fields."""
        sent = self.model_extra or {}
        return {name: value for name, value in sent.items() if name not in _SHOWN}

    def read_only(self) -> dict[str, Any]:
        """What was sent of the fields that GET shows beside."""
        sent = self.model_extra or {}
        return {name: value for name, value in sent.items() if name in _SHOWN}


class TrialIn(WireModel):
    """A source to try out, saved or not: its kind and the kind's own fields.

    What `POST /monitors` takes may be sent as it is; service and name change nothing.
    """

    model_config = ConfigDict(extra="allow")

    kind: str
    service_id: str | None = None
    name: Name | None = None

    def config(self) -> dict[str, Any]:
        """The source as its kind reads it."""
        return {"kind": self.kind, **(self.model_extra or {})}


class MonitorOut(WireModel):
    """A source of a service: its configuration beside how polling goes.

    `declared` marks the one that the service itself names, which is edited there. `ping_url` is
    what the job of a heartbeat calls; only who may edit monitors sees it. `missing_components` are
    watched but not told by the source any more. `unnamed_components` were never named by a source
    that names components only while they have trouble: nothing shows yet that they are well spelt.
    """

    model_config = ConfigDict(extra="allow")

    id: UUID
    service_id: str
    declared: bool
    kind: str
    name: str | None
    status: Status
    detail: str | None
    maintenance: bool
    poller_health: PollerHealth
    failures: int
    last_polled_at: Moment | None
    last_good_status: Status | None
    last_good_at: Moment | None
    last_error: str | None
    moved_to: str | None
    missing_components: list[str]
    unnamed_components: list[str]
    response_ms: int | None
    ping_url: str | None = None
    version: int
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, source: Source, ping_url: str | None = None) -> "MonitorOut":
        """Show a source."""
        state = source.state
        return cls(
            **{name: value for name, value in source.config.items() if name != "kind"},
            id=source.id,
            service_id=source.service_id,
            declared=source.declared,
            kind=source.kind,
            name=source.name,
            status=state.status,
            detail=state.detail,
            maintenance=state.maintenance,
            poller_health=state.health,
            failures=state.failures,
            last_polled_at=state.last_polled_at,
            last_good_status=state.last_good_status,
            last_good_at=state.last_good_at,
            last_error=state.last_error,
            moved_to=state.moved_to,
            missing_components=list(state.vanished),
            unnamed_components=list(state.unnamed),
            response_ms=state.response_ms,
            ping_url=ping_url,
            version=source.version,
            created_at=source.created_at,
            updated_at=source.updated_at,
        )


class HeartbeatOut(WireModel):
    """The last ping of a job, what it sent along, and when the next one is due, without grace.

    `next_due_at` are the next five times of its cron expression from now on; empty for an interval.
    """

    pinged_at: Moment | None
    started_at: Moment | None
    due_at: Moment | None
    last_kind: PingKind | None
    exit_code: int | None
    text: str | None
    next_due_at: list[Moment]


class CronIn(WireModel):
    """A cron expression and the zone whose clocks it follows."""

    cron: Cron
    time_zone: ZoneName = "UTC"


class CronOut(WireModel):
    """The expression tidied, in words, and its next five due times from now on."""

    cron: str
    time_zone: str
    words: str
    next_due_at: list[Moment]


_SHOWN = frozenset(MonitorOut.model_fields)

MOVING = frozenset(
    {
        "status",
        "detail",
        "maintenance",
        "poller_health",
        "failures",
        "last_polled_at",
        "last_good_status",
        "last_good_at",
        "last_error",
        "moved_to",
        "missing_components",
        "unnamed_components",
        "response_ms",
        "ping_url",
    }
)


class VendorComponentOut(WireModel):
    """A part that a source lists."""

    id: str
    name: str
    group: str | None
    status: Status


class PhasesOut(WireModel):
    """Where the time of a check went, in milliseconds; null: this check has no such phase."""

    lookup: float | None = None
    connect: float | None = None
    tls: float | None = None
    first_byte: float | None = None
    download: float | None = None


class TrialOut(WireModel):
    """What trying out a source found; `error` says why there is no answer that can be read.

    Of an own check, `fault` names what is wrong in one word, `phases` say where the time went and
    `figures` are further measured values, such as `days_left` of a certificate. `missing` says
    what is watched but not told; `unnamed` are watched names that the source would mention only in
    trouble, and does not mention now.
    """

    status: Status
    detail: str
    maintenance: bool = False
    name: str | None = None
    final_url: str | None = None
    response_ms: int | None = None
    status_code: int | None = None
    fault: str | None = None
    phases: PhasesOut | None = None
    figures: dict[str, float] = Field(default_factory=dict)
    components: list[VendorComponentOut] = Field(default_factory=list)
    missing: list[str] = Field(default_factory=list)
    unnamed: list[str] = Field(default_factory=list)
    error: str | None = None

    @classmethod
    def of(cls, found: Probe | PollFailure) -> "TrialOut":
        """Show what was found."""
        if isinstance(found, PollFailure):
            return cls(
                status=Status.UNKNOWN,
                detail=found.sentence,
                final_url=found.redirected_to,
                error=found.kind.value,
            )
        reading = found.reading
        return cls(
            status=reading.status,
            detail=reading.detail,
            maintenance=reading.maintenance,
            name=found.name,
            final_url=found.url,
            response_ms=reading.response_ms,
            status_code=reading.status_code,
            fault=reading.fault,
            phases=_phases(reading.phases),
            figures=dict(reading.figures),
            components=[
                VendorComponentOut(id=part.id, name=part.name, group=part.group, status=part.status)
                for part in found.components
            ],
            missing=[drift.sentence for drift in reading.missing],
            unnamed=list(reading.unnamed),
        )


def _phases(phases: Phases) -> PhasesOut | None:
    measured = {name: spent for name, spent in asdict(phases).items() if spent is not None}
    return (
        PhasesOut(**{name: round(spent, 2) for name, spent in measured.items()})
        if measured
        else None
    )
