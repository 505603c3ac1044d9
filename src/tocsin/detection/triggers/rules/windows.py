"""Figures over a sliding stretch of time, kept up to date value by value instead of recomputed."""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Callable
from math import ceil, fsum, inf, isfinite
from typing import Protocol

from .expression import Function


class Window(Protocol):
    """Values that come in at the end and leave at the beginning; `figure` is None without any."""

    def add(self, at: float, value: float) -> None: ...

    def drop(self, at: float, value: float) -> None: ...

    def figure(self) -> float | None: ...


class Mean:
    """The average of what was answered; infinite where nothing was. `least` values are needed."""

    def __init__(self, least: int = 1) -> None:
        self._least = least
        self._finite: deque[float] = deque()
        self._sum = 0.0
        self._endless = 0
        self._dropped = 0

    def add(self, at: float, value: float) -> None:
        if not isfinite(value):
            self._endless += 1
            return
        self._finite.append(value)
        self._sum += value

    def drop(self, at: float, value: float) -> None:
        if not isfinite(value):
            self._endless -= 1
            return
        self._sum -= self._finite.popleft()
        self._dropped += 1
        if self._dropped >= len(self._finite):  # rounding errors do not pile up
            self._sum, self._dropped = fsum(self._finite), 0

    def figure(self) -> float | None:
        count = len(self._finite)
        if count + self._endless < self._least:
            return None
        return self._sum / count if count else inf


class Ranked:
    """The value at a share of the sorted values, by nearest rank: 0 the least, 1 the greatest."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._sorted: list[float] = []

    def add(self, at: float, value: float) -> None:
        insort(self._sorted, value)

    def drop(self, at: float, value: float) -> None:
        del self._sorted[bisect_left(self._sorted, value)]

    def figure(self) -> float | None:
        if not self._sorted:
            return None
        return self._sorted[max(0, ceil(self._share * len(self._sorted)) - 1)]


class Count:
    """How many values there are; nothing is nought, not unknown."""

    def __init__(self) -> None:
        self._count = 0

    def add(self, at: float, value: float) -> None:
        self._count += 1

    def drop(self, at: float, value: float) -> None:
        self._count -= 1

    def figure(self) -> float | None:
        return float(self._count)


class Rate:
    """How much a counter grew per second; a counter that fell began anew at nought."""

    def __init__(self) -> None:
        self._values: deque[tuple[float, float]] = deque()
        self._grown = 0.0

    def add(self, at: float, value: float) -> None:
        if self._values:
            self._grown += _growth(self._values[-1][1], value)
        self._values.append((at, value))

    def drop(self, at: float, value: float) -> None:
        self._values.popleft()
        if self._values:
            self._grown -= _growth(value, self._values[0][1])

    def figure(self) -> float | None:
        if len(self._values) < 2:
            return None
        return max(0.0, self._grown) / (self._values[-1][0] - self._values[0][0])


def _growth(before: float, after: float) -> float:
    return after - before if after >= before else after


_MAKE: dict[Function, Callable[[], Window]] = {
    Function.AVG: Mean,
    Function.MIN: lambda: Ranked(0),
    Function.MAX: lambda: Ranked(1),
    Function.P50: lambda: Ranked(0.50),
    Function.P90: lambda: Ranked(0.90),
    Function.P95: lambda: Ranked(0.95),
    Function.P99: lambda: Ranked(0.99),
    Function.COUNT: Count,
    Function.RATE: Rate,
}


def window_of(function: Function) -> Window:
    """An empty window of a function."""
    return _MAKE[function]()
