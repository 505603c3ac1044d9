"""Work that fails is tried again, later and later, and is at last visibly dead."""

from datetime import timedelta

import pytest

from tests.platform.agenda.work import RING, Diary, house, rows, schedule
from tests.support.spine import Workshop
from tocsin.platform.agenda import Retry, dead_items

THRICE = Retry(tries=3, first=timedelta(seconds=10), most=timedelta(seconds=15))


@pytest.fixture
async def ws(database_url: str, diary: Diary):
    async with house(database_url, diary.job(THRICE)) as made:
        yield made


async def test_the_wait_doubles_up_to_its_most():
    waits = [Retry().delay(attempts).total_seconds() for attempts in range(1, 12)]
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert Retry().delay(1_000_000) == timedelta(minutes=5)


async def test_failed_work_waits_and_then_succeeds(ws: Workshop, diary: Diary):
    await schedule(ws, "bell")
    diary.failing = ValueError("cracked")
    await ws.settle()
    diary.failing = None
    await ws.pass_time(timedelta(seconds=9))
    assert diary.rung == []
    await ws.pass_time(timedelta(seconds=1))
    assert diary.rung == ["bell"]
    assert await rows(ws) == []


async def test_after_the_last_try_the_row_is_dead_and_the_journal_knows(ws: Workshop, diary: Diary):
    await schedule(ws, "bell")
    diary.failing = ValueError("cracked")
    await ws.settle()
    await ws.pass_time(timedelta(seconds=10))
    assert await ws.facts("agenda.item_died") == []
    await ws.pass_time(timedelta(seconds=15))
    [died] = await ws.facts("agenda.item_died")
    assert died.payload == {"kind": RING, "key": "bell", "attempts": 3}
    [dead] = await ws.house.read(dead_items)
    assert (dead["key"], dead["last_error"], dead["owner"]) == (
        "bell",
        "ValueError: cracked",
        None,
    )
    diary.failing = None
    await ws.pass_time(timedelta(days=1))
    assert diary.rung == []


async def test_dead_work_that_is_scheduled_again_lives(ws: Workshop, diary: Diary):
    await schedule(ws, "bell")
    diary.failing = ValueError("cracked")
    await ws.pass_time(timedelta(minutes=1), timedelta(seconds=5))
    diary.failing = None
    await schedule(ws, "bell")
    await ws.settle()
    assert diary.rung == ["bell"]
    assert await ws.house.read(dead_items) == []


async def test_work_that_nobody_handles_dies_visibly(ws: Workshop):
    await ws.house.write(lambda tx: tx.schedule("test.unknown", "key"))
    await ws.pass_time(timedelta(minutes=10), timedelta(minutes=1))
    [dead] = await ws.house.read(dead_items)
    assert "nobody handles" in dead["last_error"]
