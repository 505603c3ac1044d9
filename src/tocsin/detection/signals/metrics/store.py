"""Rows of pushed metrics."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select

from tocsin.kernel.ids import new_id
from tocsin.platform.database import ReadTx, Tx, insert_or

from .tables import metric_blocks, metric_names

_n, _b = metric_names, metric_blocks


def names_of(tx: ReadTx, service_id: str, only: Collection[str] | None = None) -> dict[str, UUID]:
    """The metrics of a service by name; only these, where they are named."""
    listed = select(_n.c.name, _n.c.id).where(
        _n.c.tenant_id == tx.tenant, _n.c.service_id == service_id
    )
    if only is not None:
        listed = listed.where(_n.c.name.in_(sorted(only)))
    return {row.name: row.id for row in tx.all(listed)}


def add_names(tx: Tx, service_id: str, units: Mapping[str, str | None]) -> dict[str, UUID]:
    """Give a service new metrics."""
    made = {name: new_id() for name in units}
    rows = [
        {
            "tenant_id": tx.tenant,
            "service_id": service_id,
            "name": name,
            "id": identifier,
            "unit": units[name],
            "created_at": tx.now,
        }
        for name, identifier in made.items()
    ]
    if rows:
        tx.execute(insert(_n), rows)
    return made


def blocks(
    tx: ReadTx, ids: Collection[UUID], hours: Collection[int]
) -> list[tuple[UUID, int, bytes]]:
    """Blocks of metrics in hours, the earliest first."""
    found = tx.all(
        select(_b.c.metric_id, _b.c.hour, _b.c.data)
        .where(
            _b.c.tenant_id == tx.tenant,
            _b.c.hour.in_(list(hours)),
            _b.c.metric_id.in_(list(ids)),
        )
        .order_by(_b.c.hour)
    )
    return [(row.metric_id, row.hour, row.data) for row in found]


def write_blocks(tx: Tx, data: Mapping[tuple[UUID, int], bytes]) -> None:
    """Write blocks in the place of those that are there."""
    rows = [
        {"tenant_id": tx.tenant, "hour": hour, "metric_id": metric, "data": block}
        for (metric, hour), block in sorted(data.items(), key=lambda item: item[0][1])
    ]
    statement = insert_or(tx, _b)
    replacing = statement.on_conflict_do_update(
        index_elements=["tenant_id", "hour", "metric_id"], set_={"data": statement.excluded.data}
    )
    tx.execute(replacing, rows)


def forget_before(tx: Tx, hour: int, most: int) -> bool:
    """Delete up to `most` of the oldest blocks; tells whether there may be more."""
    old = select(_b.c.hour, _b.c.metric_id).where(_b.c.tenant_id == tx.tenant, _b.c.hour < hour)
    rows: Sequence[tuple[int, UUID]] = [
        (row.hour, row.metric_id)
        for row in tx.all(old.order_by(_b.c.hour, _b.c.metric_id).limit(most))
    ]
    for first in sorted({hour for hour, _ in rows}):
        last = max(metric for hour, metric in rows if hour == first)
        tx.execute(
            delete(_b).where(
                _b.c.tenant_id == tx.tenant, _b.c.hour == first, _b.c.metric_id <= last
            )
        )
    return len(rows) == most
