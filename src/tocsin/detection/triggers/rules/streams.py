"""From results and pushed values to series: what one monitor measured, each value with its time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf
from uuid import UUID

from tocsin.detection.signals import CheckResult
from tocsin.detection.triggers.model import Monitor

from .expression import MONITOR_METRICS

PUSHED = "pushed"
"""The key of the stream that no monitor feeds."""

PUSHED_SECONDS = 300.0
"""How long a pushed value counts."""

LONG_LASTING = {"days_left": 25 * 3_600.0}
"""Values that count for longer: what moves once a day need not be measured again and again."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values by time, in epoch seconds, oldest first; None: there was a result without this value.

    A value counts for `lasts` seconds, then it is unknown.
    """

    times: Sequence[float]
    values: Sequence[float | None]
    lasts: float


@dataclass(frozen=True, slots=True)
class Stream:
    """Everything a condition can see at one monitor, or of pushed values alone."""

    key: str
    monitor: str | None
    interval: float
    series: Mapping[str, Series]

    @property
    def slack(self) -> float:
        """By how much a check may come late without counting as missing, in seconds."""
        return min(self.interval / 10, 5.0)

    @property
    def gap(self) -> float:
        """The longest pause that still counts as unbroken, in seconds: that of what comes most
        often."""
        return min((one.lasts for one in self.series.values()), default=2 * self.interval)


Pushed = Mapping[str, Sequence[tuple[datetime, float]]]


def streams_of(
    names: Iterable[str],
    monitors: Sequence[Monitor],
    results: Mapping[UUID, Sequence[CheckResult]],
    pushed: Pushed,
) -> list[Stream]:
    """One stream per monitor where the condition looks at results, else one of pushed values."""
    wanted = list(names)
    lasts = max([PUSHED_SECONDS, *(_lasts(one.interval_seconds) for one in monitors)])
    further = {
        name: _pushed(pushed.get(name, ()), LONG_LASTING.get(name, lasts))
        for name in wanted
        if name not in MONITOR_METRICS
    }
    if MONITOR_METRICS.isdisjoint(wanted):
        return [Stream(PUSHED, None, lasts / 2, further)]
    return [_stream(wanted, one, results.get(one.id, ()), further) for one in monitors]


def _stream(
    names: Iterable[str],
    monitor: Monitor,
    results: Sequence[CheckResult],
    further: Mapping[str, Series],
) -> Stream:
    times = [result.at.timestamp() for result in results]
    lasts = _lasts(monitor.interval_seconds)
    measured = {
        name: Series(times, [_VALUE[name](monitor, result) for result in results], lasts)
        for name in names
        if name in MONITOR_METRICS
    }
    return Stream(monitor.id.hex, monitor.name, monitor.interval_seconds, {**measured, **further})


def _pushed(values: Sequence[tuple[datetime, float]], lasts: float) -> Series:
    return Series([at.timestamp() for at, _ in values], [value for _, value in values], lasts)


def _lasts(interval: float) -> float:
    """Twice the interval, and a little for a check that comes late."""
    return 2 * interval + min(interval / 10, 5.0)


def _response_time(monitor: Monitor, result: CheckResult) -> float | None:
    """No answer is slower than any limit; a heartbeat has no response time at all."""
    if not monitor.answers:
        return None
    if result.response_ms is None:
        return None if result.ok else inf
    return float(result.response_ms)


def _status_code(_: Monitor, result: CheckResult) -> float | None:
    return None if result.status_code is None else float(result.status_code)


def _failed(_: Monitor, result: CheckResult) -> float:
    return 0.0 if result.ok else 1.0


def _up(_: Monitor, result: CheckResult) -> float:
    return 1.0 if result.ok else 0.0


_VALUE: Mapping[str, Callable[[Monitor, CheckResult], float | None]] = {
    "response_time": _response_time,
    "status_code": _status_code,
    "error_rate": _failed,
    "up": _up,
}
