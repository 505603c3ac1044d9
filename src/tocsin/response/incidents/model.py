"""Incidents and their updates as values; every instant is an aware UTC datetime."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tocsin.kernel.facts import Actor
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status

_REFERENCE = re.compile(r"INC(\d{7}|[1-9]\d{7,17})", re.IGNORECASE | re.ASCII)


class State(StrEnum):
    """Where an incident stands; `open` is called New on screen."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    PENDING = "pending"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def is_live(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self in (State.OPEN, State.IN_PROGRESS, State.PENDING)

    @property
    def words(self) -> str:
        """The state as people read it: "In progress"."""
        return "New" if self is State.OPEN else self.replace("_", " ").capitalize()


class Verb(StrEnum):
    """What can be done to an incident; escalate and declare belong to other rooms."""

    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    START = "start"
    HOLD = "hold"
    RESUME = "resume"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"


class Impact(StrEnum):
    """How much is hit."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Urgency(StrEnum):
    """How soon it hurts."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Priority(StrEnum):
    """What comes first: impact × urgency, shifted by severity."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"
    P5 = "P5"


class PendingReason(StrEnum):
    """What a held incident waits for."""

    CALLER = "caller"
    VENDOR = "vendor"
    CHANGE = "change"
    PROBLEM = "problem"
    OTHER = "other"


class Phase(StrEnum):
    """Where the public story stands; `none` is an incident that nobody outside knows of."""

    NONE = "none"
    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"

    @property
    def is_open(self) -> bool:
        """Whether the public has been told of trouble and not yet of its end."""
        return self not in (Phase.NONE, Phase.RESOLVED)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whom the work was given to: `kind` is user or team, `id` the user's id or the team's slug."""

    kind: str
    id: str

    @property
    def is_person(self) -> bool:
        """Whether a person has it, rather than a team."""
        return self.kind == "user"


@dataclass(frozen=True, slots=True)
class Pause:
    """A hold, which stops the resolve clock; `end` None while it lasts."""

    start: datetime
    end: datetime | None
    reason: PendingReason


@dataclass(frozen=True, slots=True)
class Incident:
    """An unplanned interruption, with the stamps that every figure about it is read from.

    `started_at` is when the trouble began, `opened_at` when it was entered. `touched_at` is when
    a person first did anything about it: until then a recovery resolves what a rule opened.
    `phase` is the public face, derived from the dated public updates and kept here for lists.
    `severity_reason` is why a rule gave it its severity, until a person gives it another.
    """

    id: UUID
    number: int
    title: str
    severity: Severity
    impact: Impact
    urgency: Urgency
    priority: Priority
    started_at: datetime
    opened_at: datetime
    opened_by: Actor
    state: State = State.OPEN
    description: str | None = None
    category: str | None = None
    affected_services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    assigned_to: Assignment | None = None
    acknowledged_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled_at: datetime | None = None
    archived_at: datetime | None = None
    pending_reason: PendingReason | None = None
    pauses: tuple[Pause, ...] = ()
    resolution_note: str | None = None
    cancel_reason: str | None = None
    severity_reason: str | None = None
    reopen_count: int = 0
    touched_at: datetime | None = None
    recovery_observed_at: datetime | None = None
    major: bool = False
    phase: Phase = Phase.NONE
    public_id: str | None = None
    public_title: str | None = None
    sla_response_due: datetime | None = None
    sla_resolve_due: datetime | None = None
    sla_response_breached: bool = False
    sla_resolve_breached: bool = False
    version: int = 1
    updated_at: datetime | None = None

    @property
    def reference(self) -> str:
        """What people call it: INC0000001."""
        return format_reference(self.number)

    @property
    def is_live(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state.is_live

    @property
    def public(self) -> bool:
        """Whether it has a public face at all."""
        return self.phase is not Phase.NONE

    @property
    def untouched(self) -> bool:
        """Whether no person has run a verb, commented, written an update or edited a field."""
        return self.touched_at is None


@dataclass(frozen=True, slots=True)
class Update:
    """A dated message. `at` is when it was so, `recorded_at` when it was written down.

    `impacts` name only the services whose public state this update changes; operational ends an
    impact. `texts` map languages to bodies. Only public updates ever leave the building.
    """

    id: UUID
    at: datetime
    recorded_at: datetime
    phase: Phase
    public: bool
    texts: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    impacts: Mapping[str, Status] = field(default_factory=dict)
    pages: tuple[str, ...] = ()
    author: Actor | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class UpdateDraft:
    """An update as somebody asks for it; `at` None is now, `keep_open` only posts."""

    phase: Phase
    texts: Mapping[str, str]
    public: bool = False
    at: datetime | None = None
    title: str | None = None
    impacts: Mapping[str, Status] = field(default_factory=dict)
    keep_open: bool = False


def format_reference(number: int) -> str:
    """Name the incident with this number: INC0000001; after 9,999,999 the name grows."""
    return f"INC{number:07d}"


def parse_reference(text: str) -> int | None:
    """The number in a reference, in either case; None if the text is something else."""
    found = _REFERENCE.fullmatch(text)
    return int(found[1]) or None if found else None
