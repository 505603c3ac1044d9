"""A month of history: the whole house walks through the past month under a clock of its own.

The story is a chain of agenda items of the kind `demo.month`: each step acts, remembers, and
schedules the next one in the same unit. Its row is the cursor: a start that finds one goes on there,
a start that finds none after the set-up has nothing to do.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

import click
from sqlalchemy import func, select

from tocsin.app.compose import House
from tocsin.app.demo.script import Step, script
from tocsin.app.demo.stage import Props, Stage
from tocsin.app.demo.story import MOVED_AWAY
from tocsin.communication import statuspage
from tocsin.detection import signals
from tocsin.kernel.clock import ManualClock
from tocsin.platform.agenda import (
    AgendaRunner,
    Done,
    EdgeJob,
    Handler,
    Item,
    Retry,
    VerbJob,
    agenda_items,
)
from tocsin.platform.database import Database, Lane, ReadTx, Tx, across_tenants
from tocsin.platform.delivery import Claimed, DeliveryError, DeliveryRunner
from tocsin.platform.delivery import deliveries_table as deliveries
from tocsin.registry import catalog, identity
from tocsin.registry.identity import Role

MONTH = "demo.month"
_KEY = "story"
_R = TypeVar("_R")
_OPERATOR = "Demo operator"
_LATER = timedelta(seconds=5)
_HOUSEWORK = ("identity.purge", "idempotency.purge", "database.backup", "database.checkpoint")
"""What an empty house need not do every hour or day of the past."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the story stands: its first instant, its last one, and when the next step is due."""

    start: datetime
    end: datetime
    next_at: datetime


def cursor(tx: ReadTx) -> Cursor | None:
    """The step that is still to come; None where the story is over or has not begun."""
    item = agenda_items.c
    row = tx.one_or_none(
        select(item.ready_at, item.payload).where(item.tenant_id == tx.tenant, item.kind == MONTH)
    )
    if row is None:
        return None
    start, end = (datetime.fromisoformat(row.payload[name]) for name in ("start", "end"))
    return Cursor(start, end, row.ready_at)


def begin(
    tx: Tx,
    email: str,
    hashed: str,
    start: datetime,
    end: datetime,
    services: Sequence[catalog.ServiceDraft] = (),
) -> None:
    """Set up the operator, and put the story on the agenda with it; repeating changes nothing.

    `services` are declared here where no registry file does it.
    """
    if identity.is_set_up(tx):
        return
    identity.create_user(tx, email, _OPERATOR, [Role.SUPER_ADMIN], hashed)
    for draft in services:
        catalog.declare_service(tx, draft)
    payload = {"start": start.isoformat(), "end": end.isoformat(), "step": 0, "known": {}}
    tx.schedule(MONTH, _KEY, start + timedelta(minutes=1), payload)


def bad_hours(clock: ManualClock) -> Callable[[Claimed], DeliveryError | None]:
    """An address that is gone, and a webhook endpoint that is down for an hour each night."""

    def trouble(message: Claimed) -> DeliveryError | None:
        if message.recipient.address == MOVED_AWAY and message.purpose != "confirmation":
            return DeliveryError("550 5.1.1 No such mailbox here.", permanent=True)
        if message.channel == "webhook" and clock.now().hour == 2:
            return DeliveryError("503 Service Unavailable", permanent=False)
        return None

    return trouble


