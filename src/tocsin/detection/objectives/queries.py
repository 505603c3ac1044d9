"""Reads of objectives: what services promise, and what burns."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, Select, select

from tocsin.platform.database import ReadTx

from .model import Breach, BurnSeverity, Objective, ObjectiveSettings
from .tables import burn_breaches, service_objectives

_o, _b = service_objectives, burn_breaches


def objective(tx: ReadTx, settings: ObjectiveSettings, service_id: str) -> Objective:
    """What a service promises, its own or the installation's target."""
    found = objectives(tx, settings, [service_id])
    return found.get(service_id) or Objective(service_id, settings.target_percent)


def objectives(
    tx: ReadTx, settings: ObjectiveSettings, service_ids: Collection[str] | None = None
) -> dict[str, Objective]:
    """The promises that somebody has ever set, by service; all others are the installation's."""
    query = select(_o).where(_o.c.tenant_id == tx.tenant)
    if service_ids is not None:
        query = query.where(_o.c.service_id.in_(sorted(set(service_ids))))
    return {row.service_id: _objective(row, settings) for row in tx.all(query)}


def open_breaches(tx: ReadTx, service_ids: Collection[str] | None = None) -> list[Breach]:
    """What burns now, the oldest first."""
    query = _open(tx).order_by(_b.c.began_at, _b.c.id)
    if service_ids is not None:
        query = query.where(_b.c.service_id.in_(sorted(set(service_ids))))
    return [_breach(row) for row in tx.all(query)]


def burning_services(tx: ReadTx, after: str, limit: int) -> list[str]:
    """The first services by id, after this one, of which something burns."""
    ids = (
        select(_b.c.service_id)
        .distinct()
        .where(_b.c.tenant_id == tx.tenant, _b.c.ended_at.is_(None), _b.c.service_id > after)
        .order_by(_b.c.service_id)
        .limit(limit)
    )
    return list(tx.scalars(ids))


def _open(tx: ReadTx) -> Select[Any]:
    return select(_b).where(_b.c.tenant_id == tx.tenant, _b.c.ended_at.is_(None))


def _objective(row: Row[Any], settings: ObjectiveSettings) -> Objective:
    own = row.target_percent is not None
    target = row.target_percent if own else settings.target_percent
    return Objective(row.service_id, target, own, row.version, row.updated_at)


def _breach(row: Row[Any]) -> Breach:
    return Breach(
        id=row.id,
        service_id=row.service_id,
        pair=row.pair,
        severity=BurnSeverity(row.severity),
        tier=row.tier,
        threshold=row.threshold,
        burn_long=row.burn_long,
        burn_short=row.burn_short,
        began_at=row.began_at,
        touched_at=row.touched_at,
        ended_at=row.ended_at,
    )
