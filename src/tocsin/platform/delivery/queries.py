"""Questions to the ledger: what was sent, to whom, why, when, and each attempt."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from tocsin.kernel.errors import NotFound
from tocsin.platform.database import ReadTx, across_tenants

from .model import DeliveryState
from .tables import deliveries as _d
from .tables import delivery_attempts, delivery_bodies


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Which deliveries; None means any. `recipient` matches the id or the exact address."""

    cause: UUID | None = None
    recipient: str | None = None
    state: str | None = None
    thread: str | None = None
    channel: str | None = None
    before: UUID | None = None
    limit: int = 50


def deliveries(tx: ReadTx, wanted: DeliveryFilter) -> list[Row[Any]]:
    """Newest first; `before` is the last id already seen."""
    query = select(_d).where(_d.c.tenant_id == tx.tenant)
    for column, value in (
        (_d.c.cause_id, wanted.cause),
        (_d.c.state, wanted.state),
        (_d.c.thread, wanted.thread),
        (_d.c.channel, wanted.channel),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.recipient is not None:
        query = query.where(
            (_d.c.recipient_id == wanted.recipient) | (_d.c.address == wanted.recipient)
        )
    if wanted.before is not None:
        query = query.where(_d.c.id < wanted.before)
    return list(tx.all(query.order_by(_d.c.id.desc()).limit(wanted.limit)))


def delivery(tx: ReadTx, delivery_id: UUID) -> Row[Any]:
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
    return row


def attempts_of(tx: ReadTx, delivery_id: UUID) -> list[Row[Any]]:
    """Every attempt, in order."""
    return list(
        tx.all(
            select(delivery_attempts)
            .where(
                delivery_attempts.c.tenant_id == tx.tenant,
                delivery_attempts.c.delivery_id == delivery_id,
            )
            .order_by(delivery_attempts.c.number)
        )
    )


def counts_of_causes(tx: ReadTx, causes: list[UUID]) -> dict[UUID, dict[str, int]]:
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
    count: int = tx.scalar(
        across_tenants(
            select(func.count()).select_from(_d).where(_d.c.state == DeliveryState.PENDING.value)
        )
    )
    return count
