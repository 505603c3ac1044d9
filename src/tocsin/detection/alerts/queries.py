"""Reads of alerts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, or_, select

from tocsin.detection import conditions
from tocsin.detection.alerts.model import (
    Alert,
    AlertDecision,
    AlertKind,
    AlertState,
    AlertVerdict,
    HeldBy,
)
from tocsin.detection.alerts.tables import alert_decisions as _d
from tocsin.detection.alerts.tables import alerts as _a
from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Actor
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx, across_tenants
from tocsin.registry import catalog


def alert(tx: ReadTx, alert_id: UUID) -> Alert:
    """One alert; raises NotFound."""
    found = _read(tx, select(_a).where(_a.c.tenant_id == tx.tenant, _a.c.id == alert_id))
    if not found:
        raise NotFound("There is no such alert.")
    return found[0]


def tenant_of_alert(tx: ReadTx, alert_id: UUID) -> UUID | None:
    """Whose alert it is, for whoever holds nothing but its id; None where there is none."""
    found: UUID | None = tx.scalar(
        across_tenants(select(_a.c.tenant_id).where(_a.c.id == alert_id))
    )
    return found


def alerts(
    tx: ReadTx,
    *,
    state: AlertState | None = None,
    service_id: str | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Alert]:
    """Newest first; `before` is the (raised_at, id) of the last one already seen."""
    query = select(_a).where(_a.c.tenant_id == tx.tenant)
    if state is not None:
        query = query.where(_a.c.state == state.value)
    if service_id is not None:
        query = query.where(_a.c.service_id == service_id)
    if before is not None:
        at, last = before
        query = query.where(or_(_a.c.raised_at < at, and_(_a.c.raised_at == at, _a.c.id < last)))
    return _read(tx, query.order_by(_a.c.raised_at.desc(), _a.c.id.desc()).limit(limit))


def alerts_of(tx: ReadTx, service_id: str, limit: int = 20) -> list[Alert]:
    """The newest alerts of a service first."""
    return alerts(tx, service_id=service_id, limit=limit)


def open_alert(
    tx: ReadTx, service_id: str, kind: AlertKind = AlertKind.CONDITION, key: str = ""
) -> Alert | None:
    """The service's open alert of a cause."""
    query = select(_a).where(
        _a.c.tenant_id == tx.tenant,
        _a.c.service_id == service_id,
        _a.c.kind == kind.value,
        _a.c.key == key,
        _a.c.state != AlertState.RESOLVED.value,
    )
    found = _read(tx, query)
    return found[0] if found else None


def held_alerts(
    tx: ReadTx, *, upstream_id: str | None = None, service_id: str | None = None
) -> list[Alert]:
    """The open alerts that are held back: by an upstream, or all about a service."""
    query = select(_a).where(
        _a.c.tenant_id == tx.tenant,
        _a.c.held_by.is_not(None),
        _a.c.state != AlertState.RESOLVED.value,
    )
    if upstream_id is not None:
        query = query.where(_a.c.upstream_id == upstream_id)
    if service_id is not None:
        query = query.where(_a.c.service_id == service_id)
    return _read(tx, query)


def first_raised(tx: ReadTx, service_ids: Collection[str]) -> datetime | None:
    """When the oldest open alert about the conditions of these services was raised."""
    if not service_ids:
        return None
    oldest = select(func.min(_a.c.raised_at)).where(
        _a.c.tenant_id == tx.tenant,
        _a.c.service_id.in_(sorted(service_ids)),
        _a.c.kind == AlertKind.CONDITION.value,
        _a.c.state != AlertState.RESOLVED.value,
    )
    found: datetime | None = tx.scalar(oldest)
    return found


def count_raised(tx: ReadTx, service_id: str, kind: AlertKind, key: str, since: datetime) -> int:
    """How many alerts of a cause were raised since then."""
    counted = select(func.count()).where(
        _a.c.tenant_id == tx.tenant,
        _a.c.service_id == service_id,
        _a.c.kind == kind.value,
        _a.c.key == key,
        _a.c.raised_at >= since,
    )
    return int(tx.scalar(counted))


def decisions_about(
    tx: ReadTx, *, service_id: str | None = None, alert_id: UUID | None = None, limit: int = 50
) -> list[AlertDecision]:
    """What was decided about telling people, newest first, of a service or of one alert."""
    query = select(_d).where(_d.c.tenant_id == tx.tenant)
    if service_id is not None:
        query = query.where(_d.c.service_id == service_id)
    if alert_id is not None:
        query = query.where(_d.c.alert_id == alert_id)
    rows = tx.all(query.order_by(_d.c.at.desc(), _d.c.id.desc()).limit(limit))
    return [_decision(row) for row in rows]


def reason_of(tx: ReadTx, alert: Alert) -> str | None:
    """The sentence of the decision that last changed an alert."""
    return decision_reason(tx, alert.decision_id)


def decision_reason(tx: ReadTx, decision_id: UUID) -> str | None:
    """The sentence of a decision: the condition's, or one about an alert."""
    kept = conditions.decision(tx, decision_id)
    if kept is not None:
        return kept.decision.reason
    own = select(_d.c.reason).where(_d.c.tenant_id == tx.tenant, _d.c.id == decision_id)
    found = tx.scalar(own)
    return str(found) if found is not None else None


def _read(tx: ReadTx, query: Select[Any]) -> list[Alert]:
    rows = tx.all(query)
    services = catalog.services_by_id(tx, {row.service_id for row in rows})
    return [_alert(row, services.get(row.service_id)) for row in rows]


def _alert(row: Row[Any], service: catalog.Service | None) -> Alert:
    return Alert(
        id=row.id,
        service_id=row.service_id,
        service_name=service.name if service else row.service_id,
        tier=service.tier if service else 3,
        kind=AlertKind(row.kind),
        key=row.key,
        title=row.title,
        severity=Severity(row.severity) if row.severity else None,
        opens_incident=row.opens_incident,
        episode=row.episode,
        status=Status(row.status),
        worst=Status(row.worst),
        state=AlertState(row.state),
        since=row.since,
        raised_at=row.raised_at,
        changed_at=row.changed_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=Actor.parse(row.acknowledged_by) if row.acknowledged_by else None,
        resolved_at=row.resolved_at,
        decision_id=row.decision_id,
        flapping=row.flapping,
        told_at=row.told_at,
        held_by=HeldBy(row.held_by) if row.held_by else None,
        held_reason=row.held_reason,
        upstream_id=row.upstream_id,
    )


def _decision(row: Row[Any]) -> AlertDecision:
    return AlertDecision(
        id=row.id,
        service_id=row.service_id,
        alert_id=row.alert_id,
        at=row.at,
        verdict=AlertVerdict(row.verdict),
        reason=row.reason,
        evidence=row.evidence,
    )
