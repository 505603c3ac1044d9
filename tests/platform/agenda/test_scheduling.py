"""No wake-up is lost, whenever the key is scheduled again."""

from datetime import timedelta

from tests.platform.agenda.work import (
    LEASE,
    RING,
    Diary,
    claim,
    let_leases_end,
    rows,
    schedule,
)
from tests.support.spine import Workshop
from tocsin.platform.agenda import Item, store
from tocsin.platform.database import Lane, Tx

MINUTE = timedelta(minutes=1)


async def test_work_is_done_when_it_is_due_and_not_before(ws: Workshop, diary: Diary):
    await schedule(ws, "bell", after=MINUTE)
    await ws.settle()
    assert diary.rung == []
    await ws.pass_time(MINUTE)
    assert diary.rung == ["bell"]
    assert await rows(ws) == []


async def test_scheduled_again_before_it_is_claimed_only_the_last_counts(
    ws: Workshop, diary: Diary
):
    await schedule(ws, "bell", "low")
    await schedule(ws, "bell", "high", after=MINUTE)
    await ws.settle()
    assert diary.rung == []
    await ws.pass_time(MINUTE)
    assert diary.rung == ["high"]


async def test_scheduled_again_between_claim_and_run_it_is_done_again(ws: Workshop, diary: Diary):
    await schedule(ws, "bell", "low")
    [item] = await claim(ws, ws.runner.owner)
    await schedule(ws, "bell", "high")
    await ws.runner._do(item)
    assert diary.rung == ["low"]
    await ws.settle()
    assert diary.rung == ["low", "high"]
    assert await rows(ws) == []


async def test_scheduled_again_by_its_own_handler_it_is_done_again(ws: Workshop, diary: Diary):
    def next_one(tx: Tx, item: Item) -> None:
        if item.payload["tone"] == "low":
            tx.schedule(RING, "bell", tx.now + MINUTE, {"tone": "high"})

    diary.meanwhile = next_one
    await schedule(ws, "bell", "low")
    await ws.settle()
    assert diary.rung == ["low"]
    await ws.pass_time(MINUTE)
    assert diary.rung == ["low", "high"]


async def test_scheduled_again_between_the_work_and_its_settling_it_is_done_again(
    ws: Workshop, diary: Diary
):
    await schedule(ws, "bell", "low")
    [item] = await claim(ws)
    await schedule(ws, "bell", "high")
    await ws.house.write(store.settle, item)
    [row] = await rows(ws)
    assert (row.owner, row.leased_until, row.generation) == (None, None, 2)
    await ws.settle()
    assert diary.rung == ["high"]


async def test_scheduled_again_while_it_fails_neither_time_nor_tries_are_spoilt(
    ws: Workshop, diary: Diary
):
    await schedule(ws, "bell", "low")
    [item] = await claim(ws, ws.runner.owner)
    await schedule(ws, "bell", "high")
    diary.failing = ValueError("cracked")
    await ws.runner._do(item)
    diary.failing = None
    await ws.settle()
    assert diary.rung == ["high"]


async def test_a_claim_never_touches_when_the_work_was_planned(ws: Workshop, diary: Diary):
    await schedule(ws, "bell")
    planned = ws.clock.now()
    ws.clock.move(MINUTE)
    diary.failing = ValueError("cracked")
    await ws.settle()
    [row] = await rows(ws)
    assert row.planned_at == planned
    assert row.ready_at == ws.clock.now() + timedelta(seconds=1)


async def test_cancelled_work_is_not_done(ws: Workshop, diary: Diary):
    await schedule(ws, "bell")
    await ws.house.write(lambda tx: tx.cancel(RING, "bell"))
    await ws.settle()
    assert diary.rung == []


async def test_work_that_is_cancelled_after_its_claim_is_not_done(ws: Workshop, diary: Diary):
    await schedule(ws, "bell")
    [item] = await claim(ws, ws.runner.owner)
    await ws.house.write(lambda tx: tx.cancel(RING, "bell"))
    await ws.runner._do(item)
    assert diary.rung == []


async def test_a_change_that_is_undone_schedules_nothing(ws: Workshop, diary: Diary):
    def fails(tx: Tx) -> None:
        tx.schedule(RING, "bell", payload={"tone": "bell"})
        raise ValueError("undo")

    for _ in range(2):
        try:
            await ws.house.write(fails)
        except ValueError:
            continue
    await ws.settle()
    assert (diary.rung, await rows(ws)) == ([], [])


async def test_what_is_leased_is_nobody_elses(ws: Workshop):
    await schedule(ws, "bell")
    assert len(await claim(ws, "one")) == 1
    assert await claim(ws, "two") == []


async def test_a_lease_that_ended_is_taken_over_and_its_old_owner_writes_nothing(
    ws: Workshop, diary: Diary
):
    await schedule(ws, "bell")
    [old] = await claim(ws, "one")
    await let_leases_end(ws)
    [new] = await claim(ws, "two")
    assert (new.seq, new.attempts) == (old.seq, 2)
    assert not await ws.house.write(store.still_mine, old)
    assert not await ws.house.write(store.renew, old, LEASE)
    await ws.house.write(store.settle, old)
    await ws.runner._do(old)
    assert diary.rung == []
    [row] = await rows(ws)
    assert row.owner == "two"
    assert await ws.house.write(store.renew, new, LEASE)


async def test_the_product_clock_moves_no_lease(ws: Workshop):
    await schedule(ws, "bell")
    await claim(ws, "one")
    ws.clock.move(timedelta(days=7))
    assert await claim(ws, "two") == []


async def test_a_chain_goes_one_by_one_in_the_order_of_commits(ws: Workshop, diary: Diary):
    for number in range(5):
        await schedule(ws, f"link {9 - number}", str(number), chain="chain")
    assert [item.payload["tone"] for item in await claim(ws)] == ["0"]
    assert await claim(ws, "two") == []
    await let_leases_end(ws)
    await ws.settle()
    assert diary.rung == ["0", "1", "2", "3", "4"]


async def test_a_link_that_fails_holds_its_chain_until_it_dies(ws: Workshop, diary: Diary):
    await schedule(ws, "first", chain="chain")
    await schedule(ws, "second", chain="chain")

    def fail_first(tx: Tx, item: Item) -> None:
        if item.key == "first":
            raise ValueError("cracked")

    diary.meanwhile = fail_first
    await ws.settle()
    assert diary.rung == []
    await ws.pass_time(timedelta(minutes=10), MINUTE)
    assert diary.rung == ["second"]


async def test_lanes_are_claimed_apart(ws: Workshop):
    for lane in Lane:
        await schedule(ws, lane.value, lane=lane)
    assert [item.key for item in await claim(ws)] == ["normal"]
