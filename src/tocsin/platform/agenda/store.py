"""Writes on the agenda: schedule, claim, settle, renew, fail."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from tocsin.kernel.facts import Actor, Fact, subject_of
from tocsin.platform.database import Lane, ReadTx, Task, Tx, across_tenants, machine_now

from .model import Item, Retry
from .tables import agenda_items

_t = agenda_items
_MOST_COUNTED = 10_000


class AgendaStore:
    """The agenda as transactions use it; `wake` tells the loops that something is due."""

    def __init__(self, wake: Callable[[Lane], None] = lambda _: None) -> None:
        self.wake = wake

    def schedule(self, tx: Tx, task: Task) -> None:
        """Insert work, or on an existing key set its time and payload and raise its generation."""
        row = {
            "tenant_id": tx.tenant,
            "kind": task.kind,
            "key": task.key,
            "chain": task.chain,
            "generation": 1,
            "planned_at": task.at,
            "ready_at": task.at,
            "lane": task.lane.value,
            "payload": dict(task.payload),
            "actor": str(tx.actor),
            "attempts": 0,
        }
        tx.execute(_scheduling(tx.is_postgres), row)
        if task.at <= tx.now:
            tx.after_commit(lambda: self.wake(task.lane))

    def cancel(self, tx: Tx, kind: str, key: str) -> None:
        """Remove work, claimed or not: a handler that is running re-checks in its own write."""
        tx.execute(
            delete(_t).where(_t.c.tenant_id == tx.tenant, _t.c.kind == kind, _t.c.key == key)
        )


@cache
def _scheduling(postgres: bool) -> Any:
    """Built once, because most writes schedule something."""
    insert: Any = (postgresql if postgres else sqlite).insert(_t)
    renewed = ("planned_at", "ready_at", "lane", "payload", "actor", "attempts")
    return insert.on_conflict_do_update(
        index_elements=["tenant_id", "kind", "key"],
        set_={
            **{name: insert.excluded[name] for name in renewed},
            "died_at": None,
            "last_error": None,
            "generation": _t.c.generation + 1,
        },
    )


def see_to(
    tx: Tx,
    kind: str,
    key: str,
    at: datetime,
    *,
    latest: datetime | None = None,
    lane: Lane = Lane.NORMAL,
) -> None:
    """Put recurring work on the agenda for `at`, unless it is there, alive and due by `latest`.

    At a start this neither puts off what is due nor forgets what died; `latest` defaults to `at`.
    """
    found = tx.one_or_none(
        select(_t.c.ready_at, _t.c.died_at).where(
            _t.c.tenant_id == tx.tenant, _t.c.kind == kind, _t.c.key == key
        )
    )
    if found is None or found.died_at is not None or found.ready_at > (latest or at):
        tx.schedule(kind, key, at, lane=lane)


def claim(tx: Tx, lane: Lane, owner: str, lease: timedelta, most: int) -> list[Item]:
    """Take due, unleased work for one owner; on PostgreSQL rows that others hold are skipped."""
    machine = machine_now(tx)
    earlier = _t.alias("earlier")
    blocked = exists().where(
        and_(earlier.c.chain == _t.c.chain, earlier.c.seq < _t.c.seq, earlier.c.died_at.is_(None))
    )
    due = (
        select(_t.c.seq)
        .where(
            _t.c.lane == lane.value,
            _t.c.died_at.is_(None),
            _t.c.ready_at <= tx.now,
            or_(_t.c.leased_until.is_(None), _t.c.leased_until < machine),
            or_(_t.c.chain.is_(None), ~blocked),
        )
        .order_by(_t.c.ready_at, _t.c.seq)
        .limit(most)
    )
    if tx.is_postgres:
        due = due.with_for_update(skip_locked=True)
    taken = tx.scalars(across_tenants(due))
    if not taken:
        return []
    rows = tx.execute(
        across_tenants(
            update(_t)
            .where(_t.c.seq.in_(taken))
            .values(owner=owner, leased_until=lease_end(tx, lease), attempts=_t.c.attempts + 1)
            .returning(_t)
        )
    ).all()
    return sorted((_item(row) for row in rows), key=lambda item: taken.index(item.seq))


def settle(tx: Tx, item: Item) -> None:
    """Delete the generation that was done; a newer one stays and is due again."""
    mine = _mine(tx, item)
    gone = tx.execute(delete(_t).where(mine, _t.c.generation == item.generation))
    if gone.rowcount == 0:
        tx.execute(update(_t).where(mine).values(owner=None, leased_until=None))


def still_mine(tx: Tx, item: Item) -> bool:
    """Whether the lease is still this owner's; after a takeover the old owner must not write."""
    tx.lock(_t, item.seq, column="seq")
    return tx.scalar(select(_t.c.seq).where(_mine(tx, item))) is not None


