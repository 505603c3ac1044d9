"""What happens when a message is entered in the ledger."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.platform.delivery.postbox import Postbox, enter, message, refused, rows, states
from tests.support.spine import Workshop
from tocsin.platform.database import ReadTx, Tx, across_tenants
from tocsin.platform.delivery import Body, DeliveryState, Recipient, delivery_bodies, fill


async def test_a_message_is_a_row_before_it_is_sent(ws: Workshop, box: Postbox):
    [identifier] = await enter(ws, message(1))
    [row] = await rows(ws)
    assert (row.id, row.state, row.attempts) == (identifier, DeliveryState.PENDING, 0)
    assert row.reason == "ann subscribed to the page."
    assert box.attempts == []


async def test_the_same_key_is_entered_once(ws: Workshop, box: Postbox):
    first, second = await enter(ws, message(1), message(1))
    assert first is not None
    assert second is None
    await ws.settle()
    assert box.texts == ["news 1"]


async def test_a_message_that_is_entered_with_a_failed_unit_never_existed(ws: Workshop):
    def unit(tx: Tx) -> None:
        tx.send(message(1))
        raise RuntimeError("the unit broke")

    with pytest.raises(RuntimeError):
        await ws.house.write(unit)
    assert await rows(ws) == []


async def test_a_fan_out_enters_what_is_new_and_stores_its_body_once(ws: Workshop, box: Postbox):
    body = Body({"text": "all of you"})
    everybody = [message("all", f"person{number}", body=body) for number in range(20)]

    def fan_out(tx: Tx, count: int) -> int:
        return tx.send_all(everybody[:count])

    assert await ws.house.write(fan_out, 5) == 5
    assert await ws.house.write(fan_out, 20) == 15
    assert await ws.house.write(fan_out, 0) == 0

    def bodies(tx: ReadTx) -> int:
        return int(tx.scalar(across_tenants(select(func.count()).select_from(delivery_bodies))))

    assert await ws.house.read(bodies) == 1
    await ws.settle()
    assert sorted(one.recipient.id for one in box.sent) == sorted(f"person{n}" for n in range(20))
    assert len(box.sent) == 20


async def test_without_its_setting_a_message_is_blocked_and_leaves_once_it_is_there(
    ws: Workshop, box: Postbox
):
    box.missing_setting = "POST_URL"
    await enter(ws, message(1), message(2))
    await ws.settle()
    assert [(row.state, row.blocked_by) for row in await rows(ws)] == [
        (DeliveryState.BLOCKED, "POST_URL"),
        (DeliveryState.BLOCKED, "POST_URL"),
    ]
    box.missing_setting = None
    await ws.settle()
    assert box.texts == ["news 1", "news 2"]
    assert {(row.state, row.blocked_by) for row in await rows(ws)} == {(DeliveryState.SENT, None)}


async def test_a_drill_never_leaves_the_building(ws: Workshop, box: Postbox):
    box.missing_setting = "POST_URL"
    await enter(ws, message(1, drill=True))
    await ws.settle()
    [row] = await rows(ws)
    assert box.attempts == []
    assert (row.state, row.channel, row.drill) == (DeliveryState.SENT, "post", True)
    assert row.last_answer == "Drill: nothing was sent by post."


async def test_news_overtakes_what_failed_and_waits(ws: Workshop, box: Postbox):
    box.errors.append(refused())
    await enter(ws, message(1))
    await ws.settle()
    await enter(ws, message(2))
    await ws.settle()
    assert await states(ws) == ["superseded", "sent"]
    assert box.texts == ["news 2"]


async def test_programs_get_every_event_however_late(ws: Workshop, box: Postbox):
    box.errors.append(refused())
    await enter(ws, message(1, purpose="webhook"))
    await ws.settle()
    await enter(ws, message(2, purpose="webhook"))
    await ws.pass_time(timedelta(minutes=5), step=timedelta(seconds=30))
    assert await states(ws) == ["sent", "sent"]
    assert box.texts == ["news 1", "news 2"]


async def test_news_about_something_else_overtakes_nothing(ws: Workshop, box: Postbox):
    box.errors.append(refused())
    await enter(ws, message(1))
    await ws.settle()
    await enter(ws, message(2, thread="incident:two"), message(3, to="ben"))
    await ws.settle()
    assert await states(ws) == ["pending", "sent", "sent"]


async def test_entering_again_does_not_overtake_what_came_later(ws: Workshop, box: Postbox):
    await enter(ws, message(1))
    await ws.settle()
    box.errors.append(refused())
    await enter(ws, message(2))
    await ws.settle()
    await enter(ws, message(1))
    assert await states(ws) == ["sent", "pending"]


async def test_a_secret_address_reaches_the_channel_and_no_reader(ws: Workshop, box: Postbox):
    recipient = Recipient("channel", "ops", "hooks.example.org", "Ops", sealed="sealed-url")
    await enter(ws, message(1, recipient=recipient))
    await ws.settle()
    assert box.sent[0].recipient.sealed == "sealed-url"
    [row] = await rows(ws)
    assert (row.recipient.address, row.recipient.sealed) == ("hooks.example.org", "")


def test_slots_are_filled_once_and_strangers_stay():
    content = {"text": "{{a}} {{b}} {{c}}", "more": ["{{a}}"], "number": 3}
    assert fill(content, {"a": "{{b}}", "b": "B"}) == {
        "text": "{{b}} B {{c}}",
        "more": ["{{b}}"],
        "number": 3,
    }
