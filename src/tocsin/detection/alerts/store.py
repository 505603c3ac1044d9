"""Writes on the tables of alerts; whoever calls has decided already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from tocsin.detection.alerts.model import Alert, AlertKind, AlertState, AlertVerdict, Hold
from tocsin.detection.alerts.queries import alert
from tocsin.detection.alerts.tables import alert_decisions, alerts
from tocsin.kernel.ids import new_id
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx


def add_alert(
    tx: Tx,
    service_id: str,
    *,
    status: Status,
    since: datetime,
    decision_id: UUID,
    hold: Hold | None,
    episode: int = 0,
    kind: AlertKind = AlertKind.CONDITION,
    key: str = "",
    title: str | None = None,
    severity: Severity | None = None,
    opens_incident: bool = True,
    flapping: bool = False,
) -> Alert:
    """Store a new alert, told now unless something holds it."""
    identifier = new_id()
    tx.execute(
        insert(alerts).values(
            id=identifier,
            tenant_id=tx.tenant,
            service_id=service_id,
            kind=kind.value,
            key=key,
            title=title,
            severity=severity.value if severity else None,
            opens_incident=opens_incident,
            episode=episode,
            status=status.value,
            worst=status.value,
            state=AlertState.FIRING.value,
            since=since,
            raised_at=tx.now,
            changed_at=tx.now,
            decision_id=decision_id,
            flapping=flapping,
            **held(hold),
            told_at=None if hold else tx.now,
        )
    )
    return alert(tx, identifier)


def held(hold: Hold | None) -> dict[str, Any]:
    """The columns that say what holds an alert."""
    return {
        "held_by": hold.by.value if hold else None,
        "held_reason": hold.reason if hold else None,
        "upstream_id": hold.upstream if hold else None,
    }


def change_alert(tx: Tx, current: Alert, **values: Any) -> Alert:
    """Write columns of an alert and read it again."""
    tx.execute(
        update(alerts)
        .where(alerts.c.tenant_id == tx.tenant, alerts.c.id == current.id)
        .values(**values)
    )
    return alert(tx, current.id)


def episode_is_known(tx: Tx, service_id: str, episode: int) -> bool:
    """Whether this episode of a service had an alert already."""
    known = select(alerts.c.id).where(
        alerts.c.tenant_id == tx.tenant,
        alerts.c.service_id == service_id,
        alerts.c.episode == episode,
        alerts.c.kind == AlertKind.CONDITION.value,
    )
    return tx.scalar(known.limit(1)) is not None


def keep_decision(
    tx: Tx,
    about: Alert,
    verdict: AlertVerdict,
    reason: str,
    evidence: Mapping[str, Any] | None = None,
    identifier: UUID | None = None,
) -> UUID:
    """Keep what was decided about an alert, and why."""
    kept = identifier or new_id()
    tx.execute(
        insert(alert_decisions).values(
            id=kept,
            tenant_id=tx.tenant,
            service_id=about.service_id,
            alert_id=about.id,
            at=tx.now,
            verdict=verdict.value,
            reason=reason,
            evidence=dict(evidence or {}),
        )
    )
    return kept
