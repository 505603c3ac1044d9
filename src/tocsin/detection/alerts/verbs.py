"""What happens to alerts: raised, changed and resolved by conditions, acknowledged by people."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from tocsin.detection.alerts import events
from tocsin.detection.alerts.model import Alert, AlertState
from tocsin.detection.alerts.queries import alert, open_alert
from tocsin.detection.alerts.tables import alerts
from tocsin.kernel.errors import IllegalTransition
from tocsin.kernel.facts import Entry, id_of
from tocsin.kernel.ids import new_id
from tocsin.kernel.status import Status, worst
from tocsin.platform.database import Tx


def confirm(tx: Tx, cause: Entry) -> None:
    """A worsening was confirmed: raise the episode's alert, or change the one that is open."""
    service_id = id_of(cause.subject)
    current = open_alert(tx, service_id)
    if current is not None and current.episode == cause.payload["episode"]:
        _change(tx, current, cause, sends=True)
    elif not _exists(tx, service_id, cause.payload["episode"]):
        if current is not None:
            _resolve(tx, current, cause)
        _raise(tx, service_id, cause)


def adjust(tx: Tx, cause: Entry) -> None:
    """The episode improved, or worsened again within the dedup window: change, send nothing."""
    current = open_alert(tx, id_of(cause.subject))
    if current is not None and current.episode == cause.payload["episode"]:
        _change(tx, current, cause, sends=False)


def recover(tx: Tx, cause: Entry) -> None:
    """The episode ended: resolve its alert."""
    current = open_alert(tx, id_of(cause.subject))
    if current is not None and current.episode == cause.payload["episode"]:
        _resolve(tx, current, cause)


def acknowledge(tx: Tx, alert_id: UUID) -> Alert:
    """Somebody takes it; repeating is fine. Raises NotFound, IllegalTransition when resolved."""
    tx.lock(alerts, alert_id)
    found = alert(tx, alert_id)
    if found.state is AlertState.ACKNOWLEDGED:
        return found
    if found.state is AlertState.RESOLVED:
        raise IllegalTransition("The alert is resolved; it cannot be acknowledged any more.")
    _update(
        tx,
        found,
        state=AlertState.ACKNOWLEDGED.value,
        acknowledged_at=tx.now,
        acknowledged_by=str(tx.actor),
    )
    acknowledged = alert(tx, alert_id)
    tx.record(events.fact(events.ACKNOWLEDGED, acknowledged))
    return acknowledged


def _raise(tx: Tx, service_id: str, cause: Entry) -> None:
    status = Status(cause.payload["status"])
    identifier = new_id()
    tx.execute(
        insert(alerts).values(
            id=identifier,
            tenant_id=tx.tenant,
            service_id=service_id,
            episode=cause.payload["episode"],
            status=status.value,
            worst=status.value,
            state=AlertState.FIRING.value,
            since=_since(cause),
            raised_at=tx.now,
            changed_at=tx.now,
            decision_id=UUID(cause.payload["decision"]),
        )
    )
    tx.record(events.fact(events.RAISED, alert(tx, identifier)))


def _change(tx: Tx, current: Alert, cause: Entry, *, sends: bool) -> None:
    status = Status(cause.payload["status"])
    decision = UUID(cause.payload["decision"])
    if current.decision_id == decision:
        return
    _update(
        tx,
        current,
        status=status.value,
        worst=worst((current.worst, status)).value,
        changed_at=tx.now,
        decision_id=decision,
    )
    changed = alert(tx, current.id)
    tx.record(events.fact(events.CHANGED, changed, previous=current.status, sends=sends))


def _resolve(tx: Tx, current: Alert, cause: Entry) -> None:
    _update(
        tx,
        current,
        state=AlertState.RESOLVED.value,
        resolved_at=tx.now,
        changed_at=tx.now,
        decision_id=UUID(cause.payload["decision"]),
    )
    tx.record(events.fact(events.RESOLVED, alert(tx, current.id)))


def _update(tx: Tx, current: Alert, **values: Any) -> None:
    tx.execute(
        update(alerts)
        .where(alerts.c.tenant_id == tx.tenant, alerts.c.id == current.id)
        .values(**values)
    )


def _exists(tx: Tx, service_id: str, episode: int) -> bool:
    known = select(alerts.c.id).where(
        alerts.c.tenant_id == tx.tenant,
        alerts.c.service_id == service_id,
        alerts.c.episode == episode,
    )
    return tx.scalar(known) is not None


def _since(cause: Entry) -> datetime:
    since = cause.payload.get("since")
    return datetime.fromisoformat(since) if since else cause.happened_at
