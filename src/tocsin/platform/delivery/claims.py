"""Taking messages to send: by one owner at a time, urgent first, in order per recipient and thread.

This runs for every message, so the statements are built once.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy import bindparam as given

from tocsin.platform.database import Instant, Lane, ReadTx, Tx, across_tenants, insert_or

from .conditions import has_earlier, machine_time, recipient_is_busy, unclaimed, waiting
from .endpoints import failing_among
from .model import Claimed, Limits, Recipient
from .tables import deliveries, delivery_attempts, delivery_bodies

_d = deliveries
_LANES = (Lane.URGENT, Lane.NORMAL, Lane.BULK)
_HELD = select(
    *(_d.c.id, _d.c.tenant_id, _d.c.channel, _d.c.recipient_kind, _d.c.recipient_id),
    *(_d.c.attempts, _d.c.owner, _d.c.claimed_at),
)
_BODIES = across_tenants(
    select(delivery_bodies).where(
        delivery_bodies.c.tenant_id.in_(given("tenants", expanding=True)),
        delivery_bodies.c.digest.in_(given("digests", expanding=True)),
    )
)


def claim(tx: Tx, route: str, owner: str, limits: Limits, most: int) -> list[Claimed]:
    """Take up to `most` messages that may leave now; on PostgreSQL rows that others hold are skipped.

    A row waits for the earlier ones of its recipient, channel and thread.
    """
    found: list[Row[Any]] = []
    for lane in _LANES:
        if len(found) < most:
            found += _due(tx, route, lane, limits, most - len(found), lock=tx.is_postgres)
    taken = _first_per_recipient(found) if limits.one_per_recipient else found
    if not taken:
        return []
    note_interrupted(tx, taken)
    rows = _take(tx, taken, owner, limits.lease)
    contents = _contents(tx, rows)
    failing = failing_among(tx, taken)
    place = {row.id: number for number, row in enumerate(taken)}
    claimed = [
        _claimed(row, contents[row.tenant_id, row.body_digest], row.recipient_id in failing)
        for row in rows
    ]
    return sorted(claimed, key=lambda each: place[each.id])


def something_is_due(tx: ReadTx, route: str, limits: Limits) -> bool:
    """Whether a claim would find anything; asked on a reader, so that an idle house writes nothing."""
    return any(_due(tx, route, lane, limits, 1, lock=False) for lane in _LANES)


def owners(tx: ReadTx) -> Sequence[str]:
    """Everybody who holds a message."""
    return tx.scalars(across_tenants(select(_d.c.owner).where(_d.c.owner.is_not(None)).distinct()))


def put_back(tx: Tx, owner: str) -> None:
    """Return the leases of an owner that stops; what it had in hand counts as interrupted."""
    mine = (_d.c.owner == owner, waiting())
    note_interrupted(tx, tx.all(across_tenants(_HELD.where(*mine))))
    tx.execute(across_tenants(update(_d).where(*mine).values(owner=None, leased_until=None)))


def note_interrupted(tx: Tx, rows: Iterable[Row[Any]]) -> None:
    """A lease that ended without an outcome was an attempt too, and the ledger says so."""
    interrupted = [
        {
            "delivery_id": row.id,
            "number": row.attempts,
            "tenant_id": row.tenant_id,
            "started_at": row.claimed_at,
            "ended_at": tx.now,
            "outcome": "interrupted",
            "answer": "The sender stopped before it could note the answer.",
            "owner": row.owner,
        }
        for row in rows
        if row.owner is not None
    ]
    if interrupted:
        tx.execute(insert_or(tx, delivery_attempts).on_conflict_do_nothing(), interrupted)


def _due(
    tx: ReadTx, route: str, lane: Lane, limits: Limits, most: int, *, lock: bool
) -> Sequence[Row[Any]]:
    statement = _due_statement(tx.is_postgres, limits.one_per_recipient, lock)
    wanted = {"route": route, "lane": lane.value, "now": tx.now, "most": most}
    return tx.execute(statement, wanted | _machine(tx)).all()


@cache
def _due_statement(postgres: bool, one_per_recipient: bool, lock: bool) -> Any:
    due = (
        _HELD.where(
            _d.c.route == given("route"),
            waiting(),
            _d.c.lane == given("lane"),
            _d.c.ready_at <= given("now", type_=Instant),
            unclaimed(postgres=postgres),
            ~has_earlier(),
        )
        .order_by(_d.c.ready_at, _d.c.id)
        .limit(given("most"))
    )
    if one_per_recipient:
        due = due.where(~recipient_is_busy(postgres=postgres))
    return across_tenants(due.with_for_update(skip_locked=True) if lock else due)


def _take(tx: Tx, found: Sequence[Row[Any]], owner: str, lease: timedelta) -> Sequence[Row[Any]]:
    taking: dict[str, Any] = {"ids": [row.id for row in found], "by": owner, "at": tx.now}
    end = {"lease": lease} if tx.is_postgres else {"until": datetime.now(UTC) + lease}
    return tx.execute(_take_statement(tx.is_postgres), taking | end).all()


@cache
def _take_statement(postgres: bool) -> Any:
    until = (
        machine_time(postgres=True) + given("lease") if postgres else given("until", type_=Instant)
    )
    return across_tenants(
        update(_d)
        .where(_d.c.id.in_(given("ids", expanding=True)))
        .values(
            owner=given("by"),
            claimed_at=given("at", type_=Instant),
            leased_until=until,
            attempts=_d.c.attempts + 1,
            tries=_d.c.tries + 1,
        )
        .returning(_d)
    )


def _machine(tx: ReadTx) -> dict[str, Any]:
    return {} if tx.is_postgres else {"machine": datetime.now(UTC)}


def _first_per_recipient(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    firsts: dict[Any, Row[Any]] = {}
    for row in rows:
        firsts.setdefault((row.tenant_id, row.recipient_kind, row.recipient_id), row)
    return list(firsts.values())


def _contents(tx: ReadTx, rows: Sequence[Row[Any]]) -> dict[Any, Any]:
    """The bodies of claimed rows, each read and decoded once."""
    wanted = {
        "tenants": list({row.tenant_id for row in rows}),
        "digests": list({row.body_digest for row in rows}),
    }
    found = tx.execute(_BODIES, wanted)
    return {(body.tenant_id, body.digest): body.content for body in found}


def _claimed(row: Row[Any], content: Any, failing: bool) -> Claimed:
    return Claimed(
        id=row.id,
        tenant=row.tenant_id,
        channel=row.channel,
        route=row.route,
        recipient=Recipient(
            row.recipient_kind, row.recipient_id, row.address, row.recipient_label, row.sealed
        ),
        digest=row.body_digest,
        content=content,
        slots=row.slots,
        thread=row.thread,
        purpose=row.purpose,
        attempt=row.attempts,
        tries=row.tries,
        owner=row.owner,
        failing=failing,
    )
