"""A watch: own checks of a kind whose answers the test gives, over real rooms and a moving clock."""

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal

import pytest
from sqlalchemy import event

from tests.detection.signals.conftest import Samples
from tests.support.front import Front, front
from tocsin.adapters.feeds.manual import ManualKind
from tocsin.detection import signals
from tocsin.detection.signals import Checker, Kinds, Signals, SignalSettings, Source
from tocsin.detection.signals.ports import (
    CheckAnswer,
    MonitorFields,
    PollOutcome,
    Probe,
    Reading,
    SourceFields,
    SourceSpec,
    Validators,
)
from tocsin.detection.signals.wiring import SignalPorts, wire
from tocsin.kernel.clock import Clock
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.registry.catalog.registry_file import RegistryPlaces
from tocsin.registry.catalog.views import OwnView
from tocsin.registry.catalog.wiring import CatalogPorts
from tocsin.registry.catalog.wiring import wire as wire_catalog

FINE = CheckAnswer(Status.OPERATIONAL, "Answers.", 120.4, 200)
DOWN = CheckAnswer(Status.MAJOR_OUTAGE, "Refuses connections.", None, None, "refused")


class ToldFields(MonitorFields):
    """A check that answers what the test says, for the target of this name."""

    kind: Literal["told"] = "told"
    target: str


class ToldKind:
    """Answers what it was told; the fake at the port."""

    kind: ClassVar[str] = "told"
    polled: ClassVar[bool] = True
    schema: ClassVar[type[SourceFields]] = ToldFields

    def __init__(self) -> None:
        self.clock: Clock | None = None
        self.answers: defaultdict[str, CheckAnswer | Exception] = defaultdict(lambda: FINE)
        self.asked: defaultdict[str, list[datetime]] = defaultdict(list)
        self.prepared = 0

    def normalise(self, url: str) -> str:
        return url

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        raise AssertionError("own checks are not polled")

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe:
        return Probe(None, None, (), Reading(Status.OPERATIONAL, "Answers."))

    def prepare(self, fields: MonitorFields) -> "ToldCheck":
        assert isinstance(fields, ToldFields)
        self.prepared += 1
        return ToldCheck(self, fields.target)


@dataclass(frozen=True, slots=True)
class ToldCheck:
    told: ToldKind
    target: str

    async def run(self) -> CheckAnswer:
        assert self.told.clock is not None
        self.told.asked[self.target].append(self.told.clock.now())
        answer = self.told.answers[self.target]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass(slots=True)
class Watch:
    """The workshop with its checker; `statements` are those that the writer ran."""

    door: Front
    room: Signals
    told: ToldKind
    checker: Checker
    samples: Samples
    statements: list[str] = field(default_factory=list)

    @property
    def house(self) -> Any:
        return self.door.house

    async def declare(self, service_id: str = "shop", **fields: Any) -> Source:
        """Declare a service whose source is an own check of the target of the same name."""
        checked = self.room.kinds.check({"kind": "told", "target": service_id, **fields})
        draft = ServiceDraft(service_id, service_id.title(), Category.ENGINEERING, checked)
        await self.house.desk.write(catalog.declare_service, draft)
        await self.house.settle()
        return await self.source(service_id)

    async def source(self, service_id: str = "shop") -> Source:
        found = await self.house.desk.read(signals.sources_of, [service_id])
        source: Source = found[service_id][0]
        return source

    async def passes(self, seconds: float, step: float = 5) -> None:
        await self.house.pass_time(timedelta(seconds=seconds), timedelta(seconds=step))

    def another(self, **options: Any) -> Checker:
        """A checker of another process."""
        return Checker(self.room, self.house.database, **options)


@pytest.fixture
async def watch(database_url: str) -> AsyncIterator[Watch]:
    told, samples = ToldKind(), Samples()
    kinds = Kinds((told, ManualKind()), OutgoingClient(_Noon()))
    settings = SignalSettings(60, 3)
    wirings = [
        wire_catalog(CatalogPorts(kinds, places=RegistryPlaces(None, ()))),
        wire(SignalPorts(kinds, samples, OwnView(), settings)),
    ]
    async with front(database_url, wirings) as door:
        told.clock = door.house.clock
        room = Signals(kinds, samples, settings)
        checker = Checker(room, door.house.database)
        door.house.also = checker.run_due
        found = Watch(door, room, told, checker, samples)
        writer: Any = door.house.database._writer
        event.listen(
            writer._engine,
            "before_cursor_execute",
            lambda *seen: found.statements.append(seen[2]),
        )
        yield found


class _Noon:
    def now(self) -> datetime:
        raise AssertionError("nobody asks out there")
