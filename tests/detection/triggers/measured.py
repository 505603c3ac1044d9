"""Measured values in memory: the port `Samples` for stories about triggers."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tocsin.detection.signals import CheckResult
from tocsin.detection.triggers.model import Monitor, Standing
from tocsin.detection.triggers.rules import Change, Preview, Rule, judge, preview, read_condition
from tocsin.detection.triggers.rules.streams import Stream, streams_of
from tocsin.kernel.ids import new_id
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx

T = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def ok(at: datetime, ms: int = 120, code: int = 200) -> CheckResult:
    return CheckResult(at, ok=True, response_ms=ms, status_code=code)


def slow(at: datetime) -> CheckResult:
    return CheckResult(at, ok=True, response_ms=31_000, status_code=200)


def broken(at: datetime) -> CheckResult:
    return CheckResult(at, ok=False, response_ms=90, status_code=503, fault="status")


def silent(at: datetime) -> CheckResult:
    return CheckResult(at, ok=False, fault="timeout")


MAKE = {"o": ok, "s": slow, "b": broken, "x": silent}


def results(story: str, every: float = 60, start: datetime = T) -> list[CheckResult]:
    """One letter per check: o fine, s slow, b broken (503), x no answer, . no check at all."""
    return [
        MAKE[letter](start + timedelta(seconds=every * place))
        for place, letter in enumerate(story)
        if letter != "."
    ]


def monitor(name: str = "Website", every: float = 60, *, answers: bool = True) -> Monitor:
    return Monitor(new_id(), name, every, answers)


def streams(condition: str, story: str, every: float = 60) -> list[Stream]:
    one = monitor(every=every)
    return streams_of(read_condition(condition).names, [one], {one.id: results(story, every)}, {})


def changes(
    condition: str, minutes: float, seen: list[Stream], until: float = 24 * 60
) -> list[Change]:
    """What happens over a day, looked at in one go."""
    rule = Rule(read_condition(condition), minutes * 60)
    end = T + timedelta(minutes=until)
    return judge(rule, seen, Standing(), T - timedelta(seconds=1), end)[1]


def tried(condition: str, minutes: float, seen: list[Stream], length: timedelta) -> Preview:
    rule = Rule(read_condition(condition), minutes * 60)
    return preview(rule, seen, T - timedelta(seconds=1), T + length)


def after(change: Change) -> float:
    """Minutes after the story began."""
    return (change.at - T).total_seconds() / 60


@dataclass(slots=True)
class InMemory:
    """Monitors by service, their results, and pushed values."""

    checks: dict[str, list[Monitor]] = field(default_factory=lambda: defaultdict(list))
    found: dict[UUID, list[CheckResult]] = field(default_factory=lambda: defaultdict(list))
    values: dict[tuple[str, str], list[tuple[datetime, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    asked: list[Interval] = field(default_factory=list)
    together: list[int] = field(default_factory=list)

    def watch(self, service_id: str, name: str = "Website", every: float = 60) -> Monitor:
        one = monitor(name, every)
        self.checks[service_id].append(one)
        return one

    def monitors(self, tx: ReadTx, service_ids: Collection[str]) -> dict[str, list[Monitor]]:
        return {each: self.checks[each] for each in service_ids if each in self.checks}

    def results(
        self, tx: ReadTx, monitor_ids: Collection[UUID], window: Interval
    ) -> dict[UUID, list[CheckResult]]:
        self.asked.append(window)
        self.together.append(len(monitor_ids))
        return {
            one: [each for each in self.found[one] if window.contains(each.at)]
            for one in monitor_ids
        }

    def pushed(
        self, tx: ReadTx, service_id: str, names: Collection[str], window: Interval
    ) -> dict[str, list[tuple[datetime, float]]]:
        return {
            name: [each for each in self.values[service_id, name] if window.contains(each[0])]
            for name in names
        }
