"""A workshop for tests: real rooms on a real database under a clock that the test moves."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from tests.support.schema import create_schema
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.facts import SYSTEM, Actor, ActorKind, Entry
from tocsin.platform.agenda import AgendaRunner
from tocsin.platform.assembly import Platform, assemble
from tocsin.platform.database import Context, Database, Desk
from tocsin.platform.delivery import Channel, DeliveryRunner
from tocsin.platform.journal import entries_of, recent_entries
from tocsin.platform.wiring import Wiring

START = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
TENANT = UUID("01900000-0000-7000-8000-000000000001")
PERSON = Actor(ActorKind.PERSON, "01900000-0000-7000-8000-0000000000aa")


async def _nothing_more() -> int:
    return 0


@dataclass(slots=True)
class Workshop:
    """Everything a room's test needs; `desk` acts as a person, `house` as the system."""

    platform: Platform
    clock: ManualClock
    runner: AgendaRunner
    deliveries: DeliveryRunner
    also: Callable[[], Awaitable[int]] = _nothing_more

    @property
    def database(self) -> Database:
        return self.platform.database

    @property
    def house(self) -> Desk:
        return Desk(self.database, Context(TENANT, SYSTEM))

    @property
    def desk(self) -> Desk:
        return Desk(self.database, Context(TENANT, PERSON))

    async def settle(self) -> None:
        """Do all due agenda work, send all due messages, and `also` the rest, until nothing is left."""
        while await self.runner.run_due() + await self.deliveries.run_due() + await self.also():
            pass

    async def pass_time(self, by: timedelta, step: timedelta | None = None) -> None:
        """Move the clock (in steps, if given) and do what becomes due."""
        end = self.clock.now() + by
        while self.clock.now() < end:
            self.clock.move(min(step or by, end - self.clock.now()))
            await self.settle()

    async def facts(self, *kinds: str) -> list[Entry]:
        """The newest facts of these kinds, oldest first."""

        def newest(tx: Any) -> list[Entry]:
            return recent_entries(tx, kinds=kinds, limit=500)

        return list(reversed(await self.house.read(newest)))

    async def thread(self, subject: str) -> list[Entry]:
        """All facts of a thread in the order in which they happened."""

        def of_thread(tx: Any) -> list[Entry]:
            return entries_of(tx, thread=subject)

        return await self.house.read(of_thread)


@asynccontextmanager
async def workshop(
    url: str,
    wirings: Sequence[Wiring] = (),
    channels: Sequence[Channel] = (),
    *,
    start: datetime = START,
    rehearse: bool = True,
    prepare: Callable[[Platform], None] = lambda _: None,
) -> AsyncIterator[Workshop]:
    """Compose rooms over an empty database, with one tenant; every unit is run twice by default."""
    import tocsin.registry.identity.tables as identity  # the tenants everything refers to

    create_schema(url)
    clock = ManualClock(start)
    platform = assemble(url, clock, wirings, rehearse=rehearse)
    names = {channel.name: channel for channel in channels}
    platform.ledger.missing = lambda name: (
        names[name].missing_setting if name in names else f"no channel {name}"
    )
    prepare(platform)
    context = Context(TENANT, SYSTEM)
    with_tenant = insert(identity.tenants).values(
        id=TENANT, slug="default", name="Default", created_at=start
    )
    await platform.database.write(context, lambda tx: tx.execute(with_tenant))
    for wiring in wirings:
        for verb in wiring.at_start:
            await platform.database.write(context, verb)
    runner = AgendaRunner(platform.database, platform.handlers, context)
    deliveries = DeliveryRunner(platform.database, channels, context)
    try:
        yield Workshop(platform, clock, runner, deliveries)
    finally:
        platform.database.close()
