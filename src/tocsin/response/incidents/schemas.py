"""The wire types of incidents as they are answered."""

from typing import Any, Literal

from pydantic import Field

from tocsin.kernel.facts import ActorKind, Visibility
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.delivery import DeliveryState
from tocsin.platform.web import Moment, WireModel
from tocsin.registry.identity import AssigneeKind
from tocsin.response.incidents.model import (
    Impact,
    PendingReason,
    Phase,
    Priority,
    State,
    Urgency,
    Verb,
)

PublicPhase = Literal[Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING, Phase.RESOLVED]


class HitOut(WireModel):
    """A service that an incident hits, as it stands now."""

    id: str
    name: str
    status: Status


class AssigneeOut(WireModel):
    """Whom it was given to."""

    kind: AssigneeKind
    id: str
    label: str


class ActorOut(WireModel):
    """Who did it."""

    kind: ActorKind
    label: str


class IncidentOut(WireModel):
    """An incident in a list. `id` is its reference, `uid` the id that facts and hints carry."""

    id: str
    incident_id: str
    uid: str
    title: str
    status: State
    severity: Severity
    impact: Impact
    urgency: Urgency
    priority: Priority
    affected_services: list[HitOut]
    assigned_to: AssigneeOut | None
    tags: list[str]
    started_at: Moment
    opened_at: Moment
    opened_by: ActorOut
    acknowledged_at: Moment | None
    resolved_at: Moment | None
    closed_at: Moment | None
    pending_reason: PendingReason | None
    sla_response_due: Moment | None
    sla_resolve_due: Moment | None
    sla_response_breached: bool
    sla_resolve_breached: bool
    major: bool
    phase: Phase
    public: bool
    public_title: str | None
    recovery_observed_at: Moment | None
    reopen_count: int
    updated_at: Moment
    version: int


class IncidentsOut(WireModel):
    """A page of incidents; `counts` are those of the whole tenant, by status and `live` in all."""

    items: list[IncidentOut]
    next_cursor: str | None = None
    counts: dict[str, int]


class UpdateOut(WireModel):
    """A dated message; `delivery_counts` says how many of its deliveries stand in each state."""

    id: str
    public_id: str | None
    phase: Phase
    public: bool
    texts: dict[str, str]
    at: Moment
    recorded_at: Moment
    author: ActorOut
    impacts: dict[str, Status]
    pages: list[str]
    delivery_counts: dict[DeliveryState, int]


class PreparedOut(WireModel):
    """What to resolve with, prepared because the services recovered."""

    public_message: str
    resolution_note: str


class AudienceOut(WireModel):
    """Who would get a public update."""

    pages: list[str]
    mail: int
    webhooks: int
    chat: int


class IncidentDetailOut(IncidentOut):
    """An incident with everything its page shows.

    `allowed` are the verbs that may run now, `refused` says of each other one why not.
    """

    description: str | None
    category: str | None
    resolution_note: str | None
    cancel_reason: str | None
    severity_reason: str | None
    cancelled_at: Moment | None
    allowed: list[Verb]
    refused: dict[Verb, str]
    alerts: list[str]
    updates: list[UpdateOut]
    prepared_resolution: PreparedOut | None
    audience: AudienceOut


class TimelineEntryOut(WireModel):
    """Something that happened: `at` (also `happened_at`) when it was so, `recorded_at` when noted."""

    id: str
    kind: str
    subject: str
    at: Moment
    happened_at: Moment
    recorded_at: Moment
    actor: ActorOut
    payload: dict[str, Any]
    text: str | None
    visibility: Visibility
    silent: bool
    deliveries: dict[DeliveryState, int] | None


class TimelineOut(WireModel):
    """The whole story of an incident, the oldest first."""

    items: list[TimelineEntryOut]


class AuditEntryOut(WireModel):
    """What somebody did, with the fields that moved before and after; texts are named, not repeated."""

    id: str
    at: Moment
    actor: ActorOut
    kind: str
    fields: list[str]
    before: dict[str, Any]
    after: dict[str, Any]


class AuditOut(WireModel):
    items: list[AuditEntryOut]


class CommentOut(WireModel):
    """A comment, as it was written; `body` is null where it was blanked."""

    id: str
    body: str | None
    internal_only: bool
    mentions: list[str]
    author: ActorOut
    at: Moment


class CommentsOut(WireModel):
    """All comments on an incident, the oldest first."""

    items: list[CommentOut]


class UpdatesOut(WireModel):
    """All updates of an incident in the order of what they tell, the oldest first."""

    items: list[UpdateOut]


class CountsOut(WireModel):
    """How many services stand in each state."""

    operational: int = 0
    degraded: int = 0
    partial_outage: int = 0
    major_outage: int = 0
    unknown: int = 0


class PublicIncidentOut(WireModel):
    """An incident as strangers know it, under its public id and title."""

    id: str
    title: str
    phase: PublicPhase
    public: Literal[True] = True
    started_at: Moment
    affected_services: list[HitOut]


class SummaryOut(WireModel):
    """How everything stands: the worst status, one sentence, and what is being worked on.

    `incidents` holds the hundred that come first for members; `open_incidents` counts all.
    """

    status: Status
    sentence: str
    counts: CountsOut
    open_incidents: int
    incidents: list[IncidentOut | PublicIncidentOut] = Field(default_factory=list)
