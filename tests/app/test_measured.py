"""Triggers over what signals really keep: results by the minute, pushed values by the hour."""

from datetime import timedelta

from tests.support.front import front
from tests.support.spine import START, TENANT
from tocsin.app.measured import Measured
from tocsin.detection import triggers
from tocsin.detection.signals import CheckResult
from tocsin.detection.signals.metrics import Sample, take_samples
from tocsin.detection.signals.results import ResultBuffer
from tocsin.detection.signals.tables import sources
from tocsin.detection.triggers import TriggerDraft
from tocsin.detection.triggers.wiring import wire
from tocsin.kernel.ids import new_id
from tocsin.kernel.intervals import Interval
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft


async def test_a_trigger_fires_on_kept_results_and_pushed_values(database_url: str):
    samples = Measured()
    async with front(database_url, [wire(samples)]) as door:
        house = door.house
        draft = ServiceDraft("shop", "Shop", Category.SALES, {"kind": "manual"}, tier=1)
        await house.house.write(catalog.declare_service, draft)
        monitor = await _monitor(house)
        buffer = ResultBuffer(house.database)
        for name, condition in (("Down", "status_code >= 500"), ("Full", "queue > 5")):
            wanted = TriggerDraft(name, condition, "shop", duration_minutes=2)
            await house.desk.write(triggers.add_trigger, samples, wanted)
        for _ in range(6):
            await house.pass_time(timedelta(minutes=1), timedelta(seconds=15))
            now = house.clock.now()
            buffer.note(TENANT, monitor, CheckResult(now, ok=False, status_code=503))
            await buffer.flush()
            await house.desk.write(take_samples, "shop", [Sample("queue", 9.0)])
        await house.pass_time(timedelta(seconds=30), timedelta(seconds=15))
        fired = await house.facts("trigger.fired")
        assert sorted(next(iter(fact.payload["values"])) for fact in fired) == [
            "queue",
            "status_code",
        ]
        window = Interval(START, house.clock.now())
        [found] = (
            await house.desk.read(lambda tx: samples.results(tx, [monitor], window))
        ).values()
        assert [one.status_code for one in found] == [503] * 6


async def _monitor(house):
    """An own check that nobody runs: the story notes its results."""
    identifier = new_id()
    row = {
        "id": identifier,
        "tenant_id": TENANT,
        "service_id": "shop",
        "declared": False,
        "kind": "http",
        "polled": True,
        "settles": True,
        "config": {"kind": "http", "url": "http://127.0.0.1:9/", "interval_seconds": 60},
        "version": 1,
        "created_at": START,
        "updated_at": START,
        "status": "unknown",
        "maintenance": False,
        "health": "ok",
        "failures": 0,
        "misses": 0,
        "known_names": {},
        "vanished": [],
    }
    given = {name: value for name, value in row.items() if name in sources.c}
    await house.house.write(lambda tx: tx.execute(sources.insert().values(**given)))
    return identifier
