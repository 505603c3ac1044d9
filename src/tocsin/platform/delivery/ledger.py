"""Entering messages: one row each, bodies once, in the transaction of what caused them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam as given
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from tocsin.kernel.ids import new_id
from tocsin.platform.database import Id, Instant, Tx

from . import endpoints
from .conditions import waiting
from .model import DRILL, PROGRAMS, DeliveryState, Message
from .tables import deliveries, delivery_bodies

_d = deliveries
_CHUNK = 500
_OVERTAKE = (
    update(_d)
    .where(
        _d.c.tenant_id == given("of_tenant", type_=Id),
        _d.c.recipient_kind == given("kind"),
        _d.c.recipient_id.in_(given("recipients", expanding=True)),
        _d.c.channel == given("via"),
        _d.c.thread == given("about"),
        _d.c.purpose != PROGRAMS,  # programs get every event
        waiting(),
        _d.c.owner.is_(None),
        _d.c.last_answer.is_not(None),
    )
    .values(state=DeliveryState.SUPERSEDED.value, finished_at=given("at", type_=Instant))
)


class DeliveryLedger:
    """The ledger as transactions use it. `missing` names the setting a channel still lacks, `wake`
    tells a route's sender that something waits."""

    def __init__(
        self,
        missing: Callable[[str], str | None] = lambda _: None,
        wake: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.missing = missing
        self.wake = wake

    def send(self, tx: Tx, message: Message) -> UUID | None:
        """Enter a message; None where one with its key is there already."""
        return self._enter(tx, [message]).get(message.key)

    def send_all(self, tx: Tx, messages: Sequence[Message]) -> int:
        """Enter many messages (a fan-out's ≤ 500 per unit); returns how many were new."""
        return len(self._enter(tx, messages))

    def _enter(self, tx: Tx, messages: Sequence[Message]) -> dict[str, UUID]:
        if not messages:
            return {}
        _store_bodies(tx, messages)
        off = endpoints.disabled_among(tx, messages)
        rows = [
            self._row(tx, message, off.get(endpoints.place_of(message))) for message in messages
        ]
        taken = tx.execute(_entering(tx.is_postgres), rows)
        entered: dict[str, UUID] = {row.key: row.id for row in taken}
        fresh = [message for message in messages if message.key in entered]
        _supersede_stale(tx, fresh)
        for route in {message.route for message in fresh}:
            tx.after_commit(_waker(self.wake, route))
        return entered

    def _row(self, tx: Tx, message: Message, off: endpoints.Disabled | None) -> Mapping[str, Any]:
        blocked_by = None if message.route == DRILL else self.missing(message.channel)
        row = _row_of(tx, message)
        if off is not None and not message.drill:
            return row | {
                "state": DeliveryState.FAILED.value,
                "finished_at": tx.now,
                "last_answer": off.sentence,
            }
        if blocked_by is not None:
            return row | {"state": DeliveryState.BLOCKED.value, "blocked_by": blocked_by}
        return row


def _row_of(tx: Tx, message: Message) -> dict[str, Any]:
    recipient = message.recipient
    return {
        "id": new_id(),
        "tenant_id": tx.tenant,
        "channel": message.channel,
        "route": message.route,
        "recipient_kind": recipient.kind,
        "recipient_id": recipient.id,
        "recipient_label": recipient.label[:200],
        "address": recipient.address,
        "sealed": recipient.sealed,
        "cause_id": message.cause,
        "reason": message.reason,
        "purpose": message.purpose,
        "key": message.key,
        "thread": message.thread,
        "lane": message.lane.value,
        "body_digest": message.body.digest,
        "slots": dict(message.slots),
        "state": DeliveryState.PENDING.value,
        "blocked_by": None,
        "drill": message.drill,
        "attempts": 0,
        "tries": 0,
        "created_at": tx.now,
        "ready_at": tx.now,
        "finished_at": None,
        "last_answer": None,
    }


def _store_bodies(tx: Tx, messages: Iterable[Message]) -> None:
    bodies = {message.body.digest: message.body for message in messages}
    tx.execute(
        _storing(tx.is_postgres),
        [
            {
                "tenant_id": tx.tenant,
                "digest": digest,
                "content": dict(body.content),
                "created_at": tx.now,
            }
            for digest, body in sorted(bodies.items())
        ],
    )


@cache
def _entering(postgres: bool) -> Any:
    insert: Any = (postgresql if postgres else sqlite).insert(_d)
    once = insert.on_conflict_do_nothing(index_elements=["tenant_id", "key"])
    return once.returning(_d.c.key, _d.c.id)


@cache
def _storing(postgres: bool) -> Any:
    insert: Any = (postgresql if postgres else sqlite).insert(delivery_bodies)
    return insert.on_conflict_do_nothing(index_elements=["tenant_id", "digest"])


def _supersede_stale(tx: Tx, messages: Iterable[Message]) -> None:
    """What failed already and waits for another try gives way to the news about the same thread."""
    groups: dict[tuple[str, str, str], set[str]] = {}
    for message in messages:
        group = (message.channel, message.recipient.kind, message.thread)
        groups.setdefault(group, set()).add(message.recipient.id)
    for (channel, kind, thread), ids in groups.items():
        for recipients in _chunks(sorted(ids)):
            about = {"of_tenant": tx.tenant, "kind": kind, "via": channel, "about": thread}
            tx.execute(_OVERTAKE, {**about, "recipients": recipients, "at": tx.now})


def _chunks(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _waker(wake: Callable[[str], None], route: str) -> Callable[[], None]:
    return lambda: wake(route)
