"""Writes on the ledger: enter a message, claim it, write down what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, exists, insert, or_, select, true, update

from tocsin.kernel.errors import Conflict, NotFound
from tocsin.kernel.facts import Fact, subject_of
from tocsin.kernel.ids import new_id
from tocsin.platform.database import ReadTx, Tx, across_tenants, insert_or, machine_now

from .model import Claimed, DeliveryState, Limits, Message, Recipient
from .ports import DeliveryError
from .tables import deliveries, delivery_attempts, delivery_bodies, delivery_endpoints

_d = deliveries
_MAY_DISABLE = frozenset({"subscriber", "webhook"})
_DISABLE_FAILURES = 10
_DISABLE_AFTER = timedelta(hours=1)


class DeliveryLedger:
    """The ledger as transactions use it. `missing` names the setting a channel still lacks."""

    def __init__(
        self,
        missing: Callable[[str], str | None] = lambda _: None,
        wake: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.missing = missing
        self.wake = wake

    def send(self, tx: Tx, message: Message) -> UUID | None:
        """Enter a message; None where one with its key is there already."""
        blocked_by = self.missing(message.channel)
        _store_body(tx, message)
        identifier = new_id()
        state = DeliveryState.BLOCKED if blocked_by else DeliveryState.PENDING
        entered = tx.execute(
            insert_or(tx, _d)
            .values(
                id=identifier,
                tenant_id=tx.tenant,
                channel=message.channel,
                recipient_kind=message.recipient.kind,
                recipient_id=message.recipient.id,
                recipient_label=message.recipient.label[:200],
                address=message.recipient.address,
                cause_id=message.cause,
                reason=message.reason,
                purpose=message.purpose,
                key=message.key,
                thread=message.thread,
                lane=message.lane.value,
                body_digest=message.body.digest,
                slots=dict(message.slots),
                state=state.value,
                blocked_by=blocked_by,
                drill=message.drill,
                attempts=0,
                created_at=tx.now,
                ready_at=tx.now,
            )
            .on_conflict_do_nothing(index_elements=["tenant_id", "key"])
        )
        if entered.rowcount == 0:
            return None
        tx.after_commit(lambda: self.wake(message.channel))
        return identifier


def _store_body(tx: Tx, message: Message) -> None:
    tx.execute(
        insert_or(tx, delivery_bodies)
        .values(
            tenant_id=tx.tenant,
            digest=message.body.digest,
            content=dict(message.body.content),
            created_at=tx.now,
        )
        .on_conflict_do_nothing(index_elements=["tenant_id", "digest"])
    )


def claim(tx: Tx, channel: str, owner: str, lease: timedelta, most: int) -> list[Claimed]:
    """Take what may leave now, urgent first; a row waits for earlier ones of its recipient and
    thread, and one that failed before gives way to a newer one as `superseded`."""
    machine = machine_now(tx)
    earlier = _d.alias("earlier")
    waits = exists().where(
        and_(
            earlier.c.tenant_id == _d.c.tenant_id,
            earlier.c.recipient_kind == _d.c.recipient_kind,
            earlier.c.recipient_id == _d.c.recipient_id,
            earlier.c.thread == _d.c.thread,
            earlier.c.id < _d.c.id,
            earlier.c.state == DeliveryState.PENDING.value,
        )
    )
    due = (
        select(_d.c.id)
        .where(
            _d.c.channel == channel,
            _d.c.state == DeliveryState.PENDING.value,
            _d.c.ready_at <= tx.now,
            or_(_d.c.leased_until.is_(None), _d.c.leased_until < machine),
            ~waits,
        )
        .order_by(_d.c.lane.desc(), _d.c.ready_at, _d.c.id)
        .limit(most)
    )
    if tx.is_postgres:
        due = due.with_for_update(skip_locked=True)
    taken = tx.scalars(across_tenants(due))
    if not taken:
        return []
    _note_interrupted(tx, taken)
    tx.execute(
        across_tenants(
            update(_d)
            .where(_d.c.id.in_(taken))
            .values(
                owner=owner,
                leased_until=machine_now(tx) + lease,
                attempts=_d.c.attempts + 1,
            )
        )
    )
    rows = tx.all(
        across_tenants(
            select(_d, delivery_bodies.c.content)
            .join(
                delivery_bodies,
                and_(
                    delivery_bodies.c.tenant_id == _d.c.tenant_id,
                    delivery_bodies.c.digest == _d.c.body_digest,
                ),
            )
            .where(_d.c.id.in_(taken))
        )
    )
    return [_claimed(row) for row in rows]


def _note_interrupted(tx: Tx, taken: Any) -> None:
    """A lease that ran out was an attempt too: its owner died, and the ledger says so."""
    rows = tx.all(
        across_tenants(
            select(_d.c.id, _d.c.tenant_id, _d.c.attempts, _d.c.owner).where(
                _d.c.id.in_(taken), _d.c.owner.is_not(None)
            )
        )
    )
    for row in rows:
        tx.execute(
            insert_or(tx, delivery_attempts)
            .values(
                delivery_id=row.id,
                number=row.attempts,
                tenant_id=row.tenant_id,
                started_at=tx.now,
                ended_at=tx.now,
                outcome="interrupted",
                answer="The sender stopped before it could note the answer.",
                owner=row.owner,
            )
            .on_conflict_do_nothing()
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt."""

    started_at: datetime
    answer: str
    error: DeliveryError | None = None


