"""Units: who fails alone, who waits for whom, and that nothing is lost."""

import asyncio
import threading
from concurrent.futures import Future
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.platform.database.shelf import (
    CONTEXT,
    REFUSALS,
    add_marble,
    build,
    marbles_in,
    names,
    open_database,
    put,
    put_or_refuse,
    refuse,
    run,
    shelf,
    write_then,
)
from tocsin.kernel.errors import Conflict, TocsinError, Unavailable
from tocsin.platform.database import Database, Lane, ReadTx, Tx
from tocsin.platform.database.units import BOUNDS, Lanes, Unit


async def outcomes(db: Database, *units: tuple[Any, ...]) -> list[object]:
    """Queue all units before the writer can take the first, so that they meet in one batch."""
    gate, entered = threading.Event(), threading.Event()

    def wait(tx: Tx) -> None:
        entered.set()
        gate.wait(5)

    first = db.submit(CONTEXT, wait, Lane.URGENT)
    await asyncio.to_thread(entered.wait, 5)
    futures = [db.submit(CONTEXT, verb, Lane.URGENT, *args) for verb, *args in units]
    gate.set()
    first.result(5)
    waiting = [asyncio.wrap_future(future) for future in futures]
    return list(await asyncio.gather(*waiting, return_exceptions=True))


async def test_what_was_answered_can_be_read_at_once(db: Database):
    for number in range(20):
        await db.write(CONTEXT, put, f"jar {number:02}")
        assert f"jar {number:02}" in await db.read(CONTEXT, names)


async def test_a_future_resolves_after_the_commit_of_its_batch(db: Database):
    seen: dict[str, list[str]] = {}  # by name: PostgreSQL's units may commit in any order

    def look(tx: Tx, name: str) -> None:
        put(tx, name)
        tx.after_commit(lambda: seen.update({name: db.read_now(CONTEXT, names)}))

    await outcomes(db, (look, "one"), (look, "two"))
    assert set(seen) == {"one", "two"}
    assert all(name in listed for name, listed in seen.items())


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda kind: str(kind.status))
async def test_a_unit_that_refuses_before_it_writes_fails_alone(
    db: Database, refusal: type[TocsinError]
):
    runs: list[str] = []

    def counted(tx: Tx, name: str) -> str:
        runs.append(name)
        return put(tx, name)

    first, second, third = await outcomes(
        db, (counted, "before"), (refuse, refusal), (counted, "after")
    )
    assert (first, third) == ("before", "after")
    assert isinstance(second, refusal)
    assert runs == ["before", "after"] or db.kind == "postgresql"
    assert await db.read(CONTEXT, names) == ["after", "before"]


@pytest.mark.parametrize("error", [ValueError("a mistake"), Conflict("too late")], ids=repr)
async def test_a_unit_that_fails_after_it_wrote_is_rolled_back_alone(
    db: Database, error: Exception
):
    answers = await outcomes(db, (put, "before"), (write_then, "bad", error), (put, "after"))
    assert answers[0] == "before"
    assert answers[1] is error
    assert answers[2] == "after"
    assert await db.read(CONTEXT, names) == ["after", "before"]


async def test_a_wrong_statement_fails_its_own_unit_only(db: Database):
    def wrong(tx: Tx) -> None:
        put(tx, "gone")
        tx.connection.exec_driver_sql("SELECT nothing FROM nowhere")

    answers = await outcomes(db, (put, "before"), (wrong,), (put, "after"))
    assert answers[0] == "before"
    assert not isinstance(answers[1], Unavailable)
    assert "nowhere" in str(answers[1])
    assert answers[2] == "after"
    assert await db.read(CONTEXT, names) == ["after", "before"]


async def test_a_name_that_is_taken_is_a_normal_branch(db: Database):
    answers = await asyncio.gather(
        *(db.write(CONTEXT, put_or_refuse, "jar") for _ in range(12)), return_exceptions=True
    )
    assert answers.count("jar") == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 11
    assert await db.read(CONTEXT, names) == ["jar"]


async def test_a_unique_index_refuses_whoever_did_not_ask_first(db: Database):
    answers = await outcomes(db, (put, "jar"), (put, "jar"), (put, "other"))
    assert sorted(isinstance(answer, IntegrityError) for answer in answers) == [False, False, True]
    assert await db.read(CONTEXT, names) == ["jar", "other"]


async def test_two_hundred_at_once_lose_nothing(db: Database):
    await db.write(CONTEXT, put, "jar")
    counts = await asyncio.gather(*(db.write(CONTEXT, add_marble, "jar") for _ in range(200)))
    assert sorted(counts) == list(range(1, 201))
    assert await db.read(CONTEXT, marbles_in, "jar") == 200


async def test_a_unit_may_neither_read_nor_write_through_the_edge(db: Database):
    def read(tx: ReadTx) -> None:
        db.read_now(CONTEXT, names)

    def write(tx: ReadTx) -> None:
        db.write_now(CONTEXT, put, "inside")

    for verb in (read, write):
        with pytest.raises(RuntimeError, match="belong to the edge"):
            await db.write(CONTEXT, verb)
        with pytest.raises(RuntimeError, match="belong to the edge"):
            await db.read(CONTEXT, verb)
    assert await db.read(CONTEXT, names) == []


async def test_a_rehearsed_unit_runs_twice_and_writes_once(database_url: str):
    runs: list[int] = []

    def counted(tx: Tx) -> None:
        runs.append(1)
        put(tx, "jar")

    async with shelf(database_url, rehearse=True) as db:
        await db.write(CONTEXT, counted)
        assert len(runs) == 2
        assert await db.read(CONTEXT, names) == ["jar"]


