"""Triggers at work: rounds over what comes in, one fact when one fires and one when it clears."""

from datetime import datetime, timedelta

from tests.detection.triggers.conftest import Watch
from tests.detection.triggers.measured import broken, ok, slow
from tocsin.detection import triggers
from tocsin.detection.triggers import looking, queries, rounds
from tocsin.detection.triggers.verbs import EVALUATE, begin_at_start, take_round
from tocsin.kernel.severity import Severity
from tocsin.platform.agenda import agenda_items
from tocsin.registry import catalog


async def test_it_fires_and_clears_once(watch: Watch):
    made = await watch.add(service_id="shop", severity=Severity.CRITICAL, auto_create_incident=True)
    await watch.checks("oobbbbb")
    [fired] = await watch.told()
    assert fired.kind == "trigger.fired"
    assert fired.subject == f"trigger:{made.id.hex}"
    since = datetime.fromisoformat(fired.payload["since"])
    assert dict(fired.payload) == {
        "trigger": made.id.hex,
        "service_id": "shop",
        "tier": 1,
        "severity": "critical",
        "auto_create": True,
        "values": {"response_time": 90, "status_code": 503},
        "since": since.isoformat(),
    }
    assert fired.happened_at - since == timedelta(minutes=2)
    assert str(fired.actor) == "rule:triggers"
    await watch.checks("oooo")
    assert await watch.kinds() == ["fired", "cleared"]


async def test_a_trigger_without_a_service_watches_every_one(watch: Watch):
    await watch.add()
    watch.samples.found[watch.monitors["mail"].id] = []
    await watch.checks("bbbb", "mail")
    [fired] = await watch.told()
    assert (fired.payload["service_id"], fired.payload["tier"]) == ("mail", 2)


async def test_a_slow_check_that_comes_in_late_counts(watch: Watch):
    await watch.add("response_time > 30s", 2)
    found = watch.samples.found[watch.monitors["shop"].id]
    for _ in range(4):
        begun = watch.shop.clock.now()
        await watch.shop.pass_time(timedelta(seconds=45), timedelta(seconds=15))
        found.append(slow(begun))
        await watch.shop.pass_time(timedelta(seconds=15))
    await watch.shop.pass_time(timedelta(seconds=15))
    assert await watch.kinds() == ["fired"]


async def test_what_was_measured_before_it_was_made_decides_nothing(watch: Watch):
    await watch.checks("bbbbb")
    await watch.add()
    await watch.shop.settle()
    assert await watch.kinds() == []


async def test_a_change_of_meaning_clears_and_begins_anew(watch: Watch):
    made = await watch.add(service_id="shop")
    await watch.checks("bbbb")
    edit = triggers.edit_trigger
    await watch.shop.desk.write(edit, watch.samples, made.id, {"name": "Shop down"})
    assert await watch.kinds() == ["fired"]
    await watch.shop.desk.write(edit, watch.samples, made.id, {"duration_minutes": 3})
    assert await watch.kinds() == ["fired", "cleared"]
    await watch.checks("bb")
    assert await watch.kinds() == ["fired", "cleared"]
    await watch.checks("bbb")
    assert await watch.kinds() == ["fired", "cleared", "fired"]


async def test_a_disabled_or_archived_trigger_clears_and_looks_no_more(watch: Watch):
    made = await watch.add(service_id="shop")
    other = await watch.add("status_code >= 500", 2, service_id="shop")
    await watch.checks("bbbb")
    await watch.shop.desk.write(triggers.edit_trigger, watch.samples, made.id, {"enabled": False})
    await watch.shop.desk.write(triggers.archive_trigger, other.id)
    assert sorted(await watch.kinds()) == ["cleared", "cleared", "fired", "fired"]
    await watch.checks("bbbb")
    assert len(await watch.told()) == 4
    items = await watch.shop.house.read(
        lambda tx: tx.all(
            agenda_items.select().where(
                agenda_items.c.tenant_id == tx.tenant, agenda_items.c.kind == EVALUATE
            )
        )
    )
    assert items == []


async def test_an_archived_service_clears(watch: Watch):
    await watch.add()
    await watch.checks("bbbb")
    await watch.shop.desk.write(catalog.archive_service, "shop")
    await watch.shop.pass_time(timedelta(seconds=30))
    assert await watch.kinds() == ["fired", "cleared"]


async def test_rounds_begin_again_when_a_worker_starts(watch: Watch):
    await watch.add()
    await watch.shop.house.write(lambda tx: tx.cancel(EVALUATE, "round"))
    await watch.checks("bbbb")
    assert await watch.kinds() == []
    await watch.shop.house.write(begin_at_start)
    await watch.checks("bbb")
    assert await watch.kinds() == ["fired"]


async def test_a_round_of_many_pairs_takes_its_portions(watch: Watch, monkeypatch):
    monkeypatch.setattr(rounds, "PORTION", 1)
    await watch.add()
    await watch.add("status_code >= 500", 2)
    found = watch.samples.found
    for _ in range(4):
        for one in watch.monitors.values():
            found[one.id].append(broken(watch.shop.clock.now()))
        await watch.shop.pass_time(timedelta(minutes=1), timedelta(seconds=15))
    assert await watch.kinds() == ["fired"] * 4


async def test_calm_services_leave_no_rows_and_rounds_read_recent_values_only(watch: Watch):
    made = await watch.add("error_rate > 10%", 5)
    await watch.checks("oooooooo")
    states = await watch.shop.house.read(lambda tx: queries.states_of(tx, [made.id]))
    assert states == []
    assert max(window.duration for window in watch.samples.asked) < timedelta(minutes=20)


async def test_what_two_workers_found_is_written_once(watch: Watch):
    await watch.add(service_id="shop")
    await watch.checks("obb")
    watch.samples.found[watch.monitors["shop"].id].append(broken(watch.shop.clock.now()))
    watch.shop.clock.move(timedelta(seconds=1))
    until = watch.shop.clock.now()
    look = rounds.look
    first = await watch.shop.house.read(lambda tx: look(tx, watch.samples, until, None))
    second = await watch.shop.house.read(lambda tx: look(tx, watch.samples, until, None))
    await watch.shop.house.write(take_round, first, until)
    await watch.shop.house.write(take_round, second, until)
    assert await watch.kinds() == ["fired"]


async def test_mixed_conditions_wait_until_results_are_there(watch: Watch):
    """Results are kept by the minute, pushed values at once: judged too early, one is unknown."""
    often = watch.samples.watch("mail", "Often", every=10)
    await watch.add("queue > 5 AND up == 1", 2, service_id="mail")
    kept, now = watch.samples.found[often.id], watch.shop.clock.now
    for _ in range(7):
        begun = now()
        for _ in range(4):
            watch.samples.values["mail", "queue"].append((now(), 9.0))
            await watch.shop.pass_time(timedelta(seconds=15))
        kept += [ok(begun + timedelta(seconds=10 * n)) for n in range(6)]
    assert await watch.kinds() == ["fired"]


async def test_many_values_are_fetched_a_few_at_a_time(watch: Watch, monkeypatch):
    monkeypatch.setattr(looking, "MOST_VALUES", 10)
    await watch.add("error_rate > 10%", 5)
    found = watch.samples.found
    for _ in range(11):
        for one in watch.monitors.values():
            found[one.id].append(broken(watch.shop.clock.now()))
        await watch.shop.pass_time(timedelta(minutes=1), timedelta(seconds=15))
    assert sorted(fact.payload["service_id"] for fact in await watch.told()) == ["mail", "shop"]
    assert max(watch.samples.together) == 1
