"""Own checks: run at their place, judged in memory, written only when they say something new."""

from datetime import timedelta

from sqlalchemy import update

from tests.detection.signals.checking.conftest import DOWN, FINE, Watch
from tests.support.spine import START
from tocsin.detection.signals import PollerHealth
from tocsin.detection.signals.checking.store import return_lease
from tocsin.detection.signals.tables import check_leases
from tocsin.detection.signals.verbs import MonitorChange, MonitorDraft, add_monitor, edit_monitor
from tocsin.kernel.status import Status
from tocsin.registry import catalog

MINUTE = timedelta(minutes=1)


async def test_a_new_check_runs_at_once_and_then_once_an_interval(watch: Watch):
    source = await watch.declare()
    assert (source.state.status, source.state.last_polled_at) == (Status.OPERATIONAL, START)
    assert (watch.samples.last.status, watch.samples.last.settled) == (Status.OPERATIONAL, True)
    await watch.passes(120)
    before = len(watch.told.asked["shop"])
    await watch.passes(600)
    asked = watch.told.asked["shop"]
    assert len(asked) == before + 10
    assert {later - earlier for earlier, later in zip(asked[-10:], asked[-9:], strict=False)} == {
        MINUTE
    }


async def test_a_steady_check_costs_no_statement(watch: Watch):
    await watch.declare()
    await watch.passes(120)
    await watch.checker.flush()
    samples = len(watch.samples.all)
    watch.statements.clear()
    await watch.passes(55)
    written = [one for one in watch.statements if "sources" in one or "service" in one]
    assert written == []
    assert len(watch.samples.all) == samples


async def test_what_moves_is_written_in_bulk_once_a_minute(watch: Watch):
    await watch.declare()
    await watch.passes(180)
    watch.told.answers["shop"] = FINE
    await watch.checker.flush()
    state = (await watch.source()).state
    last = watch.told.asked["shop"][-1]
    assert (state.last_polled_at, state.last_good_at) == (last, last)
    assert state.response_ms == 120
    assert watch.samples.looks[-1].service_id == "shop"
    assert (watch.samples.looks[-1].at, watch.samples.looks[-1].good_at) == (last, last)


async def test_down_is_told_in_the_second_that_believes_it(watch: Watch):
    await watch.declare()
    await watch.passes(120)
    watch.told.answers["shop"] = DOWN
    before = len(watch.told.asked["shop"])
    while len(watch.told.asked["shop"]) == before:
        await watch.passes(1, 1)
    doubted = watch.samples.last
    assert (doubted.status, doubted.counts) == (Status.OPERATIONAL, False)
    await watch.passes(10, 1)
    down = watch.samples.last
    assert (down.status, down.counts, down.settled) == (Status.MAJOR_OUTAGE, True, True)
    assert down.at - watch.told.asked["shop"][-2] == timedelta(seconds=10)
    assert (await watch.source()).state.status is Status.MAJOR_OUTAGE


async def test_a_steady_outage_costs_no_statement_either(watch: Watch):
    watch.told.answers["shop"] = DOWN
    await watch.declare()
    await watch.passes(180)
    assert (await watch.source()).state.status is Status.MAJOR_OUTAGE
    told = len(watch.samples.all)
    await watch.passes(300)
    assert len(watch.samples.all) == told
    watch.told.answers["shop"] = FINE
    await watch.passes(60)
    assert watch.samples.last.status is Status.OPERATIONAL
    assert watch.samples.last.counts


async def test_our_own_fault_is_poller_health_and_never_an_outage(watch: Watch):
    await watch.declare()
    watch.told.answers["shop"] = ValueError("127.0.0.1 may not be asked.")
    await watch.passes(120)
    failing = (await watch.source()).state
    assert (failing.health, failing.last_error) == (
        PollerHealth.FAILING,
        "127.0.0.1 may not be asked.",
    )
    watch.told.answers["shop"] = ZeroDivisionError()
    await watch.passes(180)
    state = (await watch.source()).state
    assert (state.health, state.status) == (PollerHealth.BROKEN, Status.UNKNOWN)
    assert state.last_error == "Running the check failed (ZeroDivisionError)."


async def test_an_added_check_is_taken_up_and_an_edited_one_prepared_anew(watch: Watch):
    await watch.declare()
    config = watch.room.kinds.check({"kind": "told", "target": "cart", "interval_seconds": 30})
    draft = MonitorDraft("shop", "Cart", config)
    added = await watch.house.desk.write(add_monitor, watch.room, draft)
    await watch.house.settle()
    assert len(watch.told.asked["cart"]) == 1
    prepared = watch.told.prepared
    await watch.passes(120)
    assert watch.told.prepared == prepared
    change = MonitorChange(config={"target": "till"})
    await watch.house.desk.write(edit_monitor, watch.room, added.id, change, None)
    asked = len(watch.told.asked["cart"])
    await watch.passes(60)
    assert (len(watch.told.asked["cart"]), len(watch.told.asked["till"]) >= 2) == (asked, True)


async def test_the_check_of_an_archived_service_rests_until_it_is_back(watch: Watch):
    await watch.declare()
    await watch.house.desk.write(catalog.archive_service, "shop")
    await watch.house.settle()
    asked = len(watch.told.asked["shop"])
    await watch.passes(300, 30)
    assert len(watch.told.asked["shop"]) == asked
    await watch.declare()
    assert len(watch.told.asked["shop"]) == asked + 1
    await watch.passes(120)
    assert watch.samples.last.status is Status.OPERATIONAL


async def test_one_process_runs_the_checks_and_another_takes_over_when_it_dies(watch: Watch):
    await watch.declare()
    other = watch.another()
    watch.house.clock.move(2 * MINUTE)
    assert await other.run_due() == 0
    assert await watch.checker.run_due() == 1
    died = update(check_leases).values(leased_until=START - timedelta(days=10_000))
    await watch.house.house.write(lambda tx: tx.execute(died) and None)
    late = watch.another()
    await late.run_due()
    watch.house.clock.move(2 * MINUTE)
    assert await late.run_due() == 1
    third = watch.another()
    assert await third.run_due() == 0


async def test_a_checker_that_stops_writes_what_it_knows_and_hands_over(watch: Watch):
    await watch.declare()
    await watch.passes(120)
    await watch.checker.stop()
    state = (await watch.source()).state
    assert state.last_polled_at == watch.told.asked["shop"][-1]
    successor = watch.another()
    await successor.run_due()
    watch.house.clock.move(2 * MINUTE)
    assert await successor.run_due() == 1
    assert await watch.another().run_due() == 0


async def test_handing_over_twice_takes_nothing_from_the_successor(watch: Watch):
    await watch.declare()
    stranger = watch.another()
    await watch.house.house.write(return_lease, stranger.owner)
    assert await stranger.run_due() == 0


async def test_a_restart_does_not_ask_everybody_at_once(watch: Watch):
    for name in ("a", "b", "c", "d"):
        await watch.declare(name)
    await watch.passes(180)
    await watch.checker.stop()
    asked = {name: len(when) for name, when in watch.told.asked.items()}
    watch.house.also = watch.another().run_due
    await watch.house.settle()
    assert {name: len(when) for name, when in watch.told.asked.items()} == asked
    await watch.passes(60)
    assert {name: len(when) for name, when in watch.told.asked.items()} == {
        name: count + 1 for name, count in asked.items()
    }
