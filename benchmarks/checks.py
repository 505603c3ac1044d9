"""What running own checks costs beside the checks: CPU per check with 10,000 monitors a minute.

The check itself is a fake that answers at once, so that the figure is the loop, the judging, the
recording and the bulk writes: at most 0.3 ms a check, and none more than 2 s late.
"""

import asyncio
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import ClassVar, Literal

import uvloop

from benchmarks._figures import Promises, show
from benchmarks._machine import show_machine
from benchmarks._run import run
from tocsin.app.compose import House, compose
from tocsin.app.schema import ensure_schema
from tocsin.detection.signals import Checker, Kinds, MonitorDraft, Signals, add_monitor
from tocsin.detection.signals.ports import (
    CheckAnswer,
    MonitorFields,
    PollOutcome,
    Probe,
    SourceFields,
    SourceSpec,
    Validators,
)
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.platform.http import OutgoingClient
from tocsin.platform.settings import Settings
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft

MONITORS = 10_000
PER_SERVICE = 20
SECONDS = 65
MOST_MS, MOST_LATE = 0.3, 2.0


class FakeFields(MonitorFields):
    """No address: nothing is asked."""

    kind: Literal["fake"] = "fake"
    number: int = 0


class FakeKind:
    """Checks that answer at once, each time a little slower or faster; it notes when."""

    kind: ClassVar[str] = "fake"
    polled: ClassVar[bool] = True
    schema: ClassVar[type[SourceFields]] = FakeFields

    def __init__(self) -> None:
        self.random = Random(7)
        self.runs: defaultdict[int, list[float]] = defaultdict(list)

    def normalise(self, url: str) -> str:
        return url

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        raise AssertionError("the loop prepares its checks, it never polls them")

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe:
        raise AssertionError("the loop prepares its checks, it never polls them")

    def prepare(self, fields: MonitorFields) -> "FakeCheck":
        assert isinstance(fields, FakeFields)
        return FakeCheck(self, fields.number)


@dataclass(frozen=True, slots=True)
class FakeCheck:
    """One of them."""

    kind: FakeKind
    number: int

    async def run(self) -> CheckAnswer:
        self.kind.runs[self.number].append(time.monotonic())
        took = 90 + self.kind.random.expovariate(1 / 30)
        return CheckAnswer(Status.OPERATIONAL, "Answers with 200 (OK).", took, 200)


def main() -> int:
    """Run the loop for a good minute."""
    show_machine()
    promises = Promises()
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(_env_file=None, DATA_DIR=Path(directory))
        ensure_schema(settings.database_url)
        house = compose(settings, SystemClock())
        fake = FakeKind()
        room = Signals(Kinds((fake,), house.client), house.signals.observations)
        try:
            spent, runs = uvloop.run(_measure(house, room, fake))
        finally:
            house.platform.database.close()
    show("checks", runs)
    promises.at_most("processor time of a check beside itself", spent / runs * 1000, MOST_MS, "ms")
    promises.at_most("the latest check", _latest(fake), MOST_LATE, "s")
    return promises.status


async def _measure(house: House, room: Signals, fake: FakeKind) -> tuple[float, int]:
    """CPU seconds and checks of a good minute, with every check known already."""
    context = await house.prepare()
    for first in range(0, MONITORS, PER_SERVICE):
        await house.platform.database.write(context, _declare, room, first)
    checker = Checker(room, house.platform.database)
    await checker.run_due()
    await checker.start()
    await asyncio.sleep(5)
    fake.runs.clear()
    before = time.process_time()
    await asyncio.sleep(SECONDS)
    spent = time.process_time() - before
    runs = sum(len(when) for when in fake.runs.values())
    await checker.stop()
    return spent, runs


def _declare(tx: Tx, room: Signals, first: int) -> None:
    """One service with its monitors."""
    service = f"service-{first // PER_SERVICE}"
    draft = ServiceDraft(service, service, Category.ENGINEERING, {"kind": "manual"})
    catalog.declare_service(tx, draft)
    for number in range(first, first + PER_SERVICE):
        config = room.kinds.check({"kind": "fake", "number": number})
        add_monitor(tx, room, MonitorDraft(service, None, config))


def _latest(fake: FakeKind) -> float:
    """How much more than its interval passed between two runs of a check, at most."""
    gaps = (b - a for when in fake.runs.values() for a, b in pairwise(when))
    return max(gap - 60 for gap in gaps)


if __name__ == "__main__":
    run(main)