async def test_a_rehearsal_shows_a_unit_that_may_not_run_twice(database_url: str):
    stock = ["only one"]
    async with shelf(database_url, rehearse=True) as db:
        with pytest.raises(IndexError):
            await db.write(CONTEXT, lambda tx: put(tx, stock.pop()))


async def test_an_announcement_that_fails_does_not_undo_what_is_durable(db: Database):
    def announce(tx: Tx, name: str) -> str:
        tx.after_commit([].pop)
        return put(tx, name)

    assert await db.write(CONTEXT, announce, "one") == "one"
    assert await asyncio.gather(*(db.write(CONTEXT, put, f"more {n}") for n in range(20)))
    assert len(await db.read(CONTEXT, names)) == 21


async def test_a_caller_that_gave_up_does_not_stop_the_others(db: Database):
    gate, entered = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        entered.set()
        gate.wait(5)
        put(tx, "slow")

    caller = asyncio.create_task(db.write(CONTEXT, slow))
    await asyncio.to_thread(entered.wait, 5)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    gate.set()
    await db.write(CONTEXT, put, "next")
    assert "next" in await db.read(CONTEXT, names)


def test_closing_finishes_what_is_queued(database_url: str):
    build(database_url)
    db = open_database(database_url)
    futures = [db.submit(CONTEXT, put, lane, f"{lane} {n}") for lane in Lane for n in range(20)]
    db.close()
    assert all(future.done() and future.exception() is None for future in futures)
    with pytest.raises(Unavailable) as late:
        db.write_now(CONTEXT, put, "late")
    assert late.value.code == "stopping"
    with pytest.raises(Unavailable):
        db.read_now(CONTEXT, names)
    again = open_database(database_url)
    assert len(again.read_now(CONTEXT, names)) == 60
    again.close()


def unit(lane: Lane) -> Unit:
    return Unit(put, (), {}, CONTEXT, lane)


def test_urgent_units_go_first_and_bulk_last():
    lanes = Lanes()
    for lane in (Lane.BULK, Lane.NORMAL, Lane.URGENT, Lane.NORMAL, Lane.URGENT):
        lanes.put(unit(lane))
    order = [taken.lane for taken in iter(lanes.take, None)]
    assert order == [Lane.URGENT, Lane.URGENT, Lane.NORMAL, Lane.NORMAL, Lane.BULK]


async def test_urgent_work_overtakes_what_waits(sqlite_url: str):
    order: list[str] = []
    gate, entered = threading.Event(), threading.Event()

    def wait(tx: Tx) -> None:
        entered.set()
        gate.wait(5)

    def note(tx: Tx, lane: Lane) -> None:
        order.append(lane.value)

    async with shelf(sqlite_url) as db:
        first = db.submit(CONTEXT, wait, Lane.BULK)
        await asyncio.to_thread(entered.wait, 5)
        rest = [
            db.submit(CONTEXT, note, lane, lane) for lane in (Lane.BULK, Lane.NORMAL, Lane.URGENT)
        ]
        gate.set()
        for future in (first, *rest):
            future.result(5)
    assert order == ["urgent", "normal", "bulk"]


async def test_a_full_lane_refuses_at_once_and_leaves_the_others_open(
    database_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(BOUNDS, Lane.BULK, 3)
    gate = threading.Event()
    async with shelf(database_url) as db:
        hands = [db.submit(CONTEXT, lambda tx: gate.wait(5), Lane.BULK) for _ in range(3)]
        queued: list[Future[None]] = []
        with pytest.raises(Unavailable) as refused:
            queued.extend(iter(lambda: db.submit(CONTEXT, lambda tx: None, Lane.BULK), None))
        assert len(queued) <= 3
        assert (refused.value.status, refused.value.code) == (503, "overloaded")
        urgent = db.submit(CONTEXT, put, Lane.URGENT, "urgent")
        gate.set()
        assert urgent.result(5) == "urgent"
        for future in hands + queued:
            future.result(5)


async def test_a_disk_that_is_full_is_a_503_and_passes(sqlite_url: str):
    async with shelf(sqlite_url) as db:

        def fill(tx: Tx) -> None:
            pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar()
            tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            for number in range(50):
                put(tx, f"{number} {'x' * 5000}")

        def more_room(tx: Tx) -> None:
            tx.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")

        with pytest.raises(Unavailable) as refused:
            await db.write(CONTEXT, fill)
        assert refused.value.code == "busy"
        assert await db.read(CONTEXT, names) == []
        await db.write(CONTEXT, more_room)
        await db.write(CONTEXT, put, "after")
        assert await db.read(CONTEXT, names) == ["after"]


async def test_units_that_dead_lock_are_run_again(postgres_url: str):
    met = threading.Barrier(2)

    def cross(tx: Tx, first: str, second: str) -> None:
        add_marble(tx, first)
        if not met.broken:
            try:
                met.wait(1)
            except threading.BrokenBarrierError:
                return
        add_marble(tx, second)
        met.abort()

    async with shelf(postgres_url) as db:
        await db.write(CONTEXT, put, "a")
        await db.write(CONTEXT, put, "b")
        await asyncio.gather(db.write(CONTEXT, cross, "a", "b"), db.write(CONTEXT, cross, "b", "a"))
        assert [await db.read(CONTEXT, marbles_in, name) for name in "ab"] == [2, 2]


async def test_nothing_runs_on_a_database_without_its_tables(db: Database):
    with pytest.raises(Exception, match="nowhere"):
        await db.read(CONTEXT, run(text("SELECT 1 FROM nowhere")))
