"""What incidents do when alerts come in: the rules open, join, resolve or point out."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tocsin.detection import alerts as alerts_room
from tocsin.detection.alerts import events as alerts
from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Actor, ActorKind, Entry, Fact, id_of
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.platform.journal import recent_entries
from tocsin.registry import catalog
from tocsin.response.incidents import events, queries, rules, store
from tocsin.response.incidents.queries.opening import opening_rule
from tocsin.response.incidents.rules import Opening, RecoveryAction, Trouble
from tocsin.response.incidents.verbs import steps
from tocsin.response.incidents.verbs.editing import edit_fields
from tocsin.response.incidents.verbs.opening import IncidentDraft, open_incident
from tocsin.response.incidents.verbs.steps import Words
from tocsin.response.incidents.verbs.work import begin

RULE = Actor(ActorKind.RULE, "default")
FOLLOWED = (alerts.RAISED, alerts.RELEASED, alerts.CHANGED, alerts.RESOLVED)


def follow_alert(tx: Tx, cause: Entry) -> None:
    """React to one fact about an alert, acting as a rule; safe to run twice for the same fact."""
    ruled = tx.acting(actor=RULE)
    if cause.kind == alerts.RESOLVED:
        recover(ruled, cause)
    else:
        worsened(ruled, cause)


def worsened(tx: Tx, cause: Entry) -> None:
    """Tie the alert to the live incident on its service, else open one if the rules say so.

    An alert that is held back is nobody's work yet.
    """
    if not cause.payload.get("told", True):
        return
    try:
        service = catalog.hold_service(tx, cause.payload["service_id"])
    except NotFound:
        return
    alert = UUID(hex=id_of(cause.subject))
    tied = queries.incident_of_alert(tx, alert)
    if tied is None and (there := queries.live_incident_on(tx, service.id)) is not None:
        tied = there.id
        join(tx, tied, alert, service.id)
    if tied is not None:
        aggravate(tx, tied, cause, service)
        return
    if cause.kind == alerts.CHANGED and not cause.payload["sends"]:
        return
    if cause.payload.get("kind", "condition") != "condition":
        open_for_call(tx, cause, service)
        return
    status = Status(cause.payload["status"])
    opening = classified(tx, service, cause.payload["tier"], status)
    if opening.severity is None:
        decline(tx, cause, opening.rule)
        return
    draft = IncidentDraft(
        title=f"{service.name}: {status.words.lower()}",
        severity=opening.severity,
        severity_reason=opening.reason,
        affected_services=(service.id,),
        started_at=min(tx.now, datetime.fromisoformat(cause.payload["since"])),
    )
    open_incident(tx, draft, cause=alert)


def open_for_call(tx: Tx, cause: Entry, service: catalog.Service) -> None:
    """A trigger says itself whether an incident opens, and how severe it is."""
    if not cause.payload["opens_incident"]:
        return
    alert = UUID(hex=id_of(cause.subject))
    called = alerts_room.alert(tx, alert)
    severity = Severity(cause.payload["severity"])
    draft = IncidentDraft(
        title=called.title or service.name,
        severity=severity,
        severity_reason=_said_by_call(severity, called.title),
        affected_services=(service.id,),
        started_at=min(tx.now, called.since),
    )
    open_incident(tx, draft, cause=alert)


def aggravate(tx: Tx, incident: UUID, cause: Entry, service: catalog.Service) -> None:
    """Raise the severity that a rule gave to what a worse alert deserves, never lower it.

    A severity that a person chose stays as it is.
    """
    if cause.payload.get("kind", "condition") == "condition":
        status = Status(cause.payload["status"])
        opening = classified(tx, service, cause.payload["tier"], status)
        severity, reason = opening.severity, opening.reason
    else:
        severity = Severity(cause.payload["severity"])
        called = alerts_room.alert(tx, UUID(hex=id_of(cause.subject)))
        reason = _said_by_call(severity, called.title)
    try:
        work = begin(tx, incident)
    except NotFound:
        return
    held = work.incident
    if severity is None or held.severity_reason is None or not held.is_live:
        return
    if severity.rank <= held.severity.rank:
        return
    edit_fields(work, {"severity": severity})
    work.incident = replace(work.incident, severity_reason=reason)
    work.finish()


def _said_by_call(severity: Severity, title: str | None) -> str:
    return (
        f"{severity.value}: “{title}” says so" if title else f"{severity.value}: a trigger says so"
    )


def classified(tx: Tx, service: catalog.Service, tier: int, status: Status) -> Opening:
    """Whether trouble of a service opens an incident, how severe it is, and why."""
    rule = opening_rule(tx)
    dependents = len(catalog.dependents_of(tx, service.id)) if rule.counts_dependents else None
    return rules.classify(Trouble(status, tier, dependents, service.category), rule)


def decline(tx: Tx, cause: Entry, number: int | None = None) -> None:
    """Keep why an alert opened no incident, once for each status it was raised at.

    `number` is the ordered rule that said so, from 1; None: the table.
    """
    seen = {name: cause.payload[name] for name in ("service_id", "tier", "status")}
    payload = {"rule": RULE.id, **seen, **({} if number is None else {"number": number})}
    told = recent_entries(tx, kinds=(events.NOT_OPENED,), subject=cause.subject)
    if all(dict(one.payload) != payload for one in told):
        tx.record(Fact(events.NOT_OPENED, cause.subject, payload))


def join(tx: Tx, incident: UUID, alert: UUID, service: str) -> None:
    """Tie an alert to an incident; what had been seen of a recovery is no longer true."""
    work = begin(tx, incident)
    if not store.join_alert(tx, incident, alert):
        return
    work.incident = replace(work.incident, recovery_observed_at=None)
    work.tell(events.ALERT_JOINED, {"alert": alert.hex, "service": service})
    work.finish()


def recover(tx: Tx, cause: Entry) -> None:
    """An alert is over: resolve what no person has touched, else point the recovery out."""
    alert = UUID(hex=id_of(cause.subject))
    incident = queries.incident_of_alert(tx, alert)
    if incident is None:
        return
    try:
        work = begin(tx, incident)
    except NotFound:
        return
    if not store.end_alert(tx, alert):
        return
    recovery = rules.on_recovery(work.incident, store.open_alerts(tx, incident))
    if recovery.action is RecoveryAction.RESOLVE:
        steps.resolve(work, Words(resolution_note=recovery.reason))
    elif recovery.action is RecoveryAction.OBSERVE:
        work.incident = replace(work.incident, recovery_observed_at=cause.happened_at)
        payload = {"service": cause.payload["service_id"], "alert": alert.hex}
        work.tell(events.RECOVERY_OBSERVED, payload)
    work.finish()
