"""Facts of incidents. Subject and thread are the incident; payloads hold no words of people."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tocsin.kernel.facts import Fact, Visibility, subject_of
from tocsin.response.incidents.model import Assignment, Incident, Update, Verb

OPENED = "incident.opened"
ACKNOWLEDGED = "incident.acknowledged"
ASSIGNED = "incident.assigned"
STARTED = "incident.started"
HELD = "incident.held"
RESUMED = "incident.resumed"
RESOLVED = "incident.resolved"
CLOSED = "incident.closed"
REOPENED = "incident.reopened"
CANCELLED = "incident.cancelled"
EDITED = "incident.edited"
ARCHIVED = "incident.archived"
COMMENTED = "incident.commented"
UPDATE_NOTED = "incident.update_noted"
UPDATE_PUBLISHED = "incident.update_published"
ALERT_JOINED = "incident.alert_joined"
RECOVERY_OBSERVED = "incident.recovery_observed"
NOT_OPENED = "incident.not_opened"
OPENING_RULE_CHANGED = "incident.opening_rule_changed"

OF_VERB: Mapping[Verb, str] = {
    Verb.ACKNOWLEDGE: ACKNOWLEDGED,
    Verb.ASSIGN: ASSIGNED,
    Verb.START: STARTED,
    Verb.HOLD: HELD,
    Verb.RESUME: RESUMED,
    Verb.RESOLVE: RESOLVED,
    Verb.CLOSE: CLOSED,
    Verb.REOPEN: REOPENED,
    Verb.CANCEL: CANCELLED,
}

CHANGES_PUBLIC_FACE = (UPDATE_PUBLISHED, EDITED, ARCHIVED)
"""After these a page that shows the incident must be drawn anew."""


def fact(kind: str, incident: UUID, payload: Mapping[str, Any] | None = None) -> Fact:
    """A fact for people inside."""
    return Fact(kind, subject_of("incident", incident), payload or {})


def opened(incident: Incident, rule: str | None, alert: UUID | None) -> Fact:
    """An incident came to be; `rule` and `alert` name what opened it, where no person did."""
    payload: dict[str, Any] = {
        "ref": incident.reference,
        "severity": incident.severity,
        "priority": incident.priority,
        "services": list(incident.affected_services),
        "assignee": assignee(incident.assigned_to),
    }
    if rule is not None:
        payload["rule"] = rule
    if alert is not None:
        payload["alert"] = alert.hex
    return fact(OPENED, incident.id, payload)


def moved(before: Incident, after: Incident) -> dict[str, Any]:
    """What a verb moved, as `{before, after}` by field; empty where it moved nothing of these."""
    was, now = _standing(before), _standing(after)
    names = [name for name in was if was[name] != now[name]]
    if not names:
        return {}
    return {
        "before": {name: was[name] for name in names},
        "after": {name: now[name] for name in names},
    }


def _standing(incident: Incident) -> dict[str, Any]:
    return {
        "status": incident.state,
        "pending_reason": incident.pending_reason,
        "assigned_to": assignee(incident.assigned_to),
        "acknowledged": incident.acknowledged_at is not None,
    }


def assignee(to: Assignment | None) -> str | None:
    """Whom it was given to, as facts name them: `user:…`, `team:…`."""
    return None if to is None else f"{to.kind}:{to.id}"


def updated(incident: UUID, update: Update) -> Fact:
    """A dated message was written; strangers learn of the public ones."""
    payload = {
        "update_id": update.id.hex,
        "phase": update.phase,
        "at": update.at.isoformat(),
        "impacts": {service: status.value for service, status in update.impacts.items()},
        "pages": list(update.pages),
    }
    return Fact(
        UPDATE_PUBLISHED if update.public else UPDATE_NOTED,
        subject_of("incident", incident),
        payload,
        happened_at=update.at,
        visibility=Visibility.PUBLIC if update.public else Visibility.INTERNAL,
        silent=update.silent,
    )