def finish(tx: Tx, claimed: Claimed, outcome: Outcome, limits: Limits) -> None:
    """Write the attempt and the delivery's new state; an owner whose lease was taken writes only
    the attempt, because what it sent was sent."""
    tx.lock(_d, claimed.id)
    _write_attempt(tx, claimed, outcome)
    values = _next_values(tx, claimed, outcome, limits)
    changed = tx.execute(
        update(_d)
        .where(
            _d.c.tenant_id == tx.tenant,
            _d.c.id == claimed.id,
            _d.c.state == DeliveryState.PENDING.value,
            true() if outcome.error is None else _d.c.owner == claimed.owner,
        )
        .values(owner=None, leased_until=None, last_answer=outcome.answer[:2000], **values)
    )
    if changed.rowcount:
        _note_endpoint(tx, claimed, outcome)
        if values.get("state") == DeliveryState.FAILED.value:
            _record_failure(tx, claimed)


def _write_attempt(tx: Tx, claimed: Claimed, outcome: Outcome) -> None:
    word = "sent" if outcome.error is None else "failed"
    tx.execute(
        insert_or(tx, delivery_attempts)
        .values(
            delivery_id=claimed.id,
            number=claimed.attempt,
            tenant_id=tx.tenant,
            started_at=outcome.started_at,
            ended_at=tx.now,
            outcome=word,
            answer=outcome.answer[:2000],
            owner=claimed.owner,
        )
        .on_conflict_do_update(
            index_elements=["delivery_id", "number"],
            set_={"outcome": word, "answer": outcome.answer[:2000], "ended_at": tx.now},
        )
    )


def _next_values(tx: Tx, claimed: Claimed, outcome: Outcome, limits: Limits) -> Mapping[str, Any]:
    error = outcome.error
    if error is None:
        return {"state": DeliveryState.SENT.value, "finished_at": tx.now}
    if error.permanent or claimed.attempt >= limits.tries:
        return {"state": DeliveryState.FAILED.value, "finished_at": tx.now}
    if _has_newer(tx, claimed):
        return {"state": DeliveryState.SUPERSEDED.value, "finished_at": tx.now}
    return {"ready_at": tx.now + (error.retry_after or limits.delay(claimed.attempt))}


def _has_newer(tx: ReadTx, claimed: Claimed) -> bool:
    newer = select(_d.c.id).where(
        _d.c.tenant_id == tx.tenant,
        _d.c.recipient_kind == claimed.recipient.kind,
        _d.c.recipient_id == claimed.recipient.id,
        _d.c.thread == claimed.thread,
        _d.c.id > claimed.id,
        _d.c.channel == claimed.channel,
        _d.c.state.in_((DeliveryState.PENDING.value, DeliveryState.SENT.value)),
    )
    return tx.scalar(newer.limit(1)) is not None


