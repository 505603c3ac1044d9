"""How the seconds of a window were spent, read from a line once and asked for many windows."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from tocsin.detection.objectives.model import Spent
from tocsin.kernel.intervals import Interval
from tocsin.kernel.segments import DOWN, Line, Segment
from tocsin.kernel.status import Status


class Stretch(NamedTuple):
    """A segment as plain numbers: seconds since 1970, and what a second of it counts as."""

    start: float
    end: float
    known: float
    bad: float
    unknown: float
    maintenance: float


@dataclass(frozen=True, slots=True)
class Stretches:
    """A line up to now as plain numbers, because eleven windows of it are asked for.

    `Line.tally` answers the same for one window (a test holds both against each other); numbers
    make that a tenth of the time for a list of services.
    """

    now: datetime
    parts: tuple[Stretch, ...]
    ends: tuple[float, ...]

    @classmethod
    def of(cls, line: Line, now: datetime, weights: Mapping[Status, float] = DOWN) -> "Stretches":
        """Read a line; what lies after now is left out."""
        limit = now.timestamp()
        found = (_stretch(segment, limit, weights) for segment in line)
        parts = tuple(part for part in found if part.start < part.end)
        return cls(now, parts, tuple(part.end for part in parts))

    def last(self, length: timedelta) -> Spent:
        """How the time up to now was spent."""
        return self.during(Interval(self.now - length, self.now))

    def during(self, window: Interval) -> Spent:
        """How a window was spent; the part of it that lies after now is left out."""
        start = window.start.timestamp()
        end = min(window.end, self.now).timestamp()
        known = bad = unknown = maintenance = 0.0
        for part in self.parts[bisect_right(self.ends, start) :]:
            if part.start >= end:
                break
            seconds = min(part.end, end) - max(part.start, start)
            known += seconds * part.known
            bad += seconds * part.bad
            unknown += seconds * part.unknown
            maintenance += seconds * part.maintenance
        return Spent(max(end - start, 0.0), known, bad, unknown, maintenance)


def availability_percent(spent: Spent) -> float | None:
    """The share of known time that was not lost, 0 to 100; None when nothing is known.

    Cut after four digits, never rounded up: a lost second does not look like a hundred percent.
    """
    if spent.known <= 0:
        return None
    return cut_percent(100.0 * (spent.known - spent.bad) / spent.known)


def cut_percent(percent: float) -> float:
    """Four digits of a percentage, cut; the noise of binary fractions is rounded away first."""
    return math.floor(round(percent * 10_000, 4)) / 10_000


def _stretch(segment: Segment, limit: float, weights: Mapping[Status, float]) -> Stretch:
    start = segment.start.timestamp()
    end = limit if segment.end is None else min(segment.end.timestamp(), limit)
    if segment.maintenance:
        return Stretch(start, end, 0.0, 0.0, 0.0, 1.0)
    if segment.state is Status.UNKNOWN:
        return Stretch(start, end, 0.0, 0.0, 1.0, 0.0)
    return Stretch(start, end, 1.0, weights.get(segment.state, 0.0), 0.0, 0.0)
