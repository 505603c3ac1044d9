"""Open an incident."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tocsin.detection import alerts
from tocsin.kernel.errors import invalid_field
from tocsin.kernel.facts import ActorKind
from tocsin.kernel.ids import new_id
from tocsin.kernel.severity import Severity
from tocsin.platform.database import Tx
from tocsin.registry import catalog, identity
from tocsin.response.incidents import events, rules, store
from tocsin.response.incidents.model import Assignment, Impact, Incident, State, Urgency


@dataclass(frozen=True, slots=True)
class IncidentDraft:
    """An incident as somebody asks for it; missing axes are supplied from the severity.

    `severity_reason` is why a rule chose the severity. `started_at` None is now. `assigned_to` is a
    user id, e-mail address or team slug.
    """

    title: str
    severity: Severity
    description: str | None = None
    impact: Impact | None = None
    urgency: Urgency | None = None
    affected_services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    assigned_to: str | None = None
    category: str | None = None
    started_at: datetime | None = None
    severity_reason: str | None = None


def open_incident(tx: Tx, draft: IncidentDraft, cause: UUID | None = None) -> Incident:
    """Enter an incident; `cause` is the alert that made a rule do it.

    Open alerts of its services join it. Raises Invalid for a wrong field.
    """
    catalog.require_services(tx, draft.affected_services)
    assignment = _assignment(tx, draft.assigned_to)
    require_past(tx, draft.started_at)
    priority = rules.prioritise(draft.severity, draft.impact, draft.urgency)
    new = Incident(
        id=new_id(),
        number=store.next_number(tx),
        title=draft.title,
        severity=draft.severity,
        severity_reason=draft.severity_reason,
        impact=priority.impact,
        urgency=priority.urgency,
        priority=priority.priority,
        started_at=draft.started_at or tx.now,
        opened_at=tx.now,
        opened_by=tx.actor,
        state=State.IN_PROGRESS if assignment and assignment.is_person else State.OPEN,
        description=draft.description,
        category=draft.category,
        affected_services=tuple(dict.fromkeys(draft.affected_services)),
        tags=tuple(dict.fromkeys(draft.tags)),
        assigned_to=assignment,
    )
    new = rules.touch(new, tx.actor, tx.now)
    store.add_incident(tx, new)
    rule = tx.actor.id if tx.actor.kind is ActorKind.RULE else None
    tx.record(events.opened(new, rule, cause))
    if cause is not None:
        store.join_alert(tx, new.id, cause)
    join_open_alerts(tx, new.id, new.affected_services)
    return replace(new, updated_at=tx.now)


def join_open_alerts(tx: Tx, incident: UUID, services: tuple[str, ...]) -> None:
    """Tie the open alerts of services to an incident, so that their recovery is noticed there."""
    for service in services:
        newest = next(iter(alerts.alerts_of(tx, service, limit=1)), None)
        if newest is not None and newest.is_open and store.join_alert(tx, incident, newest.id):
            payload = {"alert": newest.id.hex, "service": service}
            tx.record(events.fact(events.ALERT_JOINED, incident, payload))


def require_past(tx: Tx, started_at: datetime | None) -> None:
    """Trouble that is not there yet is none; raises Invalid for `started_at`."""
    if started_at is not None and started_at > tx.now:
        raise invalid_field("started_at", "lies in the future")


def _assignment(tx: Tx, to: str | None) -> Assignment | None:
    if to is None or not to.strip():
        return None
    found = identity.resolve_assignee(tx, to)
    return Assignment(found.kind.value, found.id)
