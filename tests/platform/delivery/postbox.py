"""A channel that takes what it is given, fails on demand, and counts what is in flight."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from tests.support.spine import TENANT, Workshop
from tocsin.platform.database import ReadTx, Tx, across_tenants
from tocsin.platform.delivery import (
    Body,
    Claimed,
    Delivery,
    DeliveryError,
    DeliveryFilter,
    Limits,
    Message,
    Recipient,
    SendResult,
    deliveries,
    deliveries_table,
)


@dataclass
class Postbox:
    """`errors` are raised in order, one per attempt; `rule` decides where there are none."""

    name: str = "post"
    limits: Limits = field(default_factory=lambda: Limits(at_once=4))
    missing_setting: str | None = None
    errors: deque[Exception] = field(default_factory=deque)
    rule: Callable[[Claimed], Exception | None] = lambda _: None
    gate: asyncio.Event | None = None
    sent: list[Claimed] = field(default_factory=list)
    attempts: list[Claimed] = field(default_factory=list)
    flying: int = 0
    most_flying: int = 0
    closed: bool = False

    async def send(self, message: Claimed) -> SendResult:
        self.attempts.append(message)
        self.flying += 1
        self.most_flying = max(self.most_flying, self.flying)
        try:
            await (self.gate.wait() if self.gate else asyncio.sleep(0))
            error = self.errors.popleft() if self.errors else self.rule(message)
            if error is not None:
                raise error
        finally:
            self.flying -= 1
        self.sent.append(message)
        return SendResult("250 taken")

    async def close(self) -> None:
        self.closed = True

    @property
    def texts(self) -> list[str]:
        return [message.content["text"] for message in self.sent]


def refused(answer: str = "450 not now", **kinds: Any) -> DeliveryError:
    return DeliveryError(answer, **{"permanent": False, **kinds})


def message(number: int | str, to: str = "ann", **changes: Any) -> Message:
    """A message with its own text and key; about incident one unless `thread` says otherwise."""
    values: dict[str, Any] = {
        "channel": "post",
        "recipient": Recipient("subscriber", to, f"{to}@example.org", to.title()),
        "body": Body({"text": f"news {number}"}),
        "key": f"{number}:{to}",
        "cause": None,
        "reason": f"{to} subscribed to the page.",
        "purpose": "subscriber",
        "thread": "incident:one",
    }
    return Message(**{**values, **changes})


async def until(condition: Callable[[], Any], seconds: float = 10) -> None:
    """Wait until real loops have done their real work."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the work happens in other threads too
            await asyncio.sleep(0.005)


async def enter(ws: Workshop, *messages: Message) -> list[UUID | None]:
    """Enter messages, each in a transaction of its own."""

    def send(tx: Tx, each: Message) -> UUID | None:
        return tx.send(each)

    return [await ws.house.write(send, each) for each in messages]


async def rows(ws: Workshop, **wanted: Any) -> list[Delivery]:
    """The ledger, oldest first."""
    return list(reversed(await ws.house.read(deliveries, DeliveryFilter(limit=500, **wanted))))


async def states(ws: Workshop) -> list[str]:
    return [row.state.value for row in await rows(ws)]


async def change(ws: Workshop, **values: Any) -> None:
    """Put the ledger's rows into a state that only time or a death would bring about."""
    statement = update(deliveries_table).where(deliveries_table.c.tenant_id == TENANT)

    def run(tx: Tx) -> None:
        tx.execute(statement.values(**values))

    await ws.house.write(run)


async def column(ws: Workshop, name: str) -> list[Any]:
    def read(tx: ReadTx) -> list[Any]:
        query = select(deliveries_table.c[name]).order_by(deliveries_table.c.id)
        return list(tx.scalars(across_tenants(query)))

    return await ws.house.read(read)
