"""Triggers over a catalog and values in memory, once per database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.detection.triggers.measured import MAKE, InMemory
from tests.support.front import Front, front
from tests.support.spine import Workshop
from tocsin.detection import triggers
from tocsin.detection.triggers import Trigger, TriggerDraft
from tocsin.detection.triggers.model import Monitor
from tocsin.detection.triggers.wiring import wire
from tocsin.kernel.facts import Entry
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft

SERVICES = {"shop": 1, "mail": 2}
DOWN = "response_time > 30000 OR status_code >= 500"


@dataclass(slots=True)
class Watch:
    """A workshop with two services, whose checks the story makes up."""

    door: Front
    samples: InMemory
    monitors: dict[str, Monitor] = field(default_factory=dict)

    @property
    def shop(self) -> Workshop:
        return self.door.house

    async def add(self, condition: str = DOWN, minutes: int = 2, **more: Any) -> Trigger:
        draft = TriggerDraft("Down", condition, duration_minutes=minutes, **more)
        return await self.shop.desk.write(triggers.add_trigger, self.samples, draft)

    async def checks(self, letters: str, service: str = "shop") -> None:
        """Let the minutes pass; each letter is what that minute's check finds."""
        monitor = self.monitors[service]
        for letter in letters:
            if letter != ".":
                self.samples.found[monitor.id].append(MAKE[letter](self.shop.clock.now()))
            await self.shop.pass_time(timedelta(minutes=1), timedelta(seconds=15))

    async def told(self) -> list[Entry]:
        return await self.shop.facts("trigger.fired", "trigger.cleared")

    async def kinds(self) -> list[str]:
        return [fact.kind.removeprefix("trigger.") for fact in await self.told()]


@pytest.fixture
async def watch(database_url: str) -> AsyncIterator[Watch]:
    samples = InMemory()
    async with front(database_url, [wire(samples)]) as door:
        for service, tier in SERVICES.items():
            draft = ServiceDraft(
                service, service.title(), Category.ENGINEERING, {"kind": "manual"}, tier=tier
            )
            await door.house.house.write(catalog.declare_service, draft)
        found = Watch(door, samples)
        found.monitors = {service: samples.watch(service) for service in SERVICES}
        yield found
