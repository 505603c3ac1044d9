"""Results from the check to the chart: minutes, hours, days, and what is purged."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select, text

from tests.detection.signals.checking.conftest import DOWN, FINE, Watch, watch
from tests.detection.signals.results.test_packing import HOUR as HOUR_OF_BLOCKS
from tests.detection.signals.results.test_packing import an_hour
from tests.support.spine import START, TENANT
from tocsin.detection import signals
from tocsin.detection.signals.results import (
    check_blocks,
    check_results_minute,
    check_rollups,
    packing,
    store,
)
from tocsin.detection.signals.results.rollup import roll_up
from tocsin.detection.signals.results.tables import Period
from tocsin.kernel.errors import Invalid
from tocsin.kernel.ids import new_id
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx

__all__ = ["watch"]

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def rows(tx: ReadTx) -> tuple[int, int, int]:
    """How many rows there are of each kind."""
    counts = [
        tx.scalar(select(func.count()).where(table.c.tenant_id == TENANT))
        for table in (check_results_minute, check_blocks, check_rollups)
    ]
    return counts[0], counts[1], counts[2]


async def results(watch: Watch, start, end):
    source = await watch.source()
    found = await watch.house.desk.read(signals.results_of, [source.id], Interval(start, end))
    return found[source.id]


async def points(watch: Watch, start, end, step: timedelta):
    source = await watch.source()
    return await watch.house.desk.read(signals.latency, source.id, Interval(start, end), step)


@pytest.fixture
async def hours(watch: Watch) -> Watch:
    """Two hours and a bit of checks a minute, five of them bad."""
    await watch.declare(retries=0)
    await watch.passes(1_800, 60)
    watch.told.answers["shop"] = DOWN
    await watch.passes(300, 60)
    watch.told.answers["shop"] = FINE
    await watch.passes(6_000, 60)
    return watch


async def test_every_result_can_be_read_once_minutes_are_folded_into_hours(hours: Watch):
    now = hours.house.clock.now()
    found = await results(hours, START, now)
    asked = hours.told.asked["shop"]
    assert [one.at for one in found] == asked[: len(found)]
    assert len(found) >= len(asked) - 1  # the last minute may still be in memory
    bad = [one for one in found if not one.ok]
    assert len(bad) == 5
    assert {(one.response_ms, one.status_code, one.fault) for one in bad} == {
        (None, None, "refused")
    }
    assert {one.response_ms for one in found if one.ok} == {120}
    minutes, blocks, rollups = await hours.house.desk.read(rows)
    assert (blocks, rollups) == (2, 2)
    assert minutes <= 16


async def test_the_chart_joins_hours_and_the_minutes_since(hours: Watch):
    now = hours.house.clock.now()
    by_hour = await points(hours, START, now, HOUR)
    assert [point.start for point in by_hour] == [START, START + HOUR, START + 2 * HOUR]
    assert sum(point.bad for point in by_hour) == 5
    assert sum(point.count for point in by_hour) == len(await results(hours, START, now))
    assert {(point.p50, point.p99, point.avg) for point in by_hour} == {(120, 120, 120)}
    minutes = await points(hours, START, START + HOUR, timedelta(minutes=5))
    assert sum(point.count for point in minutes if point.start < START + HOUR) == by_hour[0].count


async def test_hours_become_days(watch: Watch):
    await watch.declare(interval_seconds=3600, retries=0)
    await watch.passes(2 * 86_400, 900)
    days = await points(watch, START - DAY, watch.house.clock.now(), DAY)
    assert [point.start for point in days] == [
        START.replace(hour=0),
        START.replace(hour=0) + DAY,
        START.replace(hour=0) + 2 * DAY,
    ]
    assert days[1].count == 24
    kept = await watch.house.desk.read(
        lambda tx: tx.scalar(
            select(func.count()).where(
                check_rollups.c.tenant_id == TENANT, check_rollups.c.period == "day"
            )
        )
    )
    assert kept == 2


async def test_old_results_are_purged_and_days_stay(watch: Watch):
    await watch.declare(interval_seconds=3600, retries=0)
    await watch.passes(2 * 86_400, 3_600)
    watch.told.asked.clear()
    before = await points(watch, START, START + 2 * DAY, DAY)
    await watch.checker.stop()
    watch.house.also = _nothing
    watch.house.clock.move(36 * DAY)
    await watch.house.settle()
    _, blocks, _ = await watch.house.desk.read(rows)
    assert blocks == 0
    assert (await points(watch, START, START + 2 * DAY, DAY))[:2] == before[:2]


async def _nothing() -> int:
    return 0


async def test_a_result_takes_eight_bytes_on_disk_all_told(watch: Watch):
    """Blocks and hourly roll-ups of 250 monitors that are checked once a minute."""
    if watch.house.database.kind != "sqlite":
        pytest.skip("the promise is about SQLite")
    random, monitors, count = Random(7), [new_id() for _ in range(250)], 4

    def size(tx: ReadTx) -> int:
        pages = tx.scalar(text("PRAGMA page_count")) - tx.scalar(text("PRAGMA freelist_count"))
        return int(pages * tx.scalar(text("PRAGMA page_size")))

    before = await watch.house.house.read(size)
    for number in range(count):
        hour = HOUR_OF_BLOCKS + number
        found = {one: an_hour(random, hour=hour) for one in monitors}
        blocks = {one: packing.pack(each, hour) for one, each in found.items()}
        rolled = {one: roll_up(each) for one, each in found.items()}
        await watch.house.house.write(store.write_blocks, hour, blocks)
        await watch.house.house.write(store.write_rollups, Period.HOUR, hour, rolled)
    after = await watch.house.house.read(size)
    assert (after - before) / (len(monitors) * count * 60) <= 8


async def test_a_window_without_bounds_is_refused(watch: Watch):
    source = await watch.declare()
    with pytest.raises(Invalid, match="too many results"):
        await watch.house.desk.read(
            signals.results_of, [source.id], Interval(START - 9_000 * DAY, START)
        )
    with pytest.raises(Invalid, match="1500 steps"):
        await points(watch, START - 300 * DAY, START, HOUR)


async def test_viewers_read_latency_and_results(hours: Watch):
    source = await hours.source()
    viewer = await hours.door.as_role("viewer")
    window = {"from": START.isoformat(), "to": (START + 2 * HOUR).isoformat()}
    path = f"/monitors/{source.id}"
    found = await viewer.get(f"{path}/latency", params={**window, "step": "1h"})
    assert found.status_code == 200, found.text
    assert next(point["bad"] for point in found.json()["points"]) == 5
    raw = await viewer.get(f"{path}/results", params=window)
    assert raw.json()["results"][0] == {
        "at": "2026-03-03T12:00:00Z",
        "ok": True,
        "response_ms": 120,
        "status_code": 200,
        "fault": None,
    }
    assert (await hours.door.client().get(f"{path}/results", params=window)).status_code == 401
    back = {"from": window["to"], "to": window["from"]}
    assert (await viewer.get(f"{path}/latency", params=back)).status_code == 422
