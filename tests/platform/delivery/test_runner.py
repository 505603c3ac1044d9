"""The loops that send, in real time: their bounds, their stops, their deaths."""

import asyncio
import os
import sys
from collections import Counter
from datetime import timedelta

import pytest

from tests.platform.delivery.postbox import (
    Postbox,
    change,
    column,
    enter,
    message,
    refused,
    rows,
    states,
    until,
)
from tests.support.spine import TENANT, Workshop, workshop
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context, Lane, Tx
from tocsin.platform.delivery import (
    Body,
    Claimed,
    DeliveryRunner,
    Fault,
    Limits,
    SendResult,
    attempts_of,
)
from tocsin.platform.delivery.gate import Gate
from tocsin.platform.delivery.owners import is_dead, owner_name
from tocsin.platform.journal import Hint

HOUSE = Context(TENANT, SYSTEM)


async def fan_out(ws: Workshop, count: int, **changes: object) -> None:
    messages = [message("all", f"person{n}", **changes) for n in range(count)]

    def send(tx: Tx) -> int:
        return tx.send_all(messages)

    await ws.house.write(send)


async def test_a_wake_up_sends_at_once_and_nothing_is_sent_twice(ws: Workshop, box: Postbox):
    loop = asyncio.get_running_loop()

    def wake(route: str) -> None:
        loop.call_soon_threadsafe(ws.deliveries.wake, route)

    ws.platform.ledger.wake = wake
    await ws.deliveries.start()
    await asyncio.sleep(0.1)
    began = loop.time()
    await enter(ws, message(1))
    await until(lambda: box.sent)
    assert loop.time() - began < 0.5
    await fan_out(ws, 50)
    await until(lambda: len(box.sent) == 51)
    await ws.deliveries.stop()
    assert set(Counter(one.id for one in box.attempts).values()) == {1}
    assert set(await states(ws)) == {"sent"}


async def test_open_screens_hear_of_the_thread_after_each_outcome(ws: Workshop, box: Postbox):
    heard: list[Hint] = []
    ws.platform.spine.hint = heard.append
    await fan_out(ws, 3)
    await ws.deliveries.run_due()
    thread = message("all", "anybody").thread
    told = [(hint.kind, hint.subject) for hint in heard if hint.kind == "delivery.changed"]
    assert told == [("delivery.changed", thread)] * 3
    assert not any(hint.public for hint in heard)


async def test_without_a_wake_up_polling_finds_it(ws: Workshop, box: Postbox):
    ws.platform.ledger.wake = lambda _: None
    await ws.deliveries.start()
    await asyncio.sleep(0.05)
    await enter(ws, message(1))
    await until(lambda: box.sent)
    await ws.deliveries.stop()


async def test_never_more_in_flight_than_the_channel_allows(ws: Workshop, box: Postbox):
    box.gate = asyncio.Event()
    await fan_out(ws, 40)
    await ws.deliveries.start()
    await until(lambda: box.flying == 4)
    await asyncio.sleep(0.3)
    owners = [owner for owner in await column(ws, "owner") if owner]
    assert (box.flying, len(owners)) == (4, 4)
    box.gate.set()
    await until(lambda: len(box.sent) == 40)
    await ws.deliveries.stop()
    assert box.most_flying == 4


async def test_one_slow_recipient_does_not_hold_up_the_others(database_url: str):
    class Picky(Postbox):
        async def send(self, message: Claimed) -> SendResult:
            if message.recipient.id == "slow":
                await asyncio.sleep(3600)
            return await super().send(message)

    box = Picky(limits=Limits(at_once=2, one_per_recipient=True))
    async with workshop(database_url, channels=[box]) as ws:
        slow = [message(n, "slow", thread=f"incident:{n}") for n in range(10)]
        quick = [message(n, "quick", thread=f"incident:{n}") for n in range(5)]
        await enter(ws, *slow, *quick)
        await ws.deliveries.start()
        await until(lambda: len(box.sent) == 5)
        await ws.deliveries.stop(drain_seconds=0.05)
        assert [one.recipient.id for one in box.sent] == ["quick"] * 5


async def test_urgent_messages_go_first(ws: Workshop, box: Postbox):
    await fan_out(ws, 20, lane=Lane.BULK)
    await enter(ws, message("now", "urgent", lane=Lane.URGENT))
    await ws.settle()
    assert box.sent[0].recipient.id == "urgent"


