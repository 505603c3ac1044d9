"""Endpoints that switch themselves off, and those that never do."""

from datetime import timedelta

import pytest

from tests.platform.delivery.postbox import Postbox, enter, message, refused, rows, states
from tests.support.spine import Workshop
from tocsin.kernel.facts import Entry
from tocsin.platform.delivery import Fault, Recipient, endpoints_of, readdress, send_again, withdraw


async def fail_for(ws: Workshop, box: Postbox, times: int, every: timedelta, **kinds: str) -> None:
    """Ten messages about ten things, each refused for good."""
    box.rule = lambda _: refused("550 no", permanent=True)
    for number in range(times):
        await enter(ws, message(number, thread=f"incident:{number}", **kinds))
        await ws.settle()
        await ws.pass_time(every)
    box.rule = lambda _: None


async def switched_off(ws: Workshop) -> list[Entry]:
    return await ws.facts("delivery.endpoint_disabled")


@pytest.mark.parametrize("purpose", ["subscriber", "webhook"])
async def test_ten_failures_over_an_hour_switch_an_endpoint_off(
    ws: Workshop, box: Postbox, purpose: str
):
    await fail_for(ws, box, 10, timedelta(minutes=7), purpose=purpose)
    [fact] = await switched_off(ws)
    assert fact.subject == "subscriber:ann"
    assert (fact.payload["channel"], fact.payload["failures"]) == ("post", 10)
    sent = len(box.attempts)
    await enter(ws, message("later", purpose=purpose), message("later", "ben", purpose=purpose))
    await ws.settle()
    assert len(box.attempts) == sent + 1
    late = (await rows(ws))[-2]
    assert late.state == "failed"
    assert late.last_answer == (
        "Not sent: the address was switched off on 2026-03-03 at 13:03 UTC after 10 failed attempts."
    )


async def test_what_waits_for_a_switched_off_endpoint_is_given_up(ws: Workshop, box: Postbox):
    await fail_for(ws, box, 9, timedelta(minutes=7))
    box.errors.extend([refused("450 later"), refused("550 no", permanent=True)])
    await enter(ws, message("waits", thread="incident:waits"))
    await ws.settle()
    await ws.pass_time(timedelta(seconds=1))
    await enter(ws, message("last", thread="incident:last"))
    await ws.settle()
    assert len(await switched_off(ws)) == 1
    assert (await states(ws))[-2:] == ["failed", "failed"]


@pytest.mark.parametrize("purpose", ["paging", "ops"])
async def test_paging_and_ops_are_never_switched_off(ws: Workshop, box: Postbox, purpose: str):
    await fail_for(ws, box, 15, timedelta(minutes=10), purpose=purpose)
    assert await switched_off(ws) == []
    await enter(ws, message("later", purpose=purpose))
    await ws.settle()
    assert (await states(ws))[-1] == "sent"


async def test_many_failures_in_a_short_time_are_no_reason(ws: Workshop, box: Postbox):
    await fail_for(ws, box, 20, timedelta(minutes=2))
    assert await switched_off(ws) == []


async def test_a_success_ends_the_count(ws: Workshop, box: Postbox):
    await fail_for(ws, box, 8, timedelta(minutes=10))
    await enter(ws, message("good", thread="incident:good"))
    await ws.settle()
    await fail_for(ws, box, 8, timedelta(minutes=10), key="again")
    assert await switched_off(ws) == []


async def test_an_endpoint_that_is_gone_is_switched_off_at_once(ws: Workshop, box: Postbox):
    box.errors.append(refused("410 gone", permanent=True, gone=True))
    await enter(ws, message(1))
    await ws.settle()
    assert len(await switched_off(ws)) == 1


@pytest.mark.parametrize("fault", [Fault.MESSAGE, Fault.TRANSPORT, Fault.HELD])
async def test_failures_that_are_not_the_endpoints_do_not_count(
    ws: Workshop, box: Postbox, fault: Fault
):
    box.rule = lambda _: refused("not you", fault=fault)
    for number in range(4):
        await enter(ws, message(number, thread=f"incident:{number}"))
    await ws.pass_time(timedelta(hours=2), step=timedelta(minutes=8))
    assert len(box.attempts) > 10
    assert await switched_off(ws) == []
    assert await ws.house.read(endpoints_of, "subscriber", ["ann"]) == {}


async def test_sending_again_trusts_the_endpoint_again(ws: Workshop, box: Postbox):
    box.errors.append(refused("410 gone", permanent=True, gone=True))
    [identifier] = await enter(ws, message(1))
    assert identifier is not None
    await ws.settle()
    assert "ann" in await ws.house.read(endpoints_of, "subscriber", ["ann", "ben"])
    await ws.desk.write(send_again, identifier)
    await enter(ws, message(2))
    await ws.settle()
    assert await states(ws) == ["sent", "sent"]


async def test_what_waits_goes_to_a_new_address_and_the_old_failures_are_forgotten(
    ws: Workshop, box: Postbox
):
    box.errors.append(refused())
    await enter(ws, message(1))
    await ws.settle()
    moved = Recipient("subscriber", "ann", "new@example.org", "Ann", sealed="new")
    await ws.desk.write(readdress, "post", moved)
    await ws.settle()
    assert [(one.recipient.address, one.recipient.sealed) for one in box.sent] == [
        ("new@example.org", "new")
    ]
    assert await ws.house.read(endpoints_of, "subscriber", ["ann"]) == {}


async def test_what_waits_for_somebody_who_left_is_given_up(ws: Workshop, box: Postbox):
    await enter(ws, message(1), message(2, thread="incident:two"), message(3, "ben"))
    assert await ws.desk.write(withdraw, "post", "subscriber", "ann", "Ann left.") == 2
    await ws.settle()
    assert await states(ws) == ["failed", "failed", "sent"]
    assert (await rows(ws))[0].last_answer == "Ann left."
