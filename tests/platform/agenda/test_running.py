"""The loops: edge jobs, takeovers, stops, and two runners over one agenda."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from tests.platform.agenda.work import (
    RING,
    Diary,
    claim,
    house,
    let_leases_end,
    rows,
    runner,
    schedule,
)
from tests.support.spine import TENANT, Workshop, workshop
from tocsin.platform.agenda import Done, EdgeJob, Item, VerbJob, agenda_items, store
from tocsin.platform.agenda.runner import LeaseLost
from tocsin.platform.database import Database, Lane, Tx
from tocsin.platform.wiring import Wiring

TINY = timedelta(seconds=0.3)


async def until(what: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not what():  # noqa: ASYNC110 - the work happens in other threads too
            await asyncio.sleep(0.01)


async def test_an_edge_job_is_done_once_however_often_it_says_so(database_url: str):
    second: list[BaseException | None] = []

    async def call(database: Database, item: Item, done: Done) -> None:
        await done(write, "outcome")
        try:
            await done(write, "outcome")
        except LeaseLost as lost:
            second.append(lost)

    def write(tx: Tx, tone: str) -> None:
        tx.after_commit(lambda: written.append(tone))

    written: list[str] = []
    async with house(database_url, EdgeJob(RING, call)) as ws:
        await schedule(ws, "bell")
        await ws.settle()
        assert (written, len(second), await rows(ws)) == (["outcome"], 1, [])


async def test_an_edge_job_that_lost_its_lease_writes_nothing(database_url: str):
    written: list[str] = []

    async def slow(database: Database, item: Item, done: Done) -> None:
        if item.attempts == 1:
            await let_leases_end(ws)
            await ws.house.write(store.claim, Lane.NORMAL, "two", timedelta(seconds=30), 10)
        await done(lambda tx: tx.after_commit(lambda: written.append("outcome")))

    async with house(database_url, EdgeJob(RING, slow)) as ws:
        await schedule(ws, "bell")
        await ws.settle()
        assert written == []
        [row] = await rows(ws)
        assert (row.owner, row.last_error) == ("two", None)


async def test_an_edge_job_that_never_comes_to_its_end_is_a_failure(database_url: str):
    async def forgetful(database: Database, item: Item, done: Done) -> None:
        return

    async with house(database_url, EdgeJob(RING, forgetful)) as ws:
        await schedule(ws, "bell")
        await ws.settle()
        [row] = await rows(ws)
        assert "without done()" in row.last_error


async def test_long_work_keeps_its_lease(database_url: str):
    freed = asyncio.Event()
    started = asyncio.Event()

    async def long(database: Database, item: Item, done: Done) -> None:
        started.set()
        await freed.wait()
        await done()

    async with house(database_url, EdgeJob(RING, long), rehearse=False) as ws:
        await schedule(ws, "bell")
        one = runner(ws, lease=TINY)
        await one.start()
        await asyncio.wait_for(started.wait(), 5)
        [before] = await rows(ws)
        async with asyncio.timeout(5):
            while (await rows(ws))[0].leased_until <= before.leased_until + TINY / 2:  # noqa: ASYNC110 - a row tells, no event
                await asyncio.sleep(0.02)
        assert await claim(ws, "two") == []
        freed.set()
        await one.stop()
        assert await rows(ws) == []


async def test_a_commit_wakes_the_loop_at_once(ws: Workshop, diary: Diary):
    loop = asyncio.get_running_loop()
    one = runner(ws)

    def wake(lane: Lane) -> None:
        loop.call_soon_threadsafe(one.wake, lane)

    ws.platform.agenda.wake = wake
    await one.start()
    await asyncio.sleep(0.05)
    began = loop.time()
    await schedule(ws, "bell")
    await until(lambda: diary.rung)
    assert loop.time() - began < 0.5
    await one.stop()


async def test_the_loop_wakes_when_the_next_item_falls_due(ws: Workshop, diary: Diary):
    soon = timedelta(seconds=0.2)
    await schedule(ws, "bell", after=soon)
    one = runner(ws)
    await one.start()
    began = asyncio.get_running_loop().time()
    await asyncio.sleep(0.1)  # it has looked and found nothing due yet
    assert diary.rung == []
    ws.clock.move(soon)
    await until(lambda: diary.rung)
    assert asyncio.get_running_loop().time() - began < 0.7
    await one.stop()


async def test_who_stops_gives_its_leases_back(database_url: str):
    started = asyncio.Event()

    async def endless(database: Database, item: Item, done: Done) -> None:
        started.set()
        await asyncio.Event().wait()

    async with house(database_url, EdgeJob(RING, endless), rehearse=False) as ws:
        await schedule(ws, "bell")
        one = runner(ws)
        await one.start()
        await asyncio.wait_for(started.wait(), 5)
        await one.stop(drain_seconds=0.05)
        [row] = await rows(ws)
        assert (row.owner, row.leased_until) == (None, None)
        assert len(await claim(ws, "two")) == 1


async def test_a_claim_on_its_way_is_not_left_leased_by_a_stop(ws: Workshop):
    for number in range(50):
        await schedule(ws, f"bell {number}", after=timedelta())
    one = runner(ws)
    await one.start()
    await asyncio.sleep(0)  # the loops have asked and nobody has answered
    await one.stop()
    assert [row for row in await rows(ws) if row.owner is not None] == []


async def test_two_runners_do_a_thousand_items_once_each(postgres_url: str):
    rung: Counter[str] = Counter()

    def ring(tx: Tx, item: Item) -> None:
        tx.execute(
            insert(agenda_items).values(
                tenant_id=TENANT,
                kind="test.trace",
                key=item.key,
                lane="bulk",
                actor="system:test",
                planned_at=tx.now + timedelta(days=1),
                ready_at=tx.now + timedelta(days=1),
                generation=1,
                attempts=0,
                payload={},
            )
        )  # a second run would break the unique key
        tx.after_commit(lambda: rung.update([item.key]))

    def plan(tx: Tx) -> None:
        for number in range(1000):
            tx.schedule(RING, f"{number}", payload={"tone": ""})

    wiring = Wiring("test", handlers=(VerbJob(RING, ring),))
    async with workshop(postgres_url, [wiring], rehearse=False) as ws:
        await ws.house.write(plan)
        pair = runner(ws), runner(ws)
        for one in pair:
            await one.start()
        await until(lambda: len(rung) == 1000)
        for one in pair:
            await one.stop()
        assert set(rung.values()) == {1}
        assert {row.kind for row in await rows(ws)} == {"test.trace"}


@pytest.mark.parametrize("due", [20_000, 100], ids=["all due", "few due"])
async def test_a_claim_among_many_asks_the_index(database_url: str, due: int):
    later = timedelta(days=1)

    def fill(tx: Tx) -> None:
        row = {
            "tenant_id": TENANT,
            "kind": RING,
            "lane": "normal",
            "actor": "system:test",
            "generation": 1,
            "attempts": 0,
            "payload": {},
        }
        tx.execute(
            insert(agenda_items),
            [
                row
                | {
                    "key": str(number),
                    "chain": f"chain {number % 500}" if number % 2 else None,
                    "planned_at": tx.now,
                    "ready_at": tx.now if number < due else tx.now + later,
                }
                for number in range(20_000)
            ],
        )
        if tx.is_postgres:
            tx.execute(text("ANALYZE agenda_items"))

    async with house(database_url, rehearse=False) as ws:
        await ws.house.write(fill)
        plan = await ws.house.write(explained_claim)
        assert "ix_agenda_items_due" in plan, plan
        assert not re.search(r"Seq Scan on agenda_items(?! earlier)|SCAN agenda_items", plan), plan
        assert len(await claim(ws, most=30)) == 30


def explained_claim(tx: Tx) -> str:
    """Run a claim and return the plan of its question."""
    asked: list[tuple[str, Any]] = []

    def keep(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(tx.connection, "before_cursor_execute", keep)
    store.claim(tx, Lane.NORMAL, "one", timedelta(seconds=30), 64)
    event.remove(tx.connection, "before_cursor_execute", keep)
    question, parameters = asked[0]
    explain = "EXPLAIN " if tx.is_postgres else "EXPLAIN QUERY PLAN "
    plan = tx.connection.exec_driver_sql(explain + question, parameters)
    return "\n".join(str(row[-1]) for row in plan)
