"""Figures that programs push: taken by scope, kept packed, read by name."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from httpx import AsyncClient
from hypothesis import given
from hypothesis import strategies as st

from tests.detection.signals.conftest import Samples
from tests.support.front import Front, front
from tests.support.spine import START, TENANT
from tocsin.adapters.feeds.manual import ManualKind
from tocsin.detection import signals
from tocsin.detection.signals import Kinds, SignalSettings
from tocsin.detection.signals.metrics import packing
from tocsin.detection.signals.results.packing import hour_of, start_of
from tocsin.detection.signals.wiring import SignalPorts, wire
from tocsin.kernel.facts import SYSTEM
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import Context
from tocsin.platform.http import OutgoingClient
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.registry.catalog.registry_file import RegistryPlaces
from tocsin.registry.catalog.views import OwnView
from tocsin.registry.catalog.wiring import CatalogPorts
from tocsin.registry.catalog.wiring import wire as wire_catalog
from tocsin.registry.identity import TokenDraft, create_token, new_token

MINUTE = timedelta(minutes=1)
HOUR = hour_of(START)


@dataclass(slots=True)
class Meter:
    door: Front
    program: AsyncClient

    async def push(self, *samples: dict[str, Any], service: str = "shop") -> Any:
        body = {"service_id": service, "samples": list(samples)}
        return await self.program.post("/metrics-samples", json=body)

    async def read(self, *names: str, since: Any = START - timedelta(days=2)) -> Any:
        window = Interval(since, START + timedelta(hours=1))
        return await self.door.house.desk.read(signals.metrics_of, "shop", names, window)


@pytest.fixture
async def meter(database_url: str) -> AsyncIterator[Meter]:
    kinds = Kinds((ManualKind(),), OutgoingClient(_Nowhere()))
    wirings = [
        wire_catalog(CatalogPorts(kinds, places=RegistryPlaces(None, ()))),
        wire(SignalPorts(kinds, Samples(), OwnView(), SignalSettings(keep_results_days=7))),
    ]
    async with front(database_url, wirings) as door:
        draft = ServiceDraft("shop", "Shop", Category.ENGINEERING, {"kind": "manual"})
        await door.house.desk.write(catalog.declare_service, draft)
        secret = new_token()
        scoped = TokenDraft("meter", None, frozenset({"metrics.write"}))
        await door.house.database.write(Context(TENANT, SYSTEM), create_token, scoped, secret)
        yield Meter(door, door.client(secret))


class _Nowhere:
    def now(self) -> Any:
        raise AssertionError("nobody asks out there")


@given(
    st.dictionaries(
        st.integers(0, 3_599_999), st.floats(allow_nan=False, allow_infinity=False), max_size=50
    )
)
def test_samples_come_back(points: dict[int, float]):
    base = start_of(HOUR)
    given_ = [(base + timedelta(milliseconds=at), points[at]) for at in sorted(points)]
    assert packing.unpack(packing.pack(given_, HOUR), HOUR) == given_


def test_a_sample_takes_little_room():
    random = Random(7)
    points = [(start_of(HOUR) + MINUTE * n, round(random.uniform(0, 5), 2)) for n in range(60)]
    whole = [(at, float(round(value))) for at, value in points]
    assert len(packing.pack(whole, HOUR)) / 60 < 3
    assert len(packing.pack(points, HOUR)) / 60 < 12


async def test_pushed_samples_are_read_by_name(meter: Meter):
    early = START - 3 * MINUTE
    answer = await meter.push(
        {"name": "error_rate", "value": 2.5, "at": early.isoformat(), "unit": "%"},
        {"name": "error_rate", "value": 3.5},
        {"name": "queue_length", "value": 7},
    )
    assert (answer.status_code, answer.json()) == (202, {"accepted": 3})
    found = await meter.read("error_rate", "queue_length", "nothing")
    assert found == {
        "error_rate": [(early, 2.5), (START, 3.5)],
        "queue_length": [(START, 7.0)],
        "nothing": [],
    }


async def test_repeating_replaces(meter: Meter):
    for value in (1, 2):
        await meter.push({"name": "depth", "value": value, "at": START.isoformat()})
    assert await meter.read("depth") == {"depth": [(START, 2.0)]}


@pytest.mark.parametrize(
    ("sample", "field"),
    [
        ({"name": "Error Rate", "value": 1}, "samples[0].name"),
        ({"name": "x" * 65, "value": 1}, "samples[0].name"),
        ({"name": "depth", "value": "NaN"}, "samples[0].value"),
        ({"name": "depth", "value": 1, "at": "2026-03-03T12:05:01Z"}, "samples[0].at"),
        ({"name": "depth", "value": 1, "at": "2026-03-02T11:59:59Z"}, "samples[0].at"),
    ],
)
async def test_a_wrong_sample_is_named_and_none_is_kept(meter: Meter, sample, field: str):
    answer = await meter.push(sample, {"name": "good", "value": 1})
    assert answer.status_code == 422
    assert field in answer.text
    assert await meter.read("good") == {"good": []}


@pytest.mark.parametrize("name", ["Errors_Total", "queue.bytes-used", "http:requests/s"])
async def test_every_name_that_a_condition_can_spell_may_be_pushed(meter: Meter, name: str):
    assert (await meter.push({"name": name, "value": 1})).status_code == 202
    assert [value for _, value in (await meter.read(name))[name]] == [1.0]


async def test_limits_hold(meter: Meter):
    many = [{"name": "depth", "value": n} for n in range(1_001)]
    assert (await meter.push(*many)).status_code == 422
    names = [{"name": f"metric_{n}", "value": n} for n in range(200)]
    assert (await meter.push(*names)).status_code == 202
    full = await meter.push({"name": "one_more", "value": 1})
    assert (full.status_code, full.json()["code"]) == (409, "too_many_metrics")
    assert (await meter.push({"name": "metric_1", "value": 1})).status_code == 202
    assert (await meter.push({"name": "depth", "value": 1}, service="nothing")).status_code == 404


async def test_a_token_without_the_scope_is_refused(meter: Meter):
    viewer = await meter.door.as_role("viewer")
    body = {"service_id": "shop", "samples": [{"name": "depth", "value": 1}]}
    assert (await viewer.post("/metrics-samples", json=body)).status_code == 403


async def test_old_samples_are_purged(meter: Meter):
    await meter.push({"name": "depth", "value": 1})
    await meter.door.house.pass_time(timedelta(days=6), timedelta(days=1))
    assert await meter.read("depth") == {"depth": [(START, 1.0)]}
    await meter.door.house.pass_time(timedelta(days=2), timedelta(hours=6))
    assert await meter.read("depth") == {"depth": []}
