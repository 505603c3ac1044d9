"""Reads of signals."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select

from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Actor
from tocsin.kernel.status import Status
from tocsin.platform.agenda import agenda_items
from tocsin.platform.database import ReadTx, across_tenants
from tocsin.registry import catalog

from .catalogue import Entry
from .model import ManualStatus, PollerHealth, Source, SourceState
from .tables import manual_statuses, sources

_s, _m = sources, manual_statuses


def source(tx: ReadTx, source_id: UUID) -> Source:
    """One source; raises NotFound, for an archived one too."""
    row = tx.one_or_none(_alive(tx).where(_s.c.id == source_id))
    if row is None:
        raise NotFound("There is no such source.")
    return to_source(row)


def source_to_poll(tx: ReadTx, source_id: UUID) -> Source | None:
    """A source that should be polled; None for one that is archived, stopped or gone."""
    row = tx.one_or_none(
        _alive(tx).where(_s.c.id == source_id, _s.c.polled, _s.c.stopped_at.is_(None))
    )
    return to_source(row) if row else None


def idle_sources(tx: ReadTx, job: str, limit: int) -> list[Source]:
    """Sources that the agenda should poll and for which no item of this kind is alive."""
    waiting = select(agenda_items.c.key).where(
        agenda_items.c.tenant_id == tx.tenant,
        agenda_items.c.kind == job,
        agenda_items.c.died_at.is_(None),
    )
    polled = _alive(tx).where(_s.c.polled, ~_s.c.settles, _s.c.stopped_at.is_(None))
    busy = set(tx.scalars(waiting))
    idle = (row for row in tx.all(polled.order_by(_s.c.id)) if row.id.hex not in busy)
    return [to_source(row) for row in islice(idle, limit)]


def oldest_poll(tx: ReadTx) -> datetime | None:
    """When the feed that has waited longest, of all tenants, was asked last; None without feeds.

    One that was never asked has waited since it was made.
    """
    feeds = (_s.c.polled, ~_s.c.settles, _s.c.archived_at.is_(None), _s.c.stopped_at.is_(None))
    asked = select(func.min(_s.c.last_polled_at)).where(*feeds)
    never = select(func.min(_s.c.created_at)).where(*feeds, _s.c.last_polled_at.is_(None))
    found = [tx.scalar(across_tenants(one)) for one in (asked, never)]
    return min((at for at in found if at is not None), default=None)


def sources_of(tx: ReadTx, service_ids: Iterable[str]) -> dict[str, list[Source]]:
    """The sources of services, the declared one first."""
    rows = tx.all(
        _alive(tx)
        .where(_s.c.service_id.in_(sorted(set(service_ids))))
        .order_by(_s.c.service_id, _s.c.declared.desc(), _s.c.created_at, _s.c.id)
    )
    found: dict[str, list[Source]] = defaultdict(list)
    for row in rows:
        found[row.service_id].append(to_source(row))
    return dict(found)


def monitors(tx: ReadTx, service_id: str | None, after: UUID | None, limit: int) -> list[Source]:
    """Sources by id, of one service or all; archived services' ones are left out."""
    listed = _alive(tx).where(_s.c.stopped_at.is_(None))
    if service_id is not None:
        listed = listed.where(_s.c.service_id == service_id)
    if after is not None:
        listed = listed.where(_s.c.id > after)
    return [to_source(row) for row in tx.all(listed.order_by(_s.c.id).limit(limit))]


def sources_of_kinds(
    tx: ReadTx, kinds: Sequence[str], after: UUID | None, limit: int
) -> list[Source]:
    """Sources of some kinds by id, also those of archived services."""
    listed = _alive(tx).where(_s.c.kind.in_(kinds))
    if after is not None:
        listed = listed.where(_s.c.id > after)
    return [to_source(row) for row in tx.all(listed.order_by(_s.c.id).limit(limit))]


def hold_of(tx: ReadTx, service_id: str) -> ManualStatus | None:
    """The status that holds by hand, if one does."""
    return holds_of(tx, [service_id]).get(service_id)


def holds_of(tx: ReadTx, service_ids: Iterable[str]) -> dict[str, ManualStatus]:
    """The statuses that hold by hand, by service."""
    rows = tx.all(
        select(_m).where(
            _m.c.tenant_id == tx.tenant,
            _m.c.service_id.in_(sorted(set(service_ids))),
            _m.c.ended_at.is_(None),
        )
    )
    return {row.service_id: _manual(row) for row in rows}


def added_entries(tx: ReadTx, entries: Sequence[Entry]) -> set[str]:
    """The ids of those entries that the tenant has: by the address it watches, or by their id.

    The address alone is not enough: one that had moved was followed when the service was saved.
    """
    watched = {config.get("url") for config in tx.scalars(_configurations(tx))}
    there = catalog.services_by_id(tx, [entry.id for entry in entries])
    return {entry.id for entry in entries if entry.id in there or entry.url in watched}


def _configurations(tx: ReadTx) -> Select[tuple[Any]]:
    return select(_s.c.config).where(
        _s.c.tenant_id == tx.tenant, _s.c.archived_at.is_(None), _s.c.stopped_at.is_(None)
    )


def _alive(tx: ReadTx) -> Select[Any]:
    return select(_s).where(_s.c.tenant_id == tx.tenant, _s.c.archived_at.is_(None))


def to_source(row: Row[Any]) -> Source:
    """Read a row of `sources`."""
    return Source(
        id=row.id,
        service_id=row.service_id,
        declared=row.declared,
        name=row.name,
        kind=row.kind,
        polled=row.polled,
        settles=row.settles,
        config=row.config,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        stopped_at=row.stopped_at,
        state=_state(row),
        etag=row.etag,
        last_modified=row.last_modified,
    )


def _state(row: Row[Any]) -> SourceState:
    return SourceState(
        status=Status(row.status),
        maintenance=row.maintenance,
        detail=row.detail,
        health=PollerHealth(row.health),
        failures=row.failures,
        misses=row.misses,
        last_polled_at=row.last_polled_at,
        last_good_status=Status(row.last_good_status) if row.last_good_status else None,
        last_good_at=row.last_good_at,
        last_error=row.last_error,
        moved_to=row.moved_to,
        signature=row.signature,
        response_ms=row.response_ms,
        known_names=row.known_names,
        vanished=tuple(row.vanished),
        unnamed=tuple(row.unnamed),
    )


def _manual(row: Row[Any]) -> ManualStatus:
    return ManualStatus(
        id=row.id,
        service_id=row.service_id,
        status=Status(row.status),
        reason=row.reason,
        detail=row.detail,
        feed_status=Status(row.feed_status) if row.feed_status else None,
        set_by=Actor.parse(row.set_by),
        set_at=row.set_at,
    )