async def test_a_stop_lets_what_is_in_flight_land(ws: Workshop, box: Postbox):
    box.gate = asyncio.Event()
    await fan_out(ws, 10)
    await ws.deliveries.start()
    await until(lambda: box.flying == 4)
    stopping = asyncio.create_task(ws.deliveries.stop(drain_seconds=5))
    await asyncio.sleep(0.05)
    box.gate.set()
    await stopping
    assert Counter(await states(ws)) == {"sent": 4, "pending": 6}
    assert box.closed


async def test_a_stop_that_cannot_wait_returns_the_leases_and_says_so(ws: Workshop, box: Postbox):
    box.gate = asyncio.Event()
    await fan_out(ws, 1)
    await ws.deliveries.start()
    await until(lambda: box.flying == 1)
    await ws.deliveries.stop(drain_seconds=0.05)
    assert await column(ws, "owner") == [None]
    [row] = await rows(ws)
    [attempt] = await ws.house.read(attempts_of, row.id)
    assert attempt.outcome == "interrupted"
    box.gate.set()
    second = DeliveryRunner(ws.database, [box], HOUSE)
    await second.run_due()
    assert await states(ws) == ["sent"]
    assert len({one.message_id for one in box.attempts}) == 1


async def test_a_dead_owners_messages_go_out_again_under_the_same_id(ws: Workshop, box: Postbox):
    box.gate = asyncio.Event()
    await fan_out(ws, 6)
    await ws.deliveries.start()
    await until(lambda: box.flying == 4)
    await kill(ws.deliveries)
    in_flight = {one.message_id for one in box.attempts}
    box.gate.set()
    second = DeliveryRunner(ws.database, [box], HOUSE)
    await second.run_due()
    assert Counter(await states(ws)) == {"sent": 2, "pending": 4}
    await expire_leases(ws)
    await second.run_due()
    assert Counter(await states(ws)) == {"sent": 6}
    assert Counter(one.message_id for one in box.sent) == Counter(
        {one.message_id for one in box.attempts}
    )
    twice = {key for key, times in Counter(o.message_id for o in box.attempts).items() if times > 1}
    assert twice == in_flight


async def test_what_a_dead_process_of_this_machine_held_goes_out_at_once(
    ws: Workshop, box: Postbox
):
    done = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await done.wait()
    machine = ws.deliveries.owner.split("-")[0]
    await fan_out(ws, 1)
    leased = {"leased_until": ws.clock.now() + timedelta(days=9999), "claimed_at": ws.clock.now()}
    await change(ws, owner=f"{machine}-{os.getpid()}-aa", attempts=1, **leased)
    await ws.deliveries.start()
    await asyncio.sleep(0.1)
    assert box.attempts == []
    await ws.deliveries.stop()
    await change(ws, owner=f"{machine}-{done.pid}-aa", attempts=1, **leased)
    second = DeliveryRunner(ws.database, [box], HOUSE)
    await second.start()
    await until(lambda: box.sent)
    await second.stop()
    [row] = await rows(ws)
    kept = await ws.house.read(attempts_of, row.id)
    assert [attempt.outcome for attempt in kept] == ["interrupted", "sent"]


@pytest.mark.parametrize("owner", ["", "x", "elsewhere-1-aa", "hmachine-999999-aa", "m12-x-aa"])
def test_nobody_is_declared_dead_on_suspicion(owner: str):
    assert not is_dead(owner)
    assert not is_dead(owner_name())


async def test_an_outcome_that_comes_after_the_takeover_is_not_lost(ws: Workshop, box: Postbox):
    """The first owner stalls past its lease, the second sends; the first was sent as well."""
    box.gate = asyncio.Event()
    await fan_out(ws, 1)
    first = asyncio.create_task(ws.deliveries.run_due())
    await until(lambda: box.flying == 1)
    await expire_leases(ws)
    other = Postbox()
    await DeliveryRunner(ws.database, [other], HOUSE).run_due()
    assert await states(ws) == ["sent"]
    box.gate.set()
    await first
    [row] = await rows(ws)
    kept = await ws.house.read(attempts_of, row.id)
    assert [attempt.outcome for attempt in kept] == ["sent", "sent"]
    assert (row.state, row.attempts) == ("sent", 2)


