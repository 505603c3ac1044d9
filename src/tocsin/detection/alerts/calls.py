"""Alerts that come from triggers and burning error budgets: raised and ended by their causes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tocsin.detection.alerts import queries, store
from tocsin.detection.alerts.holding import Alerts, decide_hold
from tocsin.detection.alerts.model import Alert, AlertKind, AlertVerdict, HeldBy, Hold
from tocsin.detection.alerts.verbs import announce, end
from tocsin.kernel.ids import new_id
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx

RESTLESS_SPAN = timedelta(hours=2)
RESTLESS_TIMES = 3
RESTLESS_WAIT = timedelta(minutes=20)

STATUS_OF: Mapping[Severity, Status] = {
    Severity.CRITICAL: Status.MAJOR_OUTAGE,
    Severity.HIGH: Status.PARTIAL_OUTAGE,
    Severity.MEDIUM: Status.DEGRADED,
    Severity.LOW: Status.DEGRADED,
}
"""How bad a service is taken to be for an alert that names a severity instead."""


@dataclass(frozen=True, slots=True)
class Call:
    """A cause that wants attention for a service; `key` tells it from others of its kind.

    `opens_incident` says whether it asks for an incident. `reason` is for people, `evidence` holds
    the measured values.
    """

    service_id: str
    kind: AlertKind
    key: str
    title: str
    severity: Severity
    since: datetime
    reason: str
    opens_incident: bool = False
    evidence: Mapping[str, Any] = field(default_factory=dict)


def raise_call(tx: Tx, room: Alerts, call: Call) -> Alert:
    """Raise the alert of a cause; one that is open already stays as it is."""
    there = queries.open_alert(tx, call.service_id, call.kind, call.key)
    if there is not None:
        return there
    hold = decide_hold(tx, room, call.service_id) or _restless(tx, call)
    decision = new_id()
    raised = store.add_alert(
        tx,
        call.service_id,
        status=STATUS_OF[call.severity],
        since=call.since,
        decision_id=decision,
        hold=hold,
        kind=call.kind,
        key=call.key,
        title=call.title,
        severity=call.severity,
        opens_incident=call.opens_incident,
    )
    verdict = AlertVerdict.HELD if hold else AlertVerdict.SENT
    store.keep_decision(tx, raised, verdict, call.reason, call.evidence, decision)
    announce(tx, raised, hold)
    return raised


def end_call(tx: Tx, room: Alerts, service_id: str, kind: AlertKind, key: str, reason: str) -> None:
    """End the alert of a cause that is over, if one is open."""
    current = queries.open_alert(tx, service_id, kind, key)
    if current is None:
        return
    decision = store.keep_decision(tx, current, AlertVerdict.RESOLVED, reason)
    end(tx, room, current, decision)


def _restless(tx: Tx, call: Call) -> Hold | None:
    """A cause that comes and goes waits: it is told once it has stayed for a while."""
    since = tx.now - RESTLESS_SPAN
    times = queries.count_raised(tx, call.service_id, call.kind, call.key, since)
    if times < RESTLESS_TIMES:
        return None
    minutes = RESTLESS_WAIT.total_seconds() / 60
    reason = (
        f"Waits: it came and went {times} times within two hours; people are told once it has"
        f" stayed for {minutes:.0f} min."
    )
    return Hold(HeldBy.FLAPPING, reason, tx.now + RESTLESS_WAIT, evidence={"times": times})
