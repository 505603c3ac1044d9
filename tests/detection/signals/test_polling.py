"""Polling as it happens: a vendor on loopback, a clock that the test moves, real adapters."""

from datetime import timedelta

import pytest
from aiohttp import web
from sqlalchemy import event

from tests.adapters.feeds.pages import component, maintenance, summary
from tests.detection.signals.conftest import MINUTE, Post
from tests.support.spine import START
from tocsin.detection.signals import PollerHealth
from tocsin.detection.signals.timers import resume_at_start
from tocsin.detection.signals.verbs import follow_service
from tocsin.kernel.facts import SYSTEM, ActorKind
from tocsin.kernel.status import Status
from tocsin.platform.agenda.tables import agenda_items
from tocsin.registry import catalog
from tocsin.registry.catalog import ServiceChange
from tocsin.registry.maintenance import Filter, windows

SECOND = timedelta(seconds=1)


async def test_a_new_service_is_polled_at_once(post: Post):
    post.vendor.shows(api="operational", web="partial_outage")
    await post.declare()
    sample = post.samples.last
    assert (sample.service_id, sample.status) == ("vendor", Status.PARTIAL_OUTAGE)
    assert (sample.health, sample.counts, sample.by_hand) == ("ok", True, False)
    assert sample.detail == "Web: partial outage"
    source = await post.source()
    assert sample.cause == {"id": source.id.hex, "kind": "statuspage"}
    assert (source.declared, source.state.last_good_at) == (True, START)


async def test_a_source_is_polled_once_per_interval(post: Post):
    await post.declare()
    await post.first_rounds()
    before = len(post.vendor.asked)
    await post.polls(10)
    assert len(post.vendor.asked) == before + 10
    assert [sample.counts for sample in post.samples.all[-10:]] == [True] * 10


async def test_who_has_seen_the_page_asks_whether_it_changed(post: Post):
    await post.declare()
    await post.first_rounds()
    assert "If-None-Match" in post.vendor.asked[-1].headers
    post.vendor.shows(api="degraded_performance")
    await post.polls()
    assert post.samples.last.status is Status.DEGRADED
    await post.polls(3)
    assert post.samples.last.status is Status.DEGRADED
    assert (post.samples.last.counts, post.samples.last.health) == (True, "ok")


async def test_a_steady_poll_writes_one_small_update_and_no_fact(post: Post):
    await post.declare()
    await post.first_rounds()
    written: list[str] = []
    facts = len(await post.house.facts())

    def note(connection, cursor, statement, parameters, context, executemany):
        words = statement.split()
        if words[0] in ("INSERT", "UPDATE", "DELETE") and "agenda_items" not in statement:
            written.append(statement)

    engine = post.house.database._writer._engine  # type: ignore[attr-defined]  # counts statements
    event.listen(engine, "before_cursor_execute", note)
    await post.polls(3)
    event.remove(engine, "before_cursor_execute", note)
    per_poll = len(written) / 3 / 2  # every unit is rehearsed once
    assert per_poll == 1
    assert all(statement.startswith("UPDATE sources") for statement in written)
    assert all(statement.count("=") <= 5 for statement in written)
    assert len(await post.house.facts()) == facts


async def test_failures_are_counted_and_the_last_good_state_is_kept(post: Post):
    post.vendor.shows(api="degraded_performance")
    await post.declare()
    await post.first_rounds()
    good_at = post.house.clock.now()
    post.vendor.is_down()
    await post.polls(2)
    failing = await post.source()
    assert (failing.state.health, failing.state.failures) == (PollerHealth.FAILING, 2)
    assert (post.samples.last.status, post.samples.last.health) == (Status.DEGRADED, "failing")
    assert not post.samples.last.counts
    await post.polls()
    broken = await post.source()
    assert (broken.state.health, broken.state.status) == (PollerHealth.BROKEN, Status.UNKNOWN)
    assert (post.samples.last.status, post.samples.last.health) == (Status.UNKNOWN, "broken")
    assert broken.state.last_good_status is Status.DEGRADED
    assert broken.state.last_good_at is not None
    assert good_at - MINUTE < broken.state.last_good_at <= good_at
    assert broken.state.last_error == "status.vendor.example answered 500 (Internal Server Error)."
    assert await post.kinds_of_facts() == ["signal.poller_broke"]


async def test_a_broken_poller_recovers_with_one_good_answer(post: Post):
    await post.declare()
    post.vendor.is_down()
    await post.polls(6)
    post.vendor.shows(api="operational")
    await post.polls()
    assert (post.samples.last.status, post.samples.last.health) == (Status.OPERATIONAL, "ok")
    assert await post.kinds_of_facts() == ["signal.poller_broke", "signal.poller_recovered"]
    [broke] = await post.house.facts("signal.poller_broke")
    assert (broke.subject, broke.actor) == ("service:vendor", SYSTEM)
    assert broke.payload["failures"] == 3


