"""Questions to the ledger: what was sent, to whom, why, when, and each attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, true

from tocsin.kernel.errors import NotFound
from tocsin.platform.database import ReadTx, across_tenants

from .conditions import waiting
from .model import Delivery, DeliveryAttempt, DeliveryState, Recipient
from .tables import deliveries as _d
from .tables import delivery_attempts, delivery_bodies

_MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Which deliveries; None means any. `recipient` matches the id or the exact address."""

    cause: UUID | None = None
    recipient: str | None = None
    state: DeliveryState | None = None
    thread: str | None = None
    channel: str | None = None
    before: UUID | None = None
    limit: int = 50


def deliveries(tx: ReadTx, wanted: DeliveryFilter) -> list[Delivery]:
    """Newest first; `before` is the last id already seen."""
    found = {each.id: each for part in _parts(wanted) for each in _newest(tx, wanted, part)}
    return [found[key] for key in sorted(found, reverse=True)][: wanted.limit]


def _parts(wanted: DeliveryFilter) -> list[ColumnElement[bool]]:
    """The filter as parts that one index each answers, newest first; together they are all of it."""
    if wanted.recipient is not None:
        return [_d.c.recipient_id == wanted.recipient, _d.c.address == wanted.recipient]
    if wanted.cause is not None and wanted.state is None:
        return [_d.c.state == state.value for state in DeliveryState]
    return [true()]


def _newest(tx: ReadTx, wanted: DeliveryFilter, part: ColumnElement[bool]) -> list[Delivery]:
    query = select(_d).where(_d.c.tenant_id == tx.tenant, part)
    for column, value in (
        (_d.c.cause_id, wanted.cause),
        (_d.c.state, wanted.state),
        (_d.c.thread, wanted.thread),
        (_d.c.channel, wanted.channel),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.before is not None:
        query = query.where(_d.c.id < wanted.before)
    return [_delivery(row) for row in tx.all(query.order_by(_d.c.id.desc()).limit(wanted.limit))]


def delivery(tx: ReadTx, delivery_id: UUID) -> Delivery:
    """One delivery with its body; raises NotFound."""
    row = tx.one_or_none(
        select(_d, delivery_bodies.c.content)
        .join(
            delivery_bodies,
            (delivery_bodies.c.tenant_id == _d.c.tenant_id)
            & (delivery_bodies.c.digest == _d.c.body_digest),
        )
        .where(_d.c.tenant_id == tx.tenant, _d.c.id == delivery_id)
    )
    if row is None:
        raise NotFound("There is no such delivery.")
    return _delivery(row, row.content)


def attempts_of(tx: ReadTx, delivery_id: UUID) -> list[DeliveryAttempt]:
    """Every attempt, in order."""
    rows = tx.all(
        select(delivery_attempts)
        .where(
            delivery_attempts.c.tenant_id == tx.tenant,
            delivery_attempts.c.delivery_id == delivery_id,
        )
        .order_by(delivery_attempts.c.number)
    )
    return [
        DeliveryAttempt(row.number, row.started_at, row.ended_at, row.outcome, row.answer)
        for row in rows
    ]


def counts_of_causes(tx: ReadTx, causes: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Per causing fact: how many deliveries stand in each state."""
    if not causes:
        return {}
    rows = tx.all(
        select(_d.c.cause_id, _d.c.state, func.count().label("number"))
        .where(_d.c.tenant_id == tx.tenant, _d.c.cause_id.in_(causes))
        .group_by(_d.c.cause_id, _d.c.state)
    )
    counts: dict[UUID, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row.cause_id, {})[row.state] = row.number
    return counts


def waiting_count(tx: ReadTx) -> int:
    """How many messages of the whole installation wait to leave."""
    by_route = _d.c.route > ""  # always true; leads SQLite to the small index
    waiting_rows = select(func.count()).select_from(_d).where(waiting(), by_route)
    count: int = tx.scalar(across_tenants(waiting_rows))
    return count


def _delivery(row: Row[Any], content: Any = None) -> Delivery:
    return Delivery(
        id=row.id,
        channel=row.channel,
        recipient=Recipient(row.recipient_kind, row.recipient_id, row.address, row.recipient_label),
        cause=row.cause_id,
        reason=row.reason,
        purpose=row.purpose,
        thread=row.thread,
        state=DeliveryState(row.state),
        blocked_by=row.blocked_by,
        attempts=row.attempts,
        created_at=row.created_at,
        ready_at=row.ready_at,
        finished_at=row.finished_at,
        last_answer=row.last_answer,
        drill=row.drill,
        slots=row.slots,
        content=content,
    )


def backlog(tx: ReadTx) -> dict[str, tuple[int, datetime | None]]:
    """What waits to leave, of all tenants: how much, at most 10,000, and since when the first.

    Messages whose retry is still to come are not waiting.
    """
    due = (
        select(_d.c.ready_at)
        .where(waiting(), _d.c.ready_at <= tx.now, _d.c.owner.is_(None))
        .order_by(_d.c.ready_at)
        .limit(_MOST_COUNTED)
        .subquery()
    )
    count = tx.scalar(across_tenants(select(func.count()).select_from(due)))
    since = tx.scalar(across_tenants(select(func.min(due.c.ready_at))))
    return {"deliveries": (count, since)}
