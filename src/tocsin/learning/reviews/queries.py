"""Gathering a draft from what other rooms know."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from tocsin.detection import alerts, conditions
from tocsin.detection.alerts import Alert, AlertKind
from tocsin.kernel.facts import subject_of
from tocsin.learning.reviews.model import Draft, Incident, Moment
from tocsin.platform.database import ReadTx
from tocsin.platform.journal import entries_of
from tocsin.registry import catalog, identity
from tocsin.response import incidents

_MOST = 500


def draft_of(tx: ReadTx, alert_id: UUID) -> Draft | None:
    """The draft of a resolved alert; None where it is open, where nobody was told of it (its upstream
    spoke for it), and where it was about a budget instead of a service. Raises NotFound."""
    alert = alerts.alert(tx, alert_id)
    if alert.resolved_at is None or not alert.is_told or alert.kind is AlertKind.BURN:
        return None
    told = _decisions(tx, alert)
    raised = next((one for one in told if one.decision.sends), None)
    incident_id = incidents.incident_of_alert(tx, alert_id)
    timeline = [
        *_events(tx, alert, alert.resolved_at),
        *(Moment(one.decision.at, f"Decided: {one.decision.reason}") for one in told),
        *_stamps(tx, alert, alert.resolved_at),
        *(_said(tx, incident_id) if incident_id else ()),
    ]
    return Draft(
        alert=alert.id.hex,
        service_id=alert.service_id,
        service=alert.service_name,
        tier=alert.tier,
        worst=alert.worst.words,
        began_at=alert.since,
        raised_at=alert.raised_at,
        ended_at=alert.resolved_at,
        acknowledged_at=alert.acknowledged_at,
        reason=raised.decision.reason if raised else None,
        evidence=tuple(_evidence(raised)) if raised else (),
        dependents=_names(tx, catalog.dependents_of(tx, alert.service_id)),
        incident=_incident(tx, incident_id) if incident_id else None,
        timeline=tuple(sorted(timeline, key=lambda moment: moment.at)),
    )


def _decisions(tx: ReadTx, alert: Alert) -> list[conditions.KeptDecision]:
    """The episode's decisions, the oldest first."""
    newest = conditions.decisions_of(tx, alert.service_id, limit=_MOST)
    return [one for one in reversed(newest) if one.decision.episode == alert.episode]


def _evidence(kept: conditions.KeptDecision) -> Iterator[str]:
    measured = kept.decision.evidence
    if measured is None:
        return
    if measured.polls_needed:
        yield f"Polls in a row: {measured.polls}, needed: {measured.polls_needed}"
    if measured.age_needed:
        yield f"Lasted: {measured.age_seconds:.0f} s, needed: {measured.age_needed:.0f} s"


def _events(tx: ReadTx, alert: Alert, end: datetime) -> Iterator[Moment]:
    for event in conditions.recent_events(tx, service_ids=[alert.service_id], limit=_MOST):
        if alert.since <= event.at <= end:
            detail = f": {event.detail}" if event.detail else ""
            hand = " (set by hand)" if event.by_hand else ""
            change = f"{event.before.words} to {event.after.words.lower()}"
            yield Moment(event.at, f"{alert.service_name}, {change}{detail}{hand}")


def _stamps(tx: ReadTx, alert: Alert, end: datetime) -> Iterator[Moment]:
    yield Moment(alert.raised_at, "Alert raised")
    if alert.acknowledged_at is not None and alert.acknowledged_by is not None:
        names = identity.actor_label(tx, [alert.acknowledged_by])
        yield Moment(
            alert.acknowledged_at, f"Alert acknowledged by {names[str(alert.acknowledged_by)]}"
        )
    yield Moment(end, "Alert resolved")


def _said(tx: ReadTx, incident_id: UUID) -> Iterator[Moment]:
    """The incident's facts, with who caused them; the words of public updates with them."""
    reference = incidents.incident(tx, incident_id).reference
    facts = entries_of(tx, thread=subject_of("incident", incident_id), limit=_MOST)
    names = identity.actor_label(tx, {entry.actor for entry in facts})
    for entry in facts:
        what = entry.kind.partition(".")[2].replace("_", " ")
        words = f"{reference} {what} by {names[str(entry.actor)]}"
        if entry.kind == "incident.update_published":
            words += f": {incidents.update_text(tx, UUID(entry.payload['update_id']), 'en')}"
        yield Moment(entry.happened_at, words)


def _incident(tx: ReadTx, incident_id: UUID) -> Incident:
    found = incidents.incident(tx, incident_id)
    return Incident(
        found.reference,
        found.title,
        found.severity.value,
        _names(tx, found.affected_services),
        found.resolution_note,
    )


def _names(tx: ReadTx, ids: Sequence[str]) -> tuple[str, ...]:
    known = catalog.services_by_id(tx, ids)
    return tuple(known[one].name if one in known else one for one in ids)
