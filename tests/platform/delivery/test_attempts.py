"""Attempts: sent, tried again, given up, overtaken; in order per recipient and thread."""

from collections import deque
from datetime import timedelta

import pytest

from tests.platform.delivery.postbox import Postbox, change, enter, message, refused, rows, states
from tests.support.spine import Workshop, workshop
from tocsin.kernel.errors import Conflict, NotFound
from tocsin.kernel.ids import new_id
from tocsin.platform.database import ReadTx
from tocsin.platform.delivery import (
    DeliveryAttempt,
    DeliveryError,
    DeliveryState,
    Fault,
    Limits,
    attempts_of,
    counts_of_causes,
    send_again,
    waiting_count,
)

SECOND = timedelta(seconds=1)


async def attempts(ws: Workshop, number: int = 0) -> list[DeliveryAttempt]:
    return await ws.house.read(attempts_of, (await rows(ws))[number].id)


async def told(ws: Workshop) -> list[tuple[int, str, str]]:
    return [(one.number, one.outcome, one.answer) for one in await attempts(ws)]


async def test_what_the_provider_took_is_sent_and_its_answer_kept(ws: Workshop):
    await enter(ws, message(1))
    await ws.settle()
    [row] = await rows(ws)
    assert (row.state, row.attempts, row.last_answer) == (DeliveryState.SENT, 1, "250 taken")
    assert row.finished_at == ws.clock.now()
    assert await told(ws) == [(1, "sent", "250 taken")]


async def test_retries_back_off_and_keep_the_same_id(ws: Workshop, box: Postbox):
    box.errors = deque(refused(f"450 no {number}") for number in range(3))
    await enter(ws, message(1))
    waits: list[float] = []
    while len(box.sent) == 0:
        before, tried = ws.clock.now(), len(box.attempts)
        while len(box.attempts) == tried:
            await ws.pass_time(SECOND)
        waits.append((ws.clock.now() - before).total_seconds())
    assert waits[1:] == [2, 4, 8]
    assert len({one.message_id for one in box.attempts}) == 1
    assert [one.attempt for one in box.attempts] == [1, 2, 3, 4]
    assert [outcome for _, outcome, _ in await told(ws)] == ["failed"] * 3 + ["sent"]


async def test_the_provider_says_when_to_come_back(ws: Workshop, box: Postbox):
    box.errors.append(refused("429 slow down", retry_after=timedelta(seconds=40)))
    await enter(ws, message(1))
    await ws.settle()
    await ws.pass_time(timedelta(seconds=39))
    assert len(box.attempts) == 1
    await ws.pass_time(SECOND)
    assert box.texts == ["news 1"]


async def test_a_permanent_refusal_fails_at_once_and_is_a_fact(ws: Workshop, box: Postbox):
    box.errors.append(refused("550 no such user", permanent=True))
    await enter(ws, message(1))
    await ws.pass_time(timedelta(hours=3))
    assert await states(ws) == ["failed"]
    assert len(box.attempts) == 1
    [fact] = await ws.facts("delivery.failed")
    assert fact.payload == {
        "channel": "post",
        "recipient": "subscriber:ann",
        "purpose": "subscriber",
        "attempts": 1,
    }
    assert fact.thread == "incident:one"


async def test_it_is_given_up_after_the_last_try(database_url: str):
    box = Postbox(limits=Limits(at_once=1, tries=3), rule=lambda _: refused())
    async with workshop(database_url, channels=[box]) as ws:
        await enter(ws, message(1))
        await ws.pass_time(timedelta(seconds=20), step=2 * SECOND)
        assert await states(ws) == ["failed"]
        assert len(box.attempts) == 3


async def test_a_channel_that_breaks_is_a_failed_attempt_that_tells_no_secret(
    ws: Workshop, box: Postbox
):
    box.errors.append(RuntimeError("POST https://hooks.example.org/SECRET"))
    await enter(ws, message(1))
    await ws.settle()
    assert await told(ws) == [(1, "failed", "The channel broke: RuntimeError.")]
    await ws.pass_time(2 * SECOND)
    assert await states(ws) == ["sent"]


async def test_messages_of_a_thread_leave_in_order_and_threads_do_not_wait(
    ws: Workshop, box: Postbox
):
    await enter(ws, *(message(number) for number in range(5)))
    await enter(ws, message("other", thread="incident:two"), message("ben", to="ben"))
    await ws.settle()
    about_one = [one for one in box.sent if one.recipient.id == "ann" and "one" in one.thread]
    assert [one.content["text"] for one in about_one] == [f"news {number}" for number in range(5)]
    assert {"news other", "news ben"} <= set(box.texts[:3])


