"""Writes of windows: rows, their services, and what people write about them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update

from tocsin.kernel.errors import LostRace
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Tx, insert_or

from . import queries
from .model import Series, Window, WindowSource, WindowState, WindowUpdate
from .tables import maintenance_services, maintenance_updates, maintenance_windows

_w, _s, _u = maintenance_windows, maintenance_services, maintenance_updates


def add(
    tx: Tx,
    window_id: UUID,
    values: Mapping[str, Any],
    services: Iterable[str],
    *,
    source: WindowSource = WindowSource.OWN,
    series: Series | None = None,
) -> bool:
    """Write a new scheduled window; False where its series has one for that time already."""
    row = {
        "id": window_id,
        "tenant_id": tx.tenant,
        "status": WindowState.SCHEDULED.value,
        "source": source.value,
        "version": 1,
        "created_at": tx.now,
        "updated_at": tx.now,
        **series_columns(series),
        **values,
    }
    added = tx.execute(insert_or(tx, _w).values(row).on_conflict_do_nothing())
    if added.rowcount == 0:
        return False
    _add_services(tx, window_id, services)
    return True


def change(
    tx: Tx, window: Window, values: Mapping[str, Any], services: Iterable[str] | None = None
) -> Window:
    """Write values over a window as its next version; raises LostRace where it moved meanwhile."""
    written = tx.execute(
        update(_w)
        .where(_w.c.tenant_id == tx.tenant, _w.c.id == window.id, _w.c.status == window.state.value)
        .values(**values, version=window.version + 1, updated_at=tx.now)
    )
    if written.rowcount == 0:
        raise LostRace("The maintenance moved on meanwhile; read it again.")
    if services is not None:
        tx.execute(delete(_s).where(_s.c.tenant_id == tx.tenant, _s.c.window_id == window.id))
        _add_services(tx, window.id, services)
    return queries.found(tx, window.id)


def add_update(tx: Tx, window_id: UUID, message: str) -> WindowUpdate:
    """Keep what somebody wrote about a window."""
    written = WindowUpdate(new_id(), tx.now, tx.actor, message)
    tx.execute(
        insert(_u).values(
            id=written.id,
            tenant_id=tx.tenant,
            window_id=window_id,
            at=written.at,
            author=str(written.author),
            message=message,
        )
    )
    return written


def series_columns(series: Series | None) -> dict[str, Any]:
    """A series as columns, all null without one."""
    return {
        "series_id": series.id if series else None,
        "rule": series.recurrence.rule if series else None,
        "time_zone": series.recurrence.time_zone if series else None,
        "series_starts_at": series.starts_at if series else None,
        "series_ends_at": series.ends_at if series else None,
        "planned_at": series.planned_at if series else None,
    }


def _add_services(tx: Tx, window_id: UUID, services: Iterable[str]) -> None:
    rows = [
        {"tenant_id": tx.tenant, "window_id": window_id, "service_id": service_id}
        for service_id in sorted(set(services))
    ]
    if rows:
        tx.execute(insert(_s), rows)
