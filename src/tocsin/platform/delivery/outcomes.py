"""Writing down what became of an attempt: sent, tried again later, given up, or overtaken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam as given
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.database import Id, Instant, ReadTx, Tx

from . import endpoints
from .conditions import addressed_like, waiting
from .model import CHANGED, PROGRAMS, Claimed, DeliveryState, Limits
from .ports import DeliveryError, Fault
from .tables import deliveries, delivery_attempts

_d = deliveries
_LONGEST_ANSWER = 2000
_PROBE_EVERY = timedelta(seconds=60)
_SENT = (
    update(_d)
    .where(
        _d.c.tenant_id == given("of_tenant", type_=Id),
        _d.c.id == given("delivery", type_=Id),
        waiting(),
    )
    .values(
        owner=None,
        leased_until=None,
        state=DeliveryState.SENT.value,
        last_answer=given("answer"),
        finished_at=given("at", type_=Instant),
    )
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt; no error means that the provider took it."""

    started_at: datetime
    answer: str
    error: DeliveryError | None = None

    @property
    def word(self) -> str:
        """`sent`, `failed` for now, or `refused` for good."""
        if self.error is None:
            return "sent"
        return "refused" if self.error.permanent else "failed"


def finish(tx: Tx, claimed: Claimed, outcome: Outcome, limits: Limits) -> None:
    """Write the attempt and the delivery's new state.

    An owner whose lease was taken over writes only the attempt, and that it was sent if it was.
    """
    answer = outcome.answer[:_LONGEST_ANSWER]
    _write_attempt(tx, claimed, outcome, answer)
    if outcome.error is None:
        _mark_sent(tx, claimed, answer)
    else:
        _mark_not_sent(tx, claimed, outcome.error, answer, limits)
    tx.announce(CHANGED, claimed.thread)


def _mark_sent(tx: Tx, claimed: Claimed, answer: str) -> None:
    tx.execute(
        _SENT,
        {"of_tenant": tx.tenant, "delivery": claimed.id, "answer": answer, "at": tx.now},
    )
    if claimed.failing and _was_real(claimed):
        endpoints.note_success(tx, claimed)


def _mark_not_sent(
    tx: Tx, claimed: Claimed, error: DeliveryError, answer: str, limits: Limits
) -> None:
    values = _next_values(tx, claimed, error, limits)
    changed = tx.execute(
        update(_d)
        .where(
            _d.c.tenant_id == tx.tenant,
            _d.c.id == claimed.id,
            waiting(),
            _d.c.owner == claimed.owner,
        )
        .values(owner=None, leased_until=None, last_answer=answer, **values)
    )
    if changed.rowcount == 0:
        return
    if values.get("state") == DeliveryState.FAILED.value:
        _record_failure(tx, claimed)
    if values.get("state") == DeliveryState.SUPERSEDED.value:
        _hold_back_followers(tx, claimed, tx.now + _pause(claimed, error, limits))
    if error.fault is Fault.ENDPOINT and _was_real(claimed):
        endpoints.note_failure(tx, claimed, gone=error.gone)


def _write_attempt(tx: Tx, claimed: Claimed, outcome: Outcome, answer: str) -> None:
    told = {
        "delivery_id": claimed.id,
        "number": claimed.attempt,
        "tenant_id": tx.tenant,
        "started_at": outcome.started_at,
        "ended_at": tx.now,
        "outcome": "sent" if outcome.error is None else "failed",
        "answer": answer,
        "owner": claimed.owner,
    }
    tx.execute(_attempt_statement(tx.is_postgres), told)


@cache
def _attempt_statement(postgres: bool) -> Any:
    """An attempt that was written off as interrupted is corrected by the outcome that came late."""
    insert: Any = (postgresql if postgres else sqlite).insert(delivery_attempts)
    values = insert.values(
        {column.name: given(column.name, type_=column.type) for column in delivery_attempts.c}
    )
    told = ("started_at", "ended_at", "outcome", "answer")
    return values.on_conflict_do_update(
        index_elements=["delivery_id", "number"],
        set_={name: values.excluded[name] for name in told},
    )


def _next_values(
    tx: Tx, claimed: Claimed, error: DeliveryError, limits: Limits
) -> Mapping[str, Any]:
    if error.permanent or (error.uses_a_try and claimed.tries >= limits.tries):
        return {"state": DeliveryState.FAILED.value, "finished_at": tx.now}
    if claimed.purpose != PROGRAMS and _has_newer(tx, claimed):
        return {"state": DeliveryState.SUPERSEDED.value, "finished_at": tx.now}
    ready_at = tx.now + _pause(claimed, error, limits)
    if error.uses_a_try:
        return {"ready_at": ready_at}
    return {"ready_at": ready_at, "tries": claimed.tries - 1}


def _pause(claimed: Claimed, error: DeliveryError, limits: Limits) -> timedelta:
    if error.retry_after is not None:
        return error.retry_after
    if error.uses_a_try:
        return limits.delay(claimed.tries)
    return min(_PROBE_EVERY, limits.delay(claimed.attempt))


def _has_newer(tx: ReadTx, claimed: Claimed) -> bool:
    newer = select(_d.c.id).where(
        addressed_like(claimed),
        _d.c.thread == claimed.thread,
        _d.c.id > claimed.id,
        waiting(),
    )
    return tx.scalar(newer.limit(1)) is not None


def _hold_back_followers(tx: Tx, claimed: Claimed, until: datetime) -> None:
    """A recipient that just failed is not asked again at once, only because more waits for it."""
    tx.execute(
        update(_d)
        .where(addressed_like(claimed), _d.c.thread == claimed.thread, waiting())
        .where(_d.c.owner.is_(None), _d.c.ready_at < until)
        .values(ready_at=until)
    )


def _was_real(claimed: Claimed) -> bool:
    return claimed.route == claimed.channel


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