class Walk:
    """Goes through the month, from one thing that is due to the next."""

    def __init__(self, house: House, clock: ManualClock, props: Props, at: Cursor) -> None:
        self._house, self._clock, self._end, self._start = house, clock, at.end, at.start
        self._days = (at.end - at.start).days
        self._props = props
        self._steps: list[Step] = script(at.start, self._days)
        handlers = house.platform.handlers
        poll, render = handlers[signals.POLL], handlers[statuspage.RENDER]
        assert isinstance(poll, EdgeJob)
        assert isinstance(render, EdgeJob)
        dated: dict[str, Handler] = {
            **{kind: VerbJob(kind, self._put_off) for kind in _HOUSEWORK},
            MONTH: VerbJob(MONTH, self._step, Retry(tries=3)),
            signals.POLL: replace(poll, run=self._poll_later),
            statuspage.RENDER: replace(render, run=self._render_last(render)),
        }
        database = house.platform.database
        self._agenda = AgendaRunner(database, {**handlers, **dated}, house.context)
        self._senders = DeliveryRunner(database, list(house.channels.values()), house.context)

    async def go(
        self, tell: Callable[[str], None] = click.echo, until: datetime | None = None
    ) -> None:
        """Do all that was due up to the end (or `until`); it can be taken up again."""
        end, day = until or self._end, -1
        await self._settle()
        while (due := await self._read(_next_due)) is not None and due <= end:
            self._clock.move_to(max(self._clock.now(), due))
            if (today := (self._clock.now() - self._start).days) != day and today < self._days:
                day = today
                tell(f"  a month of history ... day {day + 1} of {self._days}")
            await self._settle()
        self._clock.move_to(max(self._clock.now(), end))
        if until is None and await self._read(cursor) is not None:
            raise RuntimeError("the demo's month was not told to its end")

    async def stop(self) -> None:
        """Return what was claimed."""
        await self._agenda.stop()
        await self._senders.stop()

    async def _settle(self) -> None:
        while True:
            lanes, messages = await self._read(_due_now)
            done = await self._agenda.run_due(lanes) if lanes else 0
            done += await self._senders.run_due() if messages else 0
            if not done:
                return

    async def _read(self, query: Callable[[ReadTx], _R]) -> _R:
        return await self._house.platform.database.read(self._house.context, query)

    def _step(self, tx: Tx, item: Item) -> None:
        number, known = int(item.payload["step"]), dict(item.payload["known"])
        self._steps[number].act(Stage(tx, self._props, known))
        if number + 1 < len(self._steps):
            payload = {**item.payload, "step": number + 1, "known": known}
            tx.schedule(MONTH, _KEY, self._steps[number + 1].at, payload)

    def _put_off(self, tx: Tx, item: Item) -> None:
        _put_off(tx, item, self._end + _LATER)

    async def _poll_later(self, _: Database, item: Item, done: Done) -> None:
        """In the past the story answers instead of the vendors, who are asked when it is over."""
        await done(_put_off, item, self._end + _LATER)

    def _render_last(self, render: EdgeJob) -> Callable[[Database, Item, Done], Awaitable[None]]:
        """Nobody reads the pages of the past: they are drawn once, at the end."""

        async def run(database: Database, item: Item, done: Done) -> None:
            if self._clock.now() < self._end:
                await done(_put_off, item, self._end)
            else:
                await render.run(database, item, done)

        return run


def _put_off(tx: Tx, item: Item, until: datetime) -> None:
    tx.schedule(item.kind, item.key, until, item.payload, lane=item.lane)


def _due_now(tx: ReadTx) -> tuple[tuple[Lane, ...], bool]:
    item, message = agenda_items.c, deliveries.c
    waiting = select(item.lane).where(item.died_at.is_(None), item.ready_at <= tx.now).distinct()
    sending = select(func.count()).where(message.state == "pending", message.ready_at <= tx.now)
    found = set(tx.scalars(across_tenants(waiting)))
    return tuple(one for one in Lane if one in found), bool(tx.scalar(across_tenants(sending)))


def _next_due(tx: ReadTx) -> datetime | None:
    item, message = agenda_items.c, deliveries.c
    work = select(func.min(item.ready_at)).where(item.died_at.is_(None), item.ready_at > tx.now)
    sending = select(func.min(message.ready_at)).where(
        message.state == "pending", message.ready_at > tx.now
    )
    found = [tx.scalar(across_tenants(work)), tx.scalar(across_tenants(sending))]
    return min((one for one in found if one is not None), default=None)
