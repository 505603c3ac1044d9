"""Agenda work for tests: a diary of what was done, and hands on the rows."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from tests.support.spine import TENANT, Workshop, workshop
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.agenda import AgendaRunner, Handler, Item, Retry, VerbJob, agenda_items, store
from tocsin.platform.database import Context, Lane, Tx
from tocsin.platform.wiring import Wiring

HOUSE = Context(TENANT, SYSTEM)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LEASE = timedelta(seconds=30)
RING = "test.ring"
t = agenda_items.c


class Diary:
    """Remembers each time a bell was rung, by its tone; may fail, and may do more on the way."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.failing: Exception | None = None
        self.meanwhile: Callable[[Tx, Item], None] = lambda tx, item: None

    def ring(self, tx: Tx, item: Item) -> None:
        if self.failing is not None:
            raise self.failing
        self.meanwhile(tx, item)
        tone: str = item.payload["tone"]
        tx.after_commit(lambda: self.rung.append(tone))

    def job(self, retry: Retry | None = None) -> VerbJob:
        return VerbJob(RING, self.ring, retry or Retry())


@asynccontextmanager
async def house(url: str, *handlers: Handler, rehearse: bool = True) -> AsyncIterator[Workshop]:
    wiring = Wiring("test", handlers=handlers)
    async with workshop(url, [wiring], rehearse=rehearse) as ws:
        yield ws


async def schedule(ws: Workshop, key: str, tone: str = "", **more: Any) -> None:
    """Put a bell on the agenda; `after` moves it into the future."""
    at = ws.clock.now() + more.pop("after", timedelta())
    payload = {"tone": tone or key}
    await ws.house.write(lambda tx: tx.schedule(RING, key, at, payload, **more))


async def claim(ws: Workshop, owner: str = "one", most: int = 100) -> list[Item]:
    return await ws.house.write(store.claim, Lane.NORMAL, owner, LEASE, most)


async def rows(ws: Workshop) -> list[Any]:
    query = select(agenda_items).where(t.tenant_id == TENANT).order_by(t.seq)
    return list(await ws.house.read(lambda tx: tx.all(query)))


async def let_leases_end(ws: Workshop) -> None:
    """Machine time cannot be moved, so the leases are."""
    change = update(agenda_items).where(t.tenant_id == TENANT, t.owner.is_not(None))
    await ws.house.write(lambda tx: tx.execute(change.values(leased_until=LONG_AGO)))


def runner(ws: Workshop, **options: Any) -> AgendaRunner:
    return AgendaRunner(ws.database, ws.platform.handlers, HOUSE, **options)