async def test_a_source_that_never_answered_is_unknown_and_broken(post: Post):
    post.vendor.is_down()
    await post.declare()
    assert (post.samples.last.status, post.samples.last.health) == (Status.UNKNOWN, "broken")
    assert await post.kinds_of_facts() == ["signal.poller_broke"]


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        ("<html>We moved!</html>", "text/html", "web page"),
        ("", "application/json", "empty"),
        ('{"page": {}}', "application/json", "shape"),
        ("{", "application/json", "not valid JSON"),
    ],
)
async def test_nonsense_is_poller_health_and_never_a_status(post, body, content_type, words):
    await post.declare()
    await post.first_rounds()
    post.vendor.says(body, content_type)
    await post.polls(3)
    assert (post.samples.last.status, post.samples.last.health) == (Status.UNKNOWN, "broken")
    assert words in (await post.source()).state.last_error


async def test_after_breaking_the_page_is_read_anew_and_not_taken_for_unchanged(post: Post):
    post.vendor.shows(api="major_outage")
    await post.declare()
    await post.first_rounds()
    post.vendor.is_down()
    await post.polls(4)
    post.vendor.mood = None
    await post.polls()
    assert "If-None-Match" not in post.vendor.asked[-1].headers
    assert post.samples.last.status is Status.MAJOR_OUTAGE


async def test_maintenance_is_a_flag(post: Post):
    post.vendor.shows(api="under_maintenance")
    await post.declare()
    assert (post.samples.last.status, post.samples.last.maintenance) == (Status.OPERATIONAL, True)


async def test_announced_maintenance_is_kept_as_long_as_it_is_announced(post: Post):
    work = maintenance("disks", "scheduled", "api")
    post.vendor.page = summary([component("api")], [], [work])
    await post.declare()
    await post.first_rounds()
    (window,) = await post.house.desk.read(windows, Filter.UPCOMING)
    assert (window.title, window.affected_services) == ("Work disks", ("vendor",))
    assert (f"{window.starts_at:%H:%M}", window.version) == ("22:00", 1)
    post.vendor.page = summary([component("api")], [], [work | {"status": "in_progress"}])
    await post.polls()
    assert len(await post.house.desk.read(windows, Filter.ACTIVE)) == 1
    post.vendor.shows(api="operational")
    await post.polls()
    assert await post.house.desk.read(windows, Filter.ACTIVE) == []
    facts = await post.house.facts("maintenance.vendor_announced")
    assert [fact.payload["gone"] for fact in facts] == [0, 0, 1]


async def test_an_archived_service_has_no_announced_maintenance(post: Post):
    post.vendor.page = summary([component("api")], [], [maintenance("disks", "scheduled", "api")])
    await post.declare()
    await post.house.desk.write(catalog.archive_service, "vendor")
    await post.house.settle()
    assert await post.house.desk.read(windows, Filter.UPCOMING) == []


async def test_a_vendor_that_asks_for_patience_gets_it(post: Post):
    await post.declare()
    await post.first_rounds()
    post.vendor.mood = lambda _: web.Response(status=429, headers={"Retry-After": "600"})
    await post.polls()
    before = len(post.vendor.asked)
    await post.polls(9)
    assert len(post.vendor.asked) == before
    await post.polls(2)
    assert len(post.vendor.asked) > before


async def test_a_watched_component_that_vanishes_is_told_once(post: Post):
    await post.declare(kind="statuspage", url=post.vendor.url(), components=["api"])
    assert post.samples.last.status is Status.OPERATIONAL
    post.vendor.shows(web="operational")
    await post.polls(3)
    assert (post.samples.last.status, post.samples.last.health) == (Status.UNKNOWN, "ok")
    assert (await post.source()).state.vanished == ("api",)
    [fact] = await post.house.facts("signal.components_vanished")
    assert fact.payload["components"] == 1


async def test_a_component_under_a_new_id_is_found_by_its_name(post: Post):
    await post.declare(kind="statuspage", url=post.vendor.url(), components=["api"])
    renamed = component("new-id", "major_outage", name="Api")
    post.vendor.page = summary([renamed, component("web")], [], [])
    await post.polls(2)
    assert post.samples.last.status is Status.MAJOR_OUTAGE
    assert await post.kinds_of_facts() == []


async def test_an_own_website_counts_as_down_after_its_retry(post: Post):
    await post.declare(kind="http", url=post.vendor.url("www.own.example"), interval_seconds=300)
    await post.house.pass_time(10 * MINUTE, MINUTE)
    assert (post.samples.last.status, post.samples.last.settled) == (Status.OPERATIONAL, True)
    post.vendor.is_down()
    before = len(post.vendor.asked)
    while len(post.vendor.asked) == before:
        await post.house.pass_time(SECOND * 5)
    doubted = post.samples.last
    assert (doubted.status, doubted.counts) == (Status.OPERATIONAL, False)
    await post.house.pass_time(SECOND * 10)
    down = post.samples.last
    assert (down.status, down.counts, down.settled) == (Status.MAJOR_OUTAGE, True, True)
    assert down.detail == "Answers with 500 (Internal Server Error)."
    post.vendor.mood = None
    await post.house.pass_time(5 * MINUTE, MINUTE)
    assert post.samples.last.status is Status.OPERATIONAL
    assert await post.kinds_of_facts() == []


