"""A service with several sources is as bad as the worst of them."""

import asyncio

import pytest

from tests.detection.signals.conftest import Post
from tocsin.detection import signals
from tocsin.detection.signals import MonitorDraft, add_monitor, remove_monitor
from tocsin.detection.signals.ports import NO_VALIDATORS, Reading
from tocsin.detection.signals.verbs import take_poll
from tocsin.kernel.errors import Conflict, NotFound
from tocsin.kernel.status import Status


async def add_check(post: Post, host: str = "www.own.example"):
    config = post.room.kinds.check({"kind": "http", "url": post.vendor.url(host), "retries": 0})
    draft = MonitorDraft("vendor", "Front page", config)
    return await post.house.desk.write(add_monitor, post.room, draft)


async def test_an_added_source_is_polled_at_once_and_may_make_things_worse(post: Post):
    await post.declare()
    post.vendor.page["components"][0]["status"] = "degraded_performance"
    await post.polls(2)
    assert post.samples.last.status is Status.DEGRADED
    check = await add_check(post)
    post.vendor.is_down()
    await post.house.settle()
    sample = post.samples.last
    assert (sample.status, sample.settled) == (Status.MAJOR_OUTAGE, True)
    assert sample.cause == {"id": check.id.hex, "kind": "http"}
    [fact] = await post.house.facts("signal.monitor_added")
    assert fact.payload == {"source": check.id.hex, "kind": "http"}


async def test_the_service_is_what_is_left_when_a_source_is_removed(post: Post):
    await post.declare()
    check = await add_check(post)
    post.vendor.is_down(404)
    await post.house.settle()
    assert post.samples.last.status is Status.MAJOR_OUTAGE
    await post.house.desk.write(remove_monitor, post.room, check.id, None)
    assert (post.samples.last.status, post.samples.last.counts) == (Status.OPERATIONAL, False)
    asked = len(post.vendor.asked)
    await post.polls(4)
    hosts = {request.host.partition(":")[0] for request in post.vendor.asked[asked:]}
    assert hosts == {"status.vendor.example"}
    with pytest.raises(NotFound):
        await post.house.desk.read(signals.source, check.id)


async def test_the_source_that_a_service_names_is_not_removed_here(post: Post):
    await post.declare()
    declared = await post.source()
    with pytest.raises(Conflict) as refused:
        await post.house.desk.write(remove_monitor, post.room, declared.id, None)
    assert refused.value.code == "declared_by_service"


async def test_sources_have_their_own_places_in_the_interval(post: Post):
    await post.declare()
    for number in range(6):
        await add_check(post, f"www{number}.own.example")
    await post.house.settle()
    await post.first_rounds()
    before = len(post.vendor.asked)
    await post.polls(4)
    assert len(post.vendor.asked) - before == 7 * 4


async def test_a_broken_page_beside_a_good_check_is_unknown_but_trouble_is_seen(post: Post):
    await post.declare()
    await add_check(post)
    await post.house.settle()
    post.vendor.says("<p>hello</p>")
    await post.polls(6)
    assert (post.samples.last.status, post.samples.last.health) == (Status.UNKNOWN, "broken")
    post.vendor.is_down()
    await post.polls(2)
    sample = post.samples.last
    assert (sample.status, sample.health) == (Status.MAJOR_OUTAGE, "failing")


async def test_there_is_an_end_to_sources(post: Post):
    await post.declare()
    made = await asyncio.gather(*(add_check(post) for _ in range(55)), return_exceptions=True)
    refusals = [one for one in made if isinstance(one, Conflict)]
    assert [one.code for one in refusals] == ["too_many_sources"] * 6


async def test_answers_at_once_end_in_what_they_say_together(post: Post):
    await post.declare(kind="manual")
    checks = [await add_check(post, f"www{number}.own.example") for number in range(6)]
    now = post.house.clock.now()
    for round_, bad in enumerate((2, 4, None)):
        statuses = [Status.MAJOR_OUTAGE if n == bad else Status.OPERATIONAL for n in range(6)]
        await asyncio.gather(
            *(
                post.house.house.write(
                    take_poll, post.room, check, now, Reading(status, "Seen."), NO_VALIDATORS
                )
                for check, status in zip(checks, statuses, strict=True)
            )
        )
        expected = Status.OPERATIONAL if bad is None else Status.MAJOR_OUTAGE
        assert post.samples.last.status is expected, round_