def _note_endpoint(tx: Tx, claimed: Claimed, outcome: Outcome) -> None:
    """Count failures per endpoint; subscribers and webhooks disable themselves after ten failures
    over an hour, an endpoint that says it is gone at once."""
    e = delivery_endpoints
    mine = and_(
        e.c.tenant_id == tx.tenant,
        e.c.channel == claimed.channel,
        e.c.recipient_kind == claimed.recipient.kind,
        e.c.recipient_id == claimed.recipient.id,
    )
    if outcome.error is None:
        tx.execute(delete(e).where(mine))
        return
    row = tx.one_or_none(select(e).where(mine))
    if row is None:
        tx.execute(
            insert(e).values(
                tenant_id=tx.tenant,
                channel=claimed.channel,
                recipient_kind=claimed.recipient.kind,
                recipient_id=claimed.recipient.id,
                failures=1,
                failing_since=tx.now,
            )
        )
        failures, since, disabled = 1, tx.now, None
    else:
        failures, since, disabled = row.failures + 1, row.failing_since, row.disabled_at
        tx.execute(update(e).where(mine).values(failures=failures))
    hopeless = failures >= _DISABLE_FAILURES and tx.now - since >= _DISABLE_AFTER
    if disabled or claimed.purpose not in _MAY_DISABLE or not (hopeless or outcome.error.gone):
        return
    tx.execute(update(e).where(mine).values(disabled_at=tx.now))
    tx.record(
        Fact(
            "delivery.endpoint_disabled",
            subject_of(claimed.recipient.kind, claimed.recipient.id),
            {"channel": claimed.channel, "failures": failures, "since": since.isoformat()},
        )
    )


def _record_failure(tx: Tx, claimed: Claimed) -> None:
    tx.record(
        Fact(
            "delivery.failed",
            subject_of("delivery", claimed.id),
            {
                "channel": claimed.channel,
                "recipient": claimed.recipient.key,
                "purpose": claimed.purpose,
                "attempts": claimed.attempt,
            },
            thread=claimed.thread,
        )
    )


def put_back(tx: Tx, owner: str) -> None:
    """Return the leases of an owner that stops before it sent."""
    tx.execute(
        across_tenants(
            update(_d)
            .where(_d.c.owner == owner, _d.c.state == DeliveryState.PENDING.value)
            .values(owner=None, leased_until=None)
        )
    )


def release_blocked(tx: Tx, channel: str) -> int:
    """Free this tenant's messages that waited for a channel's setting."""
    freed = tx.execute(
        update(_d)
        .where(
            _d.c.tenant_id == tx.tenant,
            _d.c.channel == channel,
            _d.c.state == DeliveryState.BLOCKED.value,
        )
        .values(state=DeliveryState.PENDING.value, blocked_by=None, ready_at=tx.now)
    )
    return freed.rowcount


def send_again(tx: Tx, delivery_id: UUID) -> None:
    """Give a failed delivery a fresh set of attempts; raises NotFound and Conflict."""
    tx.lock(_d, delivery_id)
    state = tx.scalar(select(_d.c.state).where(_d.c.tenant_id == tx.tenant, _d.c.id == delivery_id))
    if state is None:
        raise NotFound("There is no such delivery.")
    if state != DeliveryState.FAILED.value:
        raise Conflict(f"Only a failed delivery can be sent again; this one is {state}.")
    tx.execute(
        update(_d)
        .where(_d.c.tenant_id == tx.tenant, _d.c.id == delivery_id)
        .values(state=DeliveryState.PENDING.value, ready_at=tx.now, finished_at=None)
    )
    tx.record(Fact("delivery.requested_again", subject_of("delivery", delivery_id)))


def _claimed(row: Any) -> Claimed:
    return Claimed(
        id=row.id,
        tenant=row.tenant_id,
        channel=row.channel,
        recipient=Recipient(row.recipient_kind, row.recipient_id, row.address, row.recipient_label),
        content=row.content,
        slots=row.slots,
        thread=row.thread,
        purpose=row.purpose,
        attempt=row.attempts,
        owner=row.owner,
    )
