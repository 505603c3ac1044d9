"""The wire types of service health."""

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from tocsin.kernel.facts import Visibility
from tocsin.kernel.status import Status
from tocsin.platform.wire import Moment, WireModel
from tocsin.registry.catalog import Category, ManagedBy

from .model import Verdict

Health = Literal["ok", "failing", "broken", "manual"]
Tier = Literal[1, 2, 3]


class DayOut(WireModel):
    """The worst confirmed status of a day, null without data."""

    date: date
    status: Status | None
    maintenance: bool = False


class StretchOut(WireModel):
    """A stretch of the raw line."""

    start: Moment
    end: Moment | None
    status: Status


class NamedOut(WireModel):
    """A service by name, as it stands."""

    id: str
    name: str
    status: Status


class DeclaredSourceOut(WireModel):
    """The source that a service names; the other fields are the kind's own."""

    model_config = ConfigDict(extra="allow")

    kind: str


class ServiceOut(WireModel):
    """A service as the board shows it; strangers get null for what stays inside."""

    id: str
    name: str
    category: Category
    tier: Tier
    status: Status
    status_since: Moment | None
    confirmed_status: Status
    detail: str | None = None
    description: str | None = None
    maintenance: bool
    flapping: bool = False
    flapping_since: Moment | None = None
    flap_changes: int = 0
    poller_health: Health
    last_good_status: Status | None
    last_good_at: Moment | None
    checked_at: Moment | None
    source: DeclaredSourceOut | None = None
    dependencies: list[str]
    visibility: Visibility
    impact_statement: str | None = None
    owner_team: str | None = None
    managed_by: ManagedBy | None = None
    set_by_hand: bool = False
    recent: list[StretchOut] = Field(default_factory=list)
    days: list[DayOut] = Field(default_factory=list)
    updated_at: Moment
    version: int


class CountsOut(WireModel):
    """How many services stand in each state."""

    operational: int = 0
    degraded: int = 0
    partial_outage: int = 0
    major_outage: int = 0
    unknown: int = 0


class ServicesOut(WireModel):
    """The board: worst first."""

    items: list[ServiceOut]
    counts: CountsOut


class EventOut(WireModel):
    """A change of a service's raw status."""

    id: str
    at: Moment
    service_id: str
    service_name: str
    before: Status
    after: Status
    detail: str | None
    by_hand: bool


class DecisionOut(WireModel):
    """What was decided, with its reason and the measured values beside what was needed."""

    id: str
    at: Moment
    verdict: Verdict
    sentence: str
    status: Status
    observed: Status
    target: Status
    since: Moment | None
    polls_seen: int | None
    polls_needed: int | None
    seconds_seen: float | None
    seconds_needed: float | None
    episode: int | None
    by_hand: bool


class SourceOut(WireModel):
    """One of a service's sources and how its poller does.

    `vanished` and `unnamed` are as a monitor's `missing_components` and `unnamed_components`.
    """

    id: str
    name: str | None
    kind: str
    url: str | None
    components: list[str]
    status: Status
    detail: str | None
    poller_health: Health
    last_polled_at: Moment | None
    last_error: str | None
    moved_to: str | None
    vanished: list[str]
    unnamed: list[str]
    response_ms: int | None
    declared: bool
    version: int


class ReachedOut(WireModel):
    """A service that depends on this one, with the names on the way to it.

    `felt` says that everything along the way is in trouble already.
    """

    id: str
    name: str
    path: list[str]
    felt: bool


class ServiceDetailOut(ServiceOut):
    """A service with everything its page shows."""

    dependencies_detail: list[NamedOut] = Field(default_factory=list)
    dependents: list[NamedOut] = Field(default_factory=list)
    events: list[EventOut] = Field(default_factory=list)
    decisions: list[DecisionOut] | None = None
    sources: list[SourceOut] | None = None
    impact: list[ReachedOut] = Field(default_factory=list)


class UptimeOut(WireModel):
    """The last seven days of one service."""

    id: str
    days: list[DayOut]


class UptimesOut(WireModel):
    items: list[UptimeOut]


class TimelineOut(WireModel):
    items: list[EventOut]
    next_cursor: str | None = None


class NodeOut(WireModel):
    """A service in the dependency graph."""

    id: str
    name: str
    category: Category
    tier: Tier
    status: Status


class LinkOut(WireModel):
    """`source` depends on `target`."""

    source: str
    target: str


class GraphOut(WireModel):
    nodes: list[NodeOut]
    links: list[LinkOut]
