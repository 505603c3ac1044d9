"""Rows of results: bundles of a minute, blocks of an hour, roll-ups."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, insert, select

from tocsin.kernel.ids import new_id
from tocsin.platform.database import Lane, ReadTx, Tx, insert_or

from .packing import start_of
from .rollup import Rollup, pack_histogram, unpack_histogram
from .tables import Period, check_blocks, check_results_minute, check_rollups

FOLD = "signals.fold_results"
_AFTER_THE_HOUR = timedelta(minutes=3)
_AT_LEAST = timedelta(minutes=1)
_m, _b, _r = check_results_minute, check_blocks, check_rollups


def keep_bundle(tx: Tx, hour: int, data: bytes) -> None:
    """Keep the results of a minute; the first ones of an hour see to it that it is folded."""
    known = tx.scalar(
        select(_m.c.id).where(_m.c.tenant_id == tx.tenant, _m.c.hour == hour).limit(1)
    )
    tx.execute(insert(_m).values(id=new_id(), tenant_id=tx.tenant, hour=hour, data=data))
    if known is None:
        over = start_of(hour + 1) + _AFTER_THE_HOUR
        tx.schedule(FOLD, str(hour), max(over, tx.now + _AT_LEAST), lane=Lane.BULK)


def bundle_ids(tx: ReadTx, hour: int, limit: int) -> list[UUID]:
    """The rows of an hour that wait to be folded, the oldest first."""
    listed = select(_m.c.id).where(_m.c.tenant_id == tx.tenant, _m.c.hour == hour)
    return list(tx.scalars(listed.order_by(_m.c.id).limit(limit)))


def bundles(tx: ReadTx, ids: Sequence[UUID]) -> list[bytes]:
    """What rows hold."""
    return list(
        tx.scalars(
            select(_m.c.data).where(_m.c.tenant_id == tx.tenant, _m.c.id.in_(ids)).order_by(_m.c.id)
        )
    )


def bundles_of(tx: ReadTx, first: int, last: int) -> list[tuple[int, bytes]]:
    """What is not folded yet of these hours."""
    listed = select(_m.c.hour, _m.c.data).where(
        _m.c.tenant_id == tx.tenant, _m.c.hour >= first, _m.c.hour <= last
    )
    return [(row.hour, row.data) for row in tx.all(listed.order_by(_m.c.id))]


def forget_bundles(tx: Tx, ids: Sequence[UUID]) -> None:
    """Delete rows that are folded."""
    tx.execute(delete(_m).where(_m.c.tenant_id == tx.tenant, _m.c.id.in_(ids)))


def blocks(
    tx: ReadTx, source_ids: Iterable[UUID], hours: Iterable[int]
) -> list[tuple[UUID, int, bytes]]:
    """Blocks of sources in hours, the earliest first."""
    found = tx.all(
        select(_b.c.source_id, _b.c.hour, _b.c.data)
        .where(
            _b.c.tenant_id == tx.tenant,
            _b.c.hour.in_(list(hours)),
            _b.c.source_id.in_(list(source_ids)),
        )
        .order_by(_b.c.hour)
    )
    return [(row.source_id, row.hour, row.data) for row in found]


def write_blocks(tx: Tx, hour: int, data: Mapping[UUID, bytes]) -> None:
    """Write blocks of an hour in the place of those that are there."""
    rows = [
        {"tenant_id": tx.tenant, "hour": hour, "source_id": source, "data": block}
        for source, block in data.items()
    ]
    _replace(tx, _b, rows)


def write_rollups(tx: Tx, period: Period, hour: int, rollups: Mapping[UUID, Rollup]) -> None:
    """Write roll-ups in the place of those that are there."""
    rows = [
        {
            "tenant_id": tx.tenant,
            "period": period.value,
            "hour": hour,
            "source_id": source,
            "count": rollup.count,
            "bad": rollup.bad,
            "total_ms": rollup.total,
            "least_ms": rollup.least,
            "most_ms": rollup.most,
            "histogram": pack_histogram(rollup.histogram),
        }
        for source, rollup in rollups.items()
    ]
    _replace(tx, _r, rows)


def rollups(
    tx: ReadTx, period: Period, source_ids: Iterable[UUID], hours: Iterable[int]
) -> list[tuple[UUID, int, Rollup]]:
    """Roll-ups of sources that begin with these hours, the earliest first."""
    found = tx.all(
        select(_r)
        .where(
            _r.c.tenant_id == tx.tenant,
            _r.c.period == period.value,
            _r.c.hour.in_(list(hours)),
            _r.c.source_id.in_(list(source_ids)),
        )
        .order_by(_r.c.hour)
    )
    return [
        (
            row.source_id,
            row.hour,
            Rollup(
                row._mapping["count"],  # `row.count` is a method of every tuple
                row.bad,
                row.total_ms,
                row.least_ms,
                row.most_ms,
                unpack_histogram(row.histogram),
            ),
        )
        for row in found
    ]


def forget_before(tx: Tx, table: Table, hour: int, most: int, period: Period | None = None) -> bool:
    """Delete up to `most` rows of the oldest hour before this one; tells whether there may be more."""
    mine = [table.c.tenant_id == tx.tenant]
    if period is not None:
        mine.append(table.c.period == period.value)
    oldest = tx.scalar(
        select(table.c.hour).where(*mine, table.c.hour < hour).order_by(table.c.hour).limit(1)
    )
    if oldest is None:
        return False
    mine.append(table.c.hour == oldest)
    listed = select(table.c.source_id).where(*mine).order_by(table.c.source_id).limit(most)
    last = tx.scalars(listed)[-1]
    tx.execute(delete(table).where(*mine, table.c.source_id <= last))
    return True


def _replace(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    statement = insert_or(tx, table)
    keys = {column.name for column in table.primary_key}
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    tx.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=values), rows)