def renew(tx: Tx, item: Item, lease: timedelta) -> bool:
    """Extend the lease of long work; False where somebody else took over."""
    done = tx.execute(update(_t).where(_mine(tx, item)).values(leased_until=lease_end(tx, lease)))
    return done.rowcount == 1


def put_back(tx: Tx, owner: str) -> None:
    """Return every lease of an owner that stops."""
    tx.execute(
        across_tenants(update(_t).where(_t.c.owner == owner).values(owner=None, leased_until=None))
    )


def fail(tx: Tx, item: Item, error: str, retry: Retry) -> None:
    """Try again later, or after the last try keep the row as dead, visibly."""
    if not still_mine(tx, item):
        return
    dead = item.attempts >= retry.tries
    values: dict[str, Any] = {"owner": None, "leased_until": None, "last_error": error[:2000]}
    if dead:
        values["died_at"] = tx.now
    else:
        values["ready_at"] = tx.now + retry.delay(item.attempts)
    changed = tx.execute(
        update(_t).where(_mine(tx, item), _t.c.generation == item.generation).values(**values)
    )
    if changed.rowcount == 0:
        tx.execute(update(_t).where(_mine(tx, item)).values(owner=None, leased_until=None))
    elif dead:
        tx.record(
            Fact(
                "agenda.item_died",
                subject_of("agenda", str(item.seq)),
                {"kind": item.kind, "key": item.key, "attempts": item.attempts},
            )
        )


def next_ready(tx: ReadTx, lane: Lane) -> datetime | None:
    """When the next unclaimed work of a lane is due."""
    waits = (_t.c.lane == lane.value, _t.c.died_at.is_(None), _t.c.leased_until.is_(None))
    at: datetime | None = tx.scalar(across_tenants(select(func.min(_t.c.ready_at)).where(*waits)))
    return at


def backlog(tx: ReadTx) -> dict[str, tuple[int, datetime | None]]:
    """What is due and waits, of all tenants: how much, at most 10,000, and since when the first.

    By lane, and `agenda_dead` for what failed for good.
    """
    unclaimed = (_t.c.died_at.is_(None), _t.c.leased_until.is_(None))
    found = {
        f"agenda_{lane}": _counted(tx, _t.c.lane == lane.value, _t.c.ready_at <= tx.now, *unclaimed)
        for lane in Lane
    }
    return {**found, "agenda_dead": _counted(tx, _t.c.died_at.is_not(None))}


def _counted(tx: ReadTx, *which: ColumnElement[bool]) -> tuple[int, datetime | None]:
    due = select(_t.c.ready_at).where(*which).order_by(_t.c.ready_at).limit(_MOST_COUNTED)
    rows = due.subquery()
    count = tx.scalar(across_tenants(select(func.count()).select_from(rows)))
    since = tx.scalar(across_tenants(select(func.min(rows.c.ready_at))))
    return count, since


def dead_items(tx: ReadTx, limit: int = 100) -> list[dict[str, Any]]:
    """Work of this tenant that failed for good, newest first."""
    rows = tx.all(
        select(_t)
        .where(_t.c.tenant_id == tx.tenant, _t.c.died_at.is_not(None))
        .order_by(_t.c.died_at.desc())
        .limit(limit)
    )
    return [dict(row._mapping) for row in rows]


def lease_end(tx: ReadTx, lease: timedelta) -> Any:
    return machine_now(tx) + lease


def _mine(tx: ReadTx, item: Item) -> ColumnElement[bool]:
    return and_(_t.c.tenant_id == item.tenant, _t.c.seq == item.seq, _t.c.owner == item.owner)


def _item(row: Any) -> Item:
    return Item(
        seq=row.seq,
        tenant=row.tenant_id,
        kind=row.kind,
        key=row.key,
        lane=Lane(row.lane),
        actor=Actor.parse(row.actor),
        planned_at=row.planned_at,
        generation=row.generation,
        attempts=row.attempts,
        payload=row.payload,
        owner=row.owner,
    )
