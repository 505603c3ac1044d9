"""Reads of windows; archived ones are not there, except for `found`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, exists, or_, select

from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Actor
from tocsin.platform.database import ReadTx, Tx

from .model import (
    Filter,
    Recurrence,
    Series,
    Window,
    WindowSource,
    WindowState,
    WindowUpdate,
)
from .tables import maintenance_services, maintenance_updates, maintenance_windows

_w, _s, _u = maintenance_windows, maintenance_services, maintenance_updates

_OPEN = ("scheduled", "in_progress")  # as the partial index is written
_STATES = {
    Filter.UPCOMING: (WindowState.SCHEDULED,),
    Filter.ACTIVE: (WindowState.IN_PROGRESS,),
    Filter.PAST: (WindowState.COMPLETED, WindowState.CANCELLED),
    Filter.ALL: (),
}
_SOONEST_FIRST = (Filter.UPCOMING, Filter.ACTIVE)


def window(tx: ReadTx, window_id: UUID) -> Window:
    """One window; raises NotFound, for an archived one too."""
    asked = select(_w).where(
        _w.c.tenant_id == tx.tenant, _w.c.id == window_id, _w.c.archived_at.is_(None)
    )
    read = _read(tx, asked)
    if not read:
        raise NotFound("There is no such maintenance.")
    return read[0]


def found(tx: ReadTx, window_id: UUID) -> Window:
    """One window that is known to be there, archived or not."""
    (one,) = _read(tx, select(_w).where(_w.c.tenant_id == tx.tenant, _w.c.id == window_id))
    return one


def hold(tx: Tx, window_id: UUID) -> Window:
    """Lock a window's row, then read it; raises NotFound."""
    tx.lock(_w, window_id)
    return window(tx, window_id)


def windows(
    tx: ReadTx,
    shown: Filter,
    *,
    services: Sequence[str] | None = None,
    place: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Window]:
    """Windows of a filter: those to come the soonest first, all others the latest first.

    With `services` only windows that affect one of them; `place` is the (starts_at, id) of the
    last one already seen.
    """
    listed = select(_w).where(_w.c.tenant_id == tx.tenant, _w.c.archived_at.is_(None))
    if states := _STATES[shown]:
        listed = listed.where(_w.c.status.in_([state.value for state in states]))
    if services is not None:
        listed = listed.where(_affects(tx, services))
    rising = shown in _SOONEST_FIRST
    if place is not None:
        listed = listed.where(_beyond(*place, rising=rising))
    order = (_w.c.starts_at, _w.c.id) if rising else (_w.c.starts_at.desc(), _w.c.id.desc())
    return _read(tx, listed.order_by(*order).limit(limit))


def window_covering(tx: ReadTx, service_id: str, at: datetime) -> Window | None:
    """The own window in which work is done on a service at an instant about now, or None.

    A window counts from its start, even before its timer has run; of several the last to end.
    """
    covering = (
        _covering(tx, at)
        .join(_s, and_(_s.c.window_id == _w.c.id, _s.c.tenant_id == _w.c.tenant_id))
        .where(_s.c.tenant_id == tx.tenant, _s.c.service_id == service_id)
        .order_by(_w.c.ends_at.desc(), _w.c.id)
        .limit(1)
    )
    read = _read(tx, covering)
    return read[0] if read else None


def active_windows(tx: ReadTx, service_ids: Iterable[str]) -> dict[str, Window]:
    """The own window that covers each of the services now; of several the last to end."""
    wanted = set(service_ids)
    active = _read(tx, _covering(tx, tx.now).order_by(_w.c.ends_at, _w.c.id))
    return {
        service_id: one
        for one in active
        for service_id in one.affected_services
        if service_id in wanted
    }


def vendor_windows(tx: ReadTx, source_key: str, vendor_ids: Iterable[str]) -> list[Window]:
    """A source's windows that are open, and those of these ids whatever they are."""
    asked = select(_w).where(
        _w.c.tenant_id == tx.tenant,
        _w.c.source_key == source_key,
        or_(_w.c.status.in_(_OPEN), _w.c.vendor_id.in_(sorted(set(vendor_ids)))),
    )
    return _read(tx, asked)


def updates(
    tx: ReadTx, window_id: UUID, after: tuple[datetime, UUID] | None, limit: int
) -> list[WindowUpdate]:
    """What people wrote about a window, the oldest first; raises NotFound."""
    window(tx, window_id)
    listed = select(_u).where(_u.c.tenant_id == tx.tenant, _u.c.window_id == window_id)
    if after is not None:
        at, last = after
        listed = listed.where(or_(_u.c.at > at, and_(_u.c.at == at, _u.c.id > last)))
    return [
        WindowUpdate(row.id, row.at, Actor.parse(row.author), row.message)
        for row in tx.all(listed.order_by(_u.c.at, _u.c.id).limit(limit))
    ]


def _covering(tx: ReadTx, at: datetime) -> Select[Any]:
    return select(_w).where(
        _w.c.tenant_id == tx.tenant,
        _w.c.source == WindowSource.OWN.value,
        _w.c.status.in_(_OPEN),
        _w.c.archived_at.is_(None),
        _w.c.starts_at <= at,
        _w.c.ends_at > at,
    )


def _affects(tx: ReadTx, services: Sequence[str]) -> Any:
    return exists().where(
        _s.c.tenant_id == tx.tenant, _s.c.window_id == _w.c.id, _s.c.service_id.in_(services)
    )


def _beyond(at: datetime, last: UUID, *, rising: bool) -> Any:
    if rising:
        return or_(_w.c.starts_at > at, and_(_w.c.starts_at == at, _w.c.id > last))
    return or_(_w.c.starts_at < at, and_(_w.c.starts_at == at, _w.c.id < last))


def _read(tx: ReadTx, query: Select[Any]) -> list[Window]:
    rows = tx.all(query)
    services = _services_of(tx, [row.id for row in rows])
    return [_window(row, services.get(row.id, ())) for row in rows]


def _services_of(tx: ReadTx, ids: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    if not ids:
        return {}
    asked = (
        select(_s.c.window_id, _s.c.service_id)
        .where(_s.c.tenant_id == tx.tenant, _s.c.window_id.in_(ids))
        .order_by(_s.c.service_id)
    )
    by_window: dict[UUID, list[str]] = defaultdict(list)
    for row in tx.all(asked):
        by_window[row.window_id].append(row.service_id)
    return {window_id: tuple(found) for window_id, found in by_window.items()}


def _window(row: Row[Any], services: tuple[str, ...]) -> Window:
    return Window(
        id=row.id,
        title=row.title,
        description=row.description,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=WindowState(row.status),
        source=WindowSource(row.source),
        affected_services=services,
        series=_series(row),
        began_at=row.began_at,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        source_key=row.source_key,
        vendor_id=row.vendor_id,
    )


def _series(row: Row[Any]) -> Series | None:
    if row.series_id is None:
        return None
    recurrence = Recurrence(row.rule, row.time_zone)
    return Series(
        row.series_id, recurrence, row.series_starts_at, row.series_ends_at, row.planned_at
    )
