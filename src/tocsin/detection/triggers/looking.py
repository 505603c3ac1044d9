"""Fetching what a condition can see, in portions that fit into memory and into one answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx

from .model import Monitor
from .ports import CheckResult, Samples
from .rules import (
    LONG_LASTING,
    MONITOR_METRICS,
    PUSHED_SECONDS,
    Rule,
    Stream,
    history_seconds,
    streams_of,
)

MOST_VALUES = 150_000
"""How many values are fetched at once."""

PUSHED_EVERY_SECONDS = 10.0
"""How often a pushed metric is reckoned with; more often only makes the answer slower."""

_A_MOMENT = timedelta(microseconds=1)
_AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a rule looks at: the own checks of services, and the names of pushed metrics."""

    rule: Rule
    monitors: Mapping[str, Sequence[Monitor]]

    @property
    def sees_results(self) -> bool:
        """Whether the condition looks at results of own checks."""
        return not MONITOR_METRICS.isdisjoint(self.rule.condition.names)

    @property
    def pushed(self) -> list[str]:
        """The metrics that do not come from results."""
        return [name for name in self.rule.condition.names if name not in MONITOR_METRICS]

    @property
    def is_mixed(self) -> bool:
        """Whether results, which come in by the minute, meet values that come in at once."""
        return self.sees_results and bool(self.pushed)

    def history(self, service_id: str) -> timedelta:
        """How far back the condition needs values of a service."""
        own = self.monitors.get(service_id, ())
        spans = [LONG_LASTING.get(name, PUSHED_SECONDS) for name in self.pushed]
        lasts = max([PUSHED_SECONDS, *spans, *(3 * one.interval_seconds for one in own)])
        expression = self.rule.condition.expression
        return timedelta(seconds=history_seconds(expression, lasts, self.rule.duration))

    def per_second(self, service_id: str) -> float:
        """How many values of a service come in, at a guess."""
        own = self.monitors.get(service_id, ()) if self.sees_results else ()
        rates = sum(1 / one.interval_seconds for one in own)
        return rates + len(self.pushed) / PUSHED_EVERY_SECONDS


def seen(
    tx: ReadTx, samples: Samples, sight: Sight, ids: Sequence[str], window: Interval
) -> Iterator[tuple[str, list[Stream]]]:
    """The streams of services within a window, and before it as far as each needs, one by one."""
    for portion, history in _portions(sight, ids, window):
        whole = Interval(window.start - history, window.end + _A_MOMENT)
        own = [one for service in portion for one in sight.monitors.get(service, ())]
        results = _results(tx, samples, own, whole) if sight.sees_results else {}
        for service in portion:
            pushed = samples.pushed(tx, service, sight.pushed, whole) if sight.pushed else {}
            names, monitors = sight.rule.condition.names, sight.monitors.get(service, ())
            yield service, streams_of(names, monitors, results, pushed)


def _portions(
    sight: Sight, ids: Sequence[str], window: Interval
) -> Iterator[tuple[list[str], timedelta]]:
    """Services that need alike much of the past together, as many as fit."""
    portion: list[str] = []
    weight = 0.0
    history = timedelta()
    for service in sorted(ids, key=sight.history):
        reach = sight.history(service)
        more = sight.per_second(service)
        seconds = (window.duration + reach).total_seconds()
        if portion and (weight + more) * seconds > MOST_VALUES:
            yield portion, history
            portion, weight = [], 0.0
        portion.append(service)
        weight, history = weight + more, reach
    if portion:
        yield portion, history


def _results(
    tx: ReadTx, samples: Samples, monitors: Sequence[Monitor], whole: Interval
) -> dict[UUID, Sequence[CheckResult]]:
    """The results of monitors, asked for a few at a time where they are many."""
    found: dict[UUID, Sequence[CheckResult]] = {}
    batch: list[Monitor] = []
    weight = 0.0
    for monitor in monitors:
        more = whole.duration.total_seconds() / monitor.interval_seconds
        if batch and weight + more > MOST_VALUES:
            found |= samples.results(tx, [one.id for one in batch], whole)
            batch, weight = [], 0.0
        batch.append(monitor)
        weight += more
    if batch:
        found |= samples.results(tx, [one.id for one in batch], whole)
    return found


def longest(tx: ReadTx, samples: Samples, sight: Sight, service_id: str) -> timedelta:
    """How much time of a service can be looked at in one answer.

    How often metrics are pushed is counted over the last hour.
    """
    rate = sight.per_second(service_id)
    if sight.pushed:
        lately = Interval(tx.now - _AN_HOUR, tx.now)
        pushed = samples.pushed(tx, service_id, sight.pushed, lately)
        rate += sum(len(values) for values in pushed.values()) / _AN_HOUR.total_seconds()
    return timedelta(seconds=MOST_VALUES / max(rate, 0.001))