async def test_a_failure_that_comes_after_the_takeover_changes_nothing(ws: Workshop, box: Postbox):
    box.gate = asyncio.Event()
    box.errors.append(refused("550 no", permanent=True))
    await fan_out(ws, 1)
    first = asyncio.create_task(ws.deliveries.run_due())
    await until(lambda: box.flying == 1)
    await expire_leases(ws)
    other = Postbox(gate=asyncio.Event())
    second = asyncio.create_task(DeliveryRunner(ws.database, [other], HOUSE).run_due())
    await until(lambda: other.flying == 1)
    box.gate.set()
    await first
    assert await states(ws) == ["pending"]
    assert other.gate is not None
    other.gate.set()
    await second
    assert await states(ws) == ["sent"]


@pytest.mark.postgres
async def test_two_workers_on_one_postgres_share_the_work(postgres_url: str):
    slow = [Postbox(limits=Limits(at_once=4)), Postbox(limits=Limits(at_once=4))]
    async with workshop(postgres_url, channels=[slow[0]], rehearse=False) as ws:
        body = Body({"text": "all"})
        for thread in ("incident:one", "incident:two", "incident:three"):
            messages = [message(thread, f"person{n}", body=body, thread=thread) for n in range(100)]
            await ws.house.write(lambda tx, batch: tx.send_all(batch), messages)
        runners = [DeliveryRunner(ws.database, [box], HOUSE) for box in slow]
        for runner in runners:
            await runner.start()
        await until(lambda: sum(len(box.sent) for box in slow) >= 300, seconds=30)
        for runner in runners:
            await runner.stop()
        attempts = [one.id for box in slow for one in box.attempts]
        assert Counter(attempts).most_common(1)[0][1] == 1
        assert all(len(box.sent) > 30 for box in slow)
        assert all(box.most_flying <= 4 for box in slow)
        assert set(await column(ws, "state")) == {"sent"}


async def test_a_broken_way_out_is_probed_one_at_a_time(ws: Workshop, box: Postbox):
    box.rule = lambda _: refused("the relay is down", fault=Fault.TRANSPORT)
    await fan_out(ws, 20)
    await ws.deliveries.start()
    await asyncio.sleep(0.5)
    assert len(box.attempts) <= 4
    box.rule = lambda _: None
    await until(lambda: len(box.sent) >= 16)
    await ws.deliveries.stop()


async def test_an_outcome_is_written_again_when_the_database_was_busy(
    ws: Workshop, box: Postbox, monkeypatch: pytest.MonkeyPatch
):
    real = ws.database.write_in
    failed: list[object] = []

    async def flaky(lane: Lane, context: Context, verb: object, *args: object) -> object:
        if getattr(verb, "__name__", "") == "finish" and len(failed) < 2:
            failed.append(verb)
            raise ConnectionError("busy")
        return await real(lane, context, verb, *args)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(ws.database, "write_in", flaky)
    await fan_out(ws, 1)
    await ws.settle()
    assert await states(ws) == ["sent"]
    assert len(box.attempts) == 1


def test_a_gate_opens_wider_only_after_an_answer():
    gate, down = Gate(), refused(fault=Fault.TRANSPORT)
    assert gate.places(8, 0.0) == 8
    gate.note(down, 0.0)
    gate.note(down, 0.1)
    assert (gate.places(8, 0.9), gate.shut_for(0.4)) == (0, 0.6)
    assert gate.places(8, 1.0) == 1
    gate.note(down, 1.0)
    assert gate.places(8, 2.9) == 0
    gate.note(refused(fault=Fault.HELD), 3.0)
    assert gate.places(8, 3.0) == 1
    gate.note(refused("550 no such user", permanent=True), 3.1)
    assert (gate.places(8, 3.1), gate.shut_for(3.1)) == (8, 0.0)


async def kill(runner: DeliveryRunner) -> None:
    """What kill -9 leaves: no drain, no returned lease, no outcome."""
    tasks = [*runner._loops, *(task for flying in runner._flying.values() for task in flying)]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def expire_leases(ws: Workshop) -> None:
    held = ws.clock.now() - timedelta(days=9999)
    await change(ws, leased_until=held)