async def test_a_stale_message_is_superseded_and_the_recipient_gets_a_breath(
    ws: Workshop, box: Postbox
):
    box.errors = deque([refused(), refused()])
    await enter(ws, message(1), message(2), message(3))
    await ws.settle()
    assert await states(ws) == ["superseded", "pending", "pending"]
    assert len(box.attempts) == 1
    await ws.pass_time(2 * SECOND)
    assert await states(ws) == ["superseded", "superseded", "pending"]
    await ws.pass_time(2 * SECOND)
    assert await states(ws) == ["superseded", "superseded", "sent"]


async def test_a_permanent_refusal_lets_the_next_one_go(ws: Workshop, box: Postbox):
    box.errors.append(refused(permanent=True))
    await enter(ws, message(1), message(2))
    await ws.settle()
    assert await states(ws) == ["failed", "sent"]


@pytest.mark.parametrize("fault", [Fault.TRANSPORT, Fault.HELD])
async def test_a_broken_way_out_uses_up_no_try(database_url: str, fault: Fault):
    down = [True]

    def rule(_: object) -> DeliveryError | None:
        return refused("no route", fault=fault) if down[0] else None

    box = Postbox(limits=Limits(at_once=1, tries=2), rule=rule)
    async with workshop(database_url, channels=[box]) as ws:
        await enter(ws, message(1))
        await ws.pass_time(timedelta(hours=2), step=timedelta(minutes=6))
        assert await states(ws) == ["pending"]
        down[0] = False
        await ws.pass_time(timedelta(minutes=1))
        assert await states(ws) == ["sent"]


async def test_a_lease_that_ran_out_is_taken_over_and_its_attempt_kept(ws: Workshop, box: Postbox):
    await enter(ws, message(1))
    await ws.settle()
    claimed = box.attempts[0]
    await change(
        ws,
        state="pending",
        owner="dead-1",
        claimed_at=ws.clock.now(),
        leased_until=ws.clock.now() - timedelta(days=999),
        attempts=2,
        finished_at=None,
    )
    await ws.settle()
    assert [outcome for _, outcome, _ in await told(ws)] == ["sent", "interrupted", "sent"]
    assert box.attempts[1].message_id == claimed.message_id
    assert box.attempts[1].attempt == 3


async def test_a_live_lease_is_nobody_elses(ws: Workshop, box: Postbox):
    await enter(ws, message(1))
    await change(ws, owner="alive-1", leased_until=ws.clock.now() + timedelta(days=9999))
    await ws.settle()
    assert box.attempts == []


async def test_a_failed_delivery_gets_a_fresh_round_when_a_person_asks(database_url: str):
    box = Postbox(limits=Limits(at_once=1, tries=2), rule=lambda _: refused())
    async with workshop(database_url, channels=[box]) as ws:
        [identifier] = await enter(ws, message(1))
        assert identifier is not None
        await ws.pass_time(timedelta(seconds=10), step=2 * SECOND)
        assert (await states(ws), len(box.attempts)) == (["failed"], 2)
        await ws.desk.write(send_again, identifier)
        await ws.settle()
        assert await states(ws) == ["pending"]
        box.rule = lambda _: None
        await ws.pass_time(2 * SECOND)
        assert await states(ws) == ["sent"]
        assert [one.number for one in await attempts(ws)] == [1, 2, 3, 4]
        [asked] = await ws.facts("delivery.requested_again")
        assert asked.subject == f"delivery:{identifier.hex}"
        with pytest.raises(Conflict):
            await ws.desk.write(send_again, identifier)
        with pytest.raises(NotFound):
            await ws.desk.write(send_again, new_id())


async def test_the_counts_of_a_cause_say_how_far_it_got(ws: Workshop, box: Postbox):
    cause, other = new_id(), new_id()
    box.errors.append(refused(permanent=True))
    await enter(ws, message(1, "ann", cause=cause), message(1, "ben", cause=cause))
    await ws.settle()
    await enter(ws, message(1, "cem", cause=cause))

    def counts(tx: ReadTx) -> object:
        return counts_of_causes(tx, [cause, other]), counts_of_causes(tx, []), waiting_count(tx)

    assert await ws.house.read(counts) == (
        {cause: {"failed": 1, "sent": 1, "pending": 1}},
        {},
        1,
    )
