"""Reads of alerts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, or_, select

from tocsin.detection.alerts.model import Alert, AlertState
from tocsin.detection.alerts.tables import alerts as _a
from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Actor
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog


def alert(tx: ReadTx, alert_id: UUID) -> Alert:
    """One alert; raises NotFound."""
    found = _read(tx, select(_a).where(_a.c.tenant_id == tx.tenant, _a.c.id == alert_id))
    if not found:
        raise NotFound("There is no such alert.")
    return found[0]


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


def open_alert(tx: ReadTx, service_id: str) -> Alert | None:
    """The service's open alert."""
    query = select(_a).where(
        _a.c.tenant_id == tx.tenant,
        _a.c.service_id == service_id,
        _a.c.state != AlertState.RESOLVED.value,
    )
    found = _read(tx, query)
    return found[0] if found else None


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
    )
