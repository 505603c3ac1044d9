"""What people say of a service holds until the feed changes its mind, or they take it back."""

import asyncio

import pytest

from tests.detection.signals.conftest import Post
from tests.support.spine import PERSON, START
from tocsin.detection import signals
from tocsin.detection.signals import release, set_status_by_hand
from tocsin.kernel.errors import Conflict, Invalid, NotFound
from tocsin.kernel.facts import Visibility
from tocsin.kernel.status import Status
from tocsin.registry import catalog

MAJOR, OK = Status.MAJOR_OUTAGE, Status.OPERATIONAL


async def say(post: Post, status: Status, service_id: str = "vendor", detail: str | None = None):
    await post.house.desk.write(
        set_status_by_hand, post.room, service_id, status, "Seen by myself.", detail
    )


async def held(post: Post, service_id: str = "vendor"):
    return await post.house.desk.read(signals.hold_of, service_id)


async def test_a_manual_service_is_unknown_until_somebody_speaks(post: Post):
    await post.declare(kind="manual")
    assert (post.samples.last.status, post.samples.last.health) == (Status.UNKNOWN, "manual")
    await say(post, MAJOR, detail="Nobody can log in.")
    sample = post.samples.last
    assert (sample.status, sample.health, sample.detail) == (MAJOR, "manual", "Nobody can log in.")
    assert (sample.by_hand, sample.spoken, sample.counts) == (True, True, False)
    await say(post, OK)
    assert post.samples.last.status is OK


async def test_a_word_is_kept_with_reason_author_and_time(post: Post):
    await post.declare()
    await say(post, MAJOR, detail=" Down for us. ")
    word = await held(post)
    assert (word.status, word.reason, word.detail) == (MAJOR, "Seen by myself.", "Down for us.")
    assert (word.set_by, word.set_at, word.feed_status) == (PERSON, START, OK)
    [fact] = await post.house.facts("signal.set_by_hand")
    assert (fact.actor, fact.payload) == (PERSON, {"status": "major_outage"})
    assert fact.visibility is Visibility.INTERNAL


async def test_a_word_holds_while_the_feed_reports_what_it_did_then(post: Post):
    await post.declare()
    await say(post, MAJOR)
    await post.polls(5)
    sample = post.samples.last
    assert (sample.status, sample.by_hand, sample.spoken, sample.counts) == (
        MAJOR,
        True,
        False,
        True,
    )
    post.vendor.shows(api="degraded_performance")
    await post.polls(2)
    assert (post.samples.last.status, post.samples.last.by_hand) == (Status.DEGRADED, False)
    assert await held(post) is None
    [fact] = await post.house.facts("signal.released")
    assert fact.payload == {"how": "feed"}


async def test_a_feed_that_breaks_takes_no_word_back(post: Post):
    await post.declare()
    await say(post, MAJOR)
    post.vendor.is_down()
    await post.polls(6)
    sample = post.samples.last
    assert (sample.status, sample.by_hand, sample.health) == (MAJOR, True, "broken")
    post.vendor.mood = None
    await post.polls(2)
    assert (post.samples.last.status, post.samples.last.by_hand) == (MAJOR, True)


async def test_a_first_answer_of_the_feed_ends_a_word_said_without_one(post: Post):
    post.vendor.is_down()
    await post.declare()
    await say(post, MAJOR)
    post.vendor.mood = None
    await post.polls(2)
    assert (post.samples.last.status, post.samples.last.by_hand) == (OK, False)


async def test_a_new_word_replaces_the_old_one_silently(post: Post):
    await post.declare()
    await say(post, MAJOR)
    await say(post, Status.DEGRADED)
    assert (await held(post)).status is Status.DEGRADED
    assert await post.kinds_of_facts() == ["signal.set_by_hand"] * 2


async def test_release_gives_the_feed_its_voice_back(post: Post):
    await post.declare()
    await say(post, MAJOR)
    await post.house.desk.write(release, post.room, "vendor")
    sample = post.samples.last
    assert (sample.status, sample.by_hand, sample.counts) == (OK, False, False)
    [fact] = await post.house.facts("signal.released")
    assert (fact.actor, fact.payload) == (PERSON, {"how": "released"})


async def test_release_needs_a_word_and_a_feed(post: Post):
    await post.declare()
    await post.declare("office", kind="manual")
    for service_id, code in (("vendor", "not_set_by_hand"), ("office", "not_set_by_hand")):
        with pytest.raises(Conflict) as refused:
            await post.house.desk.write(release, post.room, service_id)
        assert refused.value.code == code
    await say(post, MAJOR, "office")
    with pytest.raises(Conflict) as refused:
        await post.house.desk.write(release, post.room, "office")
    assert refused.value.code == "no_feed"
    with pytest.raises(NotFound):
        await post.house.desk.write(release, post.room, "ghost")


async def test_a_word_needs_a_reason_and_a_service(post: Post):
    await post.declare()
    for reason in ("", "  \n "):
        with pytest.raises(Invalid) as refused:
            await post.house.desk.write(set_status_by_hand, post.room, "vendor", MAJOR, reason)
        assert refused.value.errors[0].field == "reason"
    with pytest.raises(NotFound):
        await say(post, MAJOR, "ghost")
    assert await held(post) is None


async def test_words_at_once_leave_one_that_holds(post: Post):
    await post.declare()
    statuses = [MAJOR, Status.DEGRADED, Status.PARTIAL_OUTAGE] * 4
    await asyncio.gather(*(say(post, status) for status in statuses))
    assert (await held(post)).status in statuses
    assert len(await post.house.facts("signal.set_by_hand")) == len(statuses)


async def test_archiving_a_service_ends_what_was_said_of_it(post: Post):
    await post.declare()
    await say(post, MAJOR)
    await post.house.desk.write(catalog.archive_service, "vendor")
    await post.house.settle()
    assert await held(post) is None
    await post.declare()
    assert (post.samples.last.status, post.samples.last.by_hand) == (OK, False)


async def test_archiving_a_manual_service_ends_what_was_said_of_it(post: Post):
    await post.declare(kind="manual")
    await say(post, MAJOR)
    await post.house.desk.write(catalog.archive_service, "vendor")
    await post.house.settle()
    await post.declare(kind="manual")
    assert (post.samples.last.status, post.samples.last.by_hand) == (Status.UNKNOWN, False)


async def test_a_word_before_the_first_poll_is_heard(post: Post):
    checked = post.room.kinds.check({"kind": "statuspage", "url": post.vendor.url()})
    draft = catalog.ServiceDraft("vendor", "Vendor", catalog.Category.HR, checked)
    await post.house.desk.write(catalog.declare_service, draft)
    await say(post, MAJOR)
    assert (post.samples.last.status, post.samples.last.by_hand) == (MAJOR, True)
