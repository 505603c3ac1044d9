"""Signals over a catalog, real adapters and a vendor on loopback; samples land in a list."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest

from tests.detection.signals.vendor import Vendor
from tests.platform.http.conftest import EveryNameIsHere, Serve, Sleeper, serve
from tests.support.checks import checks
from tests.support.front import Front, front
from tests.support.spine import START, Workshop
from tocsin.adapters.feeds.manual import ManualKind
from tocsin.app.feeds import FEEDS
from tocsin.detection import signals
from tocsin.detection.signals import (
    Checker,
    Kinds,
    ServiceLook,
    ServiceSample,
    Signals,
    SignalSettings,
    Source,
)
from tocsin.detection.signals.wiring import SignalPorts, wire
from tocsin.platform.database import Tx
from tocsin.platform.http import OutgoingClient
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.registry.catalog.registry_file import RegistryPlaces
from tocsin.registry.catalog.views import OwnView
from tocsin.registry.catalog.wiring import CatalogPorts
from tocsin.registry.catalog.wiring import wire as wire_catalog

__all__ = ["serve"]

MINUTE = timedelta(minutes=1)
WEBHOOK_SECRET = "the webhook secret of the tests"


class Samples:
    """Takes samples as the conditions would; only what is durable counts, in the order taken."""

    def __init__(self) -> None:
        self._numbers = count()
        self._kept: list[tuple[int, ServiceSample]] = []
        self.looks: list[ServiceLook] = []

    def taken(self, tx: Tx, sample: ServiceSample) -> None:
        kept = (next(self._numbers), sample)
        tx.after_commit(lambda: self._kept.append(kept))

    def looked(self, tx: Tx, looks: Sequence[ServiceLook]) -> None:
        tx.after_commit(lambda: self.looks.extend(looks))

    @property
    def all(self) -> list[ServiceSample]:
        return [sample for _, sample in sorted(self._kept, key=lambda kept: kept[0])]

    @property
    def last(self) -> ServiceSample:
        return self.all[-1]


@dataclass(slots=True)
class LentClock:
    """The clock of a workshop that is not open yet."""

    house: Workshop | None = None

    def now(self) -> datetime:
        return self.house.clock.now() if self.house else START


@dataclass(slots=True)
class Post:
    """A look-out: the workshop, its vendor, and the samples that were taken."""

    door: Front
    vendor: Vendor
    client: OutgoingClient
    room: Signals
    checker: Checker
    samples: Samples = field(default_factory=Samples)

    @property
    def house(self) -> Workshop:
        return self.door.house

    async def declare(self, service_id: str = "vendor", **source: Any) -> None:
        """Declare a service with a statuspage of the vendor, or with the given source, and poll."""
        given = source or {"kind": "statuspage", "url": self.vendor.url(), "components": []}
        checked = self.room.kinds.check(given)
        draft = ServiceDraft(service_id, service_id.title(), Category.ENGINEERING, checked)
        await self.house.desk.write(catalog.declare_service, draft)
        await self.house.settle()

    async def source(self, service_id: str = "vendor") -> Source:
        """The first source of a service."""
        found = await self.house.desk.read(signals.sources_of, [service_id])
        return found[service_id][0]

    async def polls(self, number: int = 1) -> None:
        """Let so many poll intervals pass."""
        await self.house.pass_time(number * MINUTE, MINUTE)

    async def first_rounds(self) -> None:
        """Let two intervals pass, after which every source keeps its place in the interval."""
        await self.polls(2)

    async def kinds_of_facts(self) -> list[str]:
        """What signals have recorded."""
        facts = await self.house.facts()
        return [fact.kind for fact in facts if fact.kind.startswith("signal.")]


@pytest.fixture
async def vendor(serve: Serve) -> Vendor:
    vendor = Vendor()
    server = await serve(vendor.answer)
    assert server.port is not None
    vendor.port = server.port
    return vendor


@pytest.fixture
async def post(database_url: str, vendor: Vendor) -> AsyncIterator[Post]:
    clock, samples = LentClock(), Samples()
    client = OutgoingClient(
        clock, random=Random(7), sleep=Sleeper(), resolver=EveryNameIsHere, breaker_threshold=1000
    )
    kinds = Kinds([*FEEDS, ManualKind(), *checks(client, clock)], client)
    wirings = [
        wire_catalog(CatalogPorts(kinds, places=RegistryPlaces(None, ()))),
        wire(SignalPorts(kinds, samples, OwnView(), SignalSettings(60, 3), WEBHOOK_SECRET)),
    ]
    async with client, front(database_url, wirings) as door:
        clock.house = door.house
        room = Signals(kinds, samples)
        checker = Checker(room, door.house.database)
        door.house.also = checker.run_due
        yield Post(door, vendor, client, room, checker, samples)
