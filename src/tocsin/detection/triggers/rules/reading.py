"""Reading a stream point by point: what every operand is at a moment, in one walk from old to new."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from .expression import Aggregate, Expression, Measured, Metric, measured, truth
from .streams import Series, Stream
from .windows import Mean, Window, window_of

LEAST_RESULTS = 5
"""Fewer results make no error rate."""

_NOTHING = Series((), (), 0)


@dataclass(frozen=True, slots=True)
class Point:
    """The condition at one moment (epoch seconds): held, did not hold, or None for unknown."""

    at: float
    held: bool | None


class Reader:
    """What a condition sees of a stream; moments are asked for in order."""

    def __init__(self, expression: Expression, stream: Stream, duration: float) -> None:
        self.operands = measured(expression)
        self._expression = expression
        self._sights = {one: _sight(one, stream, duration) for one in self.operands}
        names = dict.fromkeys(one.name for one in self.operands)
        self._series = [stream.series[name] for name in names if name in stream.series]
        self._now: dict[Measured, float | None] = dict.fromkeys(self.operands)

    def points(self, after: float) -> Iterator[Point]:
        """The condition at every moment with a new value, later than `after`."""
        sights = list(self._sights.items())
        now, read, expression = self._now, self._now.__getitem__, self._expression
        for at in self._moments(after):
            for operand, sight in sights:
                now[operand] = sight(at)
            yield Point(at, truth(expression, read))

    @property
    def values(self) -> Mapping[Measured, float | None]:
        """What the operands are at the point that was given last."""
        return self._now

    def _moments(self, after: float) -> Sequence[float]:
        seen: set[float] = set()
        for series in self._series:
            seen.update(series.times)
        return sorted(at for at in seen if at > after)


def history_seconds(expression: Expression, stream_lasts: float, duration: float) -> float:
    """How far before its first moment a walk must see values."""
    spans = [stream_lasts]
    for one in measured(expression):
        if isinstance(one, Aggregate):
            spans.append(one.seconds)
        elif one.name == "error_rate":
            spans.append(max(duration, LEAST_RESULTS * stream_lasts / 2))
    return max(spans)


def _sight(operand: Measured, stream: Stream, duration: float) -> Callable[[float], float | None]:
    series = stream.series.get(operand.name, _NOTHING)
    if isinstance(operand, Aggregate):
        return _over(series, window_of(operand.function), operand.seconds)
    if operand == Metric("error_rate"):
        seconds = max(duration, LEAST_RESULTS * stream.interval)
        return _over(series, Mean(LEAST_RESULTS), seconds)
    return _newest(series)


def _newest(series: Series) -> Callable[[float], float | None]:
    times, values, lasts = series.times, series.values, series.lasts
    place, count = 0, len(times)

    def sight(at: float) -> float | None:
        nonlocal place
        while place < count and times[place] <= at:
            place += 1
        if place == 0 or at - times[place - 1] > lasts:
            return None
        return values[place - 1]

    return sight


def _over(series: Series, window: Window, seconds: float) -> Callable[[float], float | None]:
    """Values later than `seconds` ago, up to and with now."""
    times, values, count = series.times, series.values, len(series.times)
    first = last = 0

    def sight(at: float) -> float | None:
        nonlocal first, last
        while last < count and times[last] <= at:
            value = values[last]
            if value is not None:
                window.add(times[last], value)
            last += 1
        begin = at - seconds
        while first < last and times[first] <= begin:
            value = values[first]
            if value is not None:
                window.drop(times[first], value)
            first += 1
        return window.figure()

    return sight


def shown(value: float | None) -> float | None:
    """A value as it travels: None for unknown and for no answer at all."""
    return None if value is None or value in (inf, -inf) else value
