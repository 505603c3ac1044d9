"""What people and rooms do to deliveries that stand in the ledger."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update

from tocsin.kernel.errors import Conflict, NotFound
from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.database import Tx, across_tenants

from .conditions import blocked, waiting
from .endpoints import trust_again
from .model import CHANGED, DeliveryState, Recipient
from .tables import deliveries

_d = deliveries
RELEASED_AT_ONCE = 500


def send_again(tx: Tx, delivery_id: UUID) -> None:
    """Give a failed delivery a fresh round of tries; raises NotFound and Conflict.

    A switched-off endpoint is trusted again, because a person vouches for it.
    """
    tx.lock(_d, delivery_id)
    row = tx.one_or_none(select(_d).where(_d.c.tenant_id == tx.tenant, _d.c.id == delivery_id))
    if row is None:
        raise NotFound("There is no such delivery.")
    if row.state != DeliveryState.FAILED.value:
        raise Conflict(f"Only a failed delivery can be sent again; this one is {row.state}.")
    trust_again(tx, row.channel, row.recipient_kind, row.recipient_id)
    tx.execute(
        update(_d)
        .where(_d.c.tenant_id == tx.tenant, _d.c.id == delivery_id)
        .values(
            state=DeliveryState.PENDING.value,
            ready_at=tx.now,
            tries=0,
            finished_at=None,
            last_answer=None,
        )
    )
    tx.record(
        Fact("delivery.requested_again", subject_of("delivery", delivery_id), thread=row.thread)
    )


def release_blocked(tx: Tx, channel: str) -> int:
    """Free up to 500 messages, of all tenants, that waited for a channel's setting; returns how many."""
    waiting_for_it = tx.scalars(
        across_tenants(
            select(_d.c.id)
            .where(blocked(), _d.c.channel == channel)
            .order_by(_d.c.id)
            .limit(RELEASED_AT_ONCE)
        )
    )
    if not waiting_for_it:
        return 0
    freed = tx.execute(
        across_tenants(
            update(_d)
            .where(_d.c.id.in_(waiting_for_it), blocked())
            .values(state=DeliveryState.PENDING.value, blocked_by=None, ready_at=tx.now)
        )
    )
    return freed.rowcount


def readdress(tx: Tx, channel: str, recipient: Recipient) -> None:
    """Send what still waits for a recipient to its new address."""
    tx.execute(
        update(_d)
        .where(*_waiting_for(tx, channel, recipient.kind, recipient.id))
        .values(
            address=recipient.address,
            sealed=recipient.sealed,
            recipient_label=recipient.label[:200],
            ready_at=tx.now,
        )
    )
    trust_again(tx, channel, recipient.kind, recipient.id)


def withdraw(tx: Tx, channel: str, kind: str, identifier: str, answer: str) -> int:
    """Give up what still waits for a recipient that left; `answer` says why. Returns how many."""
    given_up = tx.execute(
        update(_d)
        .where(*_waiting_for(tx, channel, kind, identifier))
        .values(state=DeliveryState.FAILED.value, finished_at=tx.now, last_answer=answer)
    )
    trust_again(tx, channel, kind, identifier)
    if given_up.rowcount:
        tx.announce(CHANGED, f"{kind}:{identifier}")
    return given_up.rowcount


def _waiting_for(
    tx: Tx, channel: str, kind: str, identifier: str
) -> tuple[ColumnElement[bool], ...]:
    return (
        _d.c.tenant_id == tx.tenant,
        _d.c.recipient_kind == kind,
        _d.c.recipient_id == identifier,
        _d.c.channel == channel,
        or_(waiting(), blocked()),
        _d.c.owner.is_(None),
    )
