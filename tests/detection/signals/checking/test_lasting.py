"""The days a certificate has left are kept when they change, for triggers to read."""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.detection.signals.checking.conftest import FINE, Watch
from tests.support.spine import START
from tocsin.detection import signals
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx


async def days_left(watch: Watch) -> list[tuple[datetime, float]]:
    def read(tx: ReadTx) -> list[tuple[datetime, float]]:
        window = Interval(START - timedelta(hours=1), tx.now + timedelta(hours=1))
        found = signals.metrics_of(tx, "shop", ["days_left"], window)
        return list(found.get("days_left", []))

    found: list[tuple[datetime, float]] = await watch.house.desk.read(read)
    return found


async def test_days_left_are_written_once_and_again_when_another_day_is_gone(watch: Watch):
    watch.told.answers["shop"] = replace(FINE, figures={"days_left": 12.9})
    await watch.declare()
    await watch.passes(300)
    assert [value for _, value in await days_left(watch)] == [12.9]
    watch.told.answers["shop"] = replace(FINE, figures={"days_left": 11.8})
    await watch.passes(180)
    assert [value for _, value in await days_left(watch)] == [12.9, 11.8]


async def test_checks_without_a_certificate_write_nothing(watch: Watch):
    await watch.declare()
    await watch.passes(180)
    assert await days_left(watch) == []
