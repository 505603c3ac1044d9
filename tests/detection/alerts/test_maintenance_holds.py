"""Work that was announced alarms nobody, and what is left of it afterwards does."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.detection.alerts.calm import DOWN, MINUTE, WELL, Calm, calm_house
from tests.support.detection import ROOM
from tocsin.detection import alerts, conditions
from tocsin.detection.alerts import AlertKind, Alerts, HeldBy
from tocsin.detection.alerts.calls import Call, raise_call
from tocsin.kernel.intervals import Interval
from tocsin.kernel.segments import LineKind
from tocsin.kernel.severity import Severity
from tocsin.registry import maintenance


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[Calm]:
    async with calm_house(database_url, {"db": (), "api": ("db",)}) as calm:
        await calm.polls({"db": WELL, "api": WELL}, 2)
        yield calm


async def work_on(house: Calm, service: str, minutes: int) -> maintenance.Window:
    now = house.shop.clock.now()
    draft = maintenance.WindowDraft("Upgrade", now, now + minutes * MINUTE, (service,))
    window = await house.shop.desk.write(maintenance.schedule_window, draft)
    await house.shop.settle()
    return window


async def test_trouble_within_a_window_is_held_and_its_end_unseen(house):
    await work_on(house, "db", 60)
    await house.polls({"db": DOWN}, 3, settled=True)
    (held,) = await house.shop.house.read(alerts.alerts_of, "db")
    assert held.held_by is HeldBy.MAINTENANCE
    assert held.held_reason is not None
    assert held.held_reason.startswith("Held back: the maintenance “Upgrade” is under way until")
    await house.polls({"db": WELL}, 3, settled=True)
    assert await house.heard() == []


async def test_trouble_that_outlasts_the_window_is_told_then(house):
    await work_on(house, "db", 30)
    await house.polls({"db": DOWN}, 28, settled=True)
    assert await house.heard() == []
    await house.polls({"db": DOWN}, 10, settled=True)
    assert await house.heard() == ["released db"]
    await house.polls({"db": WELL}, 2, settled=True)
    assert await house.heard() == ["released db", "resolved db"]


async def test_a_recovery_right_after_the_window_is_no_alarm(house):
    await work_on(house, "db", 30)
    await house.polls({"db": DOWN}, 31, settled=True)
    await house.polls({"db": WELL}, 10, settled=True)
    assert await house.heard() == []


async def test_what_depends_on_a_service_in_maintenance_is_held_too(house):
    await work_on(house, "db", 60)
    await house.polls({"db": WELL, "api": DOWN}, 3, settled=True)
    assert await house.heard() == []
    kept = await house.shop.house.read(lambda tx: alerts.decisions_about(tx, service_id="api"))
    assert "DB, which it depends on, is in maintenance" in kept[0].reason


async def test_a_window_completed_early_frees_what_it_held(house):
    window = await work_on(house, "db", 120)
    await house.polls({"db": DOWN}, 5, settled=True)
    await house.shop.desk.write(maintenance.complete_window, window.id)
    await house.polls({"db": DOWN}, 6, settled=True)
    assert await house.heard() == ["released db"]


async def test_what_was_told_before_the_window_is_told_to_its_end(house):
    await house.polls({"db": DOWN}, 1, settled=True)
    await work_on(house, "db", 60)
    await house.polls({"db": WELL}, 2, settled=True)
    assert await house.heard() == ["raised db", "resolved db"]


async def test_the_flag_follows_the_window_at_once_and_leaves_uptime(house):
    await work_on(house, "db", 30)
    state = await house.shop.house.read(conditions.state, "db")
    assert state is not None
    assert state.maintenance
    await house.polls({"db": DOWN}, 29, settled=True)
    await house.shop.pass_time(2 * MINUTE, MINUTE)
    await house.polls({"db": WELL}, 2, settled=True)
    state = await house.shop.house.read(conditions.state, "db")
    assert state is not None
    assert not state.maintenance

    def tally(tx):
        window = Interval(tx.now - timedelta(hours=2), tx.now)
        return conditions.lines(tx, LineKind.CONFIRMED, window)["db"].tally(window, tx.now)

    spent = await house.shop.house.read(tally)
    assert spent.maintenance == timedelta(minutes=30)
    assert spent.bad_seconds() <= 120


async def test_what_a_trigger_calls_is_held_and_freed_like_everything_else(house):
    await work_on(house, "db", 30)
    call = Call(
        service_id="db",
        kind=AlertKind.TRIGGER,
        key="slow",
        title="DB: slow",
        severity=Severity.HIGH,
        since=house.shop.clock.now(),
        reason="response_time > 3000 for 5 min.",
    )
    await house.shop.house.write(raise_call, Alerts(ROOM), call)
    assert await house.heard() == []
    await house.shop.pass_time(32 * MINUTE, MINUTE)
    assert await house.heard() == []
    await house.shop.pass_time(3 * MINUTE, MINUTE)
    assert await house.heard() == ["released db"]