async def test_a_blip_of_an_own_website_is_never_a_status(post: Post):
    await post.declare(kind="http", url=post.vendor.url("www.own.example"))
    await post.first_rounds()
    post.vendor.is_down()
    before = len(post.vendor.asked)
    while len(post.vendor.asked) == before:
        await post.house.pass_time(SECOND * 5)
    post.vendor.mood = None
    await post.polls(5)
    assert {sample.status for sample in post.samples.all} == {Status.OPERATIONAL}


async def test_a_changed_source_is_forgotten_and_polled_at_once(post: Post):
    await post.declare()
    before = await post.source()
    post.vendor.shows(api="major_outage", web="operational")
    source = post.room.kinds.check(
        {"kind": "statuspage", "url": post.vendor.url(), "components": ["web"]}
    )
    change = ServiceChange(source=source)
    await post.house.desk.write(catalog.edit_service, "vendor", change)
    await post.house.settle()
    after = await post.source()
    assert (after.id, after.version, after.components) == (before.id, 2, ("web",))
    assert post.samples.last.status is Status.OPERATIONAL


async def test_a_renamed_service_is_not_polled_for_that(post: Post):
    await post.declare()
    asked = len(post.vendor.asked)
    await post.house.desk.write(catalog.edit_service, "vendor", ServiceChange(name="Other"))
    await post.house.settle()
    assert len(post.vendor.asked) == asked


async def test_an_answer_to_an_old_question_is_thrown_away(post: Post):
    """The source is edited while its poll is under way."""
    await post.declare()
    await post.first_rounds()
    source = post.room.kinds.check({"kind": "statuspage", "url": post.vendor.url("b.example")})
    asked: list[str] = []

    async def slow(request: web.Request) -> web.StreamResponse:
        asked.append(request.host.partition(":")[0])
        if request.host.startswith("b.example"):
            return web.json_response(summary([component("api", "degraded_performance")], [], []))
        change = ServiceChange(source=source)
        await post.house.desk.write(catalog.edit_service, "vendor", change)
        await post.house.house.write(follow_service, post.room, "vendor")
        return web.json_response(summary([component("api", "major_outage")], [], []))

    post.vendor.mood = slow
    await post.polls()
    assert asked[:2] == ["status.vendor.example", "b.example"]
    assert Status.MAJOR_OUTAGE not in {sample.status for sample in post.samples.all}
    assert post.samples.last.status is Status.DEGRADED


async def test_an_archived_service_is_not_polled_and_a_restored_one_is(post: Post):
    await post.declare()
    await post.house.desk.write(catalog.archive_service, "vendor")
    await post.house.settle()
    asked = len(post.vendor.asked)
    await post.polls(5)
    assert len(post.vendor.asked) == asked
    left = await post.house.house.read(
        lambda tx: tx.all(
            agenda_items.select().where(
                agenda_items.c.tenant_id == tx.tenant, agenda_items.c.kind == "signals.poll"
            )
        )
    )
    assert left == []
    await post.declare()
    assert len(post.vendor.asked) == asked + 1
    await post.polls(2)
    assert len(post.vendor.asked) > asked + 1


async def test_a_source_turned_manual_is_asked_no_more(post: Post):
    await post.declare()
    change = ServiceChange(source={"kind": "manual"})
    await post.house.desk.write(catalog.edit_service, "vendor", change)
    await post.house.settle()
    asked = len(post.vendor.asked)
    await post.polls(3)
    assert len(post.vendor.asked) == asked
    assert (post.samples.last.status, post.samples.last.health) == (Status.UNKNOWN, "manual")


async def test_a_reader_that_breaks_is_a_failed_poll(post: Post, monkeypatch):
    await post.declare()

    async def stumble(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(post.room.kinds._kinds["statuspage"], "poll", stumble)
    await post.polls(2)
    state = (await post.source()).state
    assert (state.health, state.failures >= 1) == (PollerHealth.FAILING, True)
    assert state.last_error == "Reading the source failed (ZeroDivisionError)."


async def test_polling_is_nobodys_doing(post: Post):
    post.vendor.is_down()
    await post.declare()
    [fact] = await post.house.facts("signal.poller_broke")
    assert fact.actor.kind is ActorKind.SYSTEM


async def test_a_booting_worker_polls_sources_that_nobody_polls(post: Post):
    await post.declare()
    await post.declare("office", kind="manual")

    def forget(tx):
        tx.execute(
            agenda_items.delete().where(
                agenda_items.c.tenant_id == tx.tenant, agenda_items.c.kind == "signals.poll"
            )
        )

    await post.house.house.write(forget)
    asked = len(post.vendor.asked)
    await post.polls(3)
    assert len(post.vendor.asked) == asked
    for _ in range(2):
        await post.house.house.write(resume_at_start)
        await post.house.settle()
    assert len(post.vendor.asked) == asked + 1
    await post.polls(3)
    assert len(post.vendor.asked) >= asked + 3
