"""Writes of objectives: promises and breaches."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from sqlalchemy import update

from tocsin.platform.database import Tx, insert_or

from .model import Breach, Objective
from .tables import burn_breaches, service_objectives

_o, _b = service_objectives, burn_breaches


def keep_target(tx: Tx, before: Objective, target: float | None) -> None:
    """Insert or replace a service's own target; None gives it the installation's again."""
    values = {"target_percent": target, "version": before.version + 1, "updated_at": tx.now}
    tx.execute(
        insert_or(tx, _o)
        .values(tenant_id=tx.tenant, service_id=before.service_id, **values)
        .on_conflict_do_update(index_elements=["tenant_id", "service_id"], set_=values)
    )


def open_breach(tx: Tx, breach: Breach) -> bool:
    """Insert a breach; False where the same one is open already."""
    values = {column.name: getattr(breach, column.name, None) for column in _b.columns}
    values |= {"tenant_id": tx.tenant, "severity": breach.severity.value}
    written = tx.execute(
        insert_or(tx, _b)
        .values(**values)
        .on_conflict_do_nothing(
            index_elements=["tenant_id", "service_id", "pair"], index_where=_b.c.ended_at.is_(None)
        )
    )
    return written.rowcount == 1


def touch_breaches(tx: Tx, ids: Collection[UUID]) -> None:
    """Note that these are still over in one of their windows."""
    if ids:
        tx.execute(
            update(_b)
            .where(_b.c.tenant_id == tx.tenant, _b.c.id.in_(sorted(ids)))
            .values(touched_at=tx.now)
        )


def end_breach(tx: Tx, breach: Breach) -> Breach | None:
    """End an open breach; None where it has ended meanwhile."""
    ended = tx.execute(
        update(_b)
        .where(_b.c.tenant_id == tx.tenant, _b.c.id == breach.id, _b.c.ended_at.is_(None))
        .values(ended_at=tx.now)
    )
    return replace(breach, ended_at=tx.now) if ended.rowcount == 1 else None
