"""Tocsin's own health: work that failed for good opens an incident, and its end ends it."""

from dataclasses import replace

from tocsin.kernel.facts import Actor, ActorKind, Entry
from tocsin.kernel.severity import Severity
from tocsin.platform.database import Tx
from tocsin.response.incidents import events, queries, rules
from tocsin.response.incidents.rules import RecoveryAction
from tocsin.response.incidents.verbs import steps
from tocsin.response.incidents.verbs.opening import IncidentDraft, open_incident
from tocsin.response.incidents.verbs.steps import Words
from tocsin.response.incidents.verbs.work import begin

RULE = Actor(ActorKind.RULE, "health")
FOUND, GONE = "audit.found", "audit.gone"
FOLLOWED = (FOUND, GONE)
_DEAD_WORK = "dead_work"


def follow_findings(tx: Tx, cause: Entry) -> None:
    """React to what the auditor found, as a rule; safe to run twice for the same fact.

    Only dead work opens an incident: everything else is late, and told to channels.
    """
    if cause.payload["check"] != _DEAD_WORK:
        return
    ruled = tx.acting(actor=RULE)
    if cause.kind == FOUND:
        _open(ruled)
    else:
        _recover(ruled, cause)


def _open(tx: Tx) -> None:
    if queries.live_incident_of(tx, RULE) is not None:
        return
    draft = IncidentDraft(
        title="Tocsin: work failed for good",
        severity=Severity.HIGH,
        description="Work on the agenda failed every time it was tried. `tocsin audit` names it.",
        category="health",
        tags=("tocsin",),
    )
    open_incident(tx, draft)


def _recover(tx: Tx, cause: Entry) -> None:
    there = queries.live_incident_of(tx, RULE)
    if there is None:
        return
    work = begin(tx, there.id)
    recovery = rules.on_recovery(work.incident)
    if recovery.action is RecoveryAction.RESOLVE:
        steps.resolve(work, Words(resolution_note=recovery.reason))
    elif work.incident.recovery_observed_at is None:
        work.incident = replace(work.incident, recovery_observed_at=cause.happened_at)
        work.tell(events.RECOVERY_OBSERVED, {"check": cause.payload["check"]})
    work.finish()
