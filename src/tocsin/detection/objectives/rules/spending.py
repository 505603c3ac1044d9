"""How the seconds of a window were spent, read from a line once and asked for many windows."""

import math
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from tocsin.detection.objectives.model import Spent
from tocsin.kernel.intervals import Interval
from tocsin.kernel.segments import DOWN, Line, Segment
from tocsin.kernel.status import Status

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000
_NEVER = 2**62

Sums = tuple[float, float, float, float]
"""Microseconds that were known, lost, unknown and maintenance."""

_NOTHING: Sums = (0.0, 0.0, 0.0, 0.0)


class Share(NamedTuple):
    """What a second of a state counts as."""

    known: float
    bad: float
    unknown: float
    maintenance: float


_MAINTENANCE, _UNKNOWN = Share(0.0, 0.0, 0.0, 1.0), Share(0.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """A line as plain numbers with running sums: any window of it is a difference of two of them.

    Whole microseconds since 1970, which floats hold exactly for three centuries. `Line.tally`
    answers the same for one window (a test holds both against each other); eleven windows are
    asked for of every service of a list. What has no end has not ended yet.
    """

    starts: "array[int]"
    ends: "array[int]"
    shares: tuple[Share, ...]
    sums: "tuple[array[float], ...]"

    @classmethod
    def of(cls, line: Line, weights: Mapping[Status, float] = DOWN) -> "Past":
        """Read a line; `weights` says which share of a second each state loses."""
        starts = array("q", [microseconds(one.start) for one in line])
        ends = array("q", [_NEVER if one.end is None else microseconds(one.end) for one in line])
        shares = tuple([_share(one, weights) for one in line])
        lengths = [end - start for start, end in zip(starts, ends, strict=True)]
        sums = tuple([_running(lengths, column) for column in zip(*shares, strict=True)])
        return cls(starts, ends, shares, sums)

    def until(self, at: int) -> Sums:
        """How the time before an instant was spent."""
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return _NOTHING
        inside = min(at, self.ends[index]) - self.starts[index]
        share = self.shares[index]
        known, bad, unknown, maintenance = self.sums
        return (
            known[index] + inside * share[0],
            bad[index] + inside * share[1],
            unknown[index] + inside * share[2],
            maintenance[index] + inside * share[3],
        )

    def between(self, start: int, end: int) -> Spent:
        """How the time from one instant to a later one was spent."""
        before, after = self.until(start), self.until(end)
        known, bad, unknown, maintenance = [
            (late - early) / _SECOND for early, late in zip(before, after, strict=True)
        ]
        return Spent((end - start) / _SECOND, known, bad, unknown, maintenance)


@dataclass(frozen=True, slots=True)
class Stretches:
    """A past as it is asked for now: what lies after now is left out."""

    past: Past
    now: datetime
    _now: int

    @classmethod
    def of(cls, line: Line, now: datetime, weights: Mapping[Status, float] = DOWN) -> "Stretches":
        """Read a line to be asked for now."""
        return cls.up_to(now, Past.of(line, weights))

    @classmethod
    def up_to(cls, now: datetime, past: Past) -> "Stretches":
        """A past that was read already."""
        return cls(past, now, microseconds(now))

    def last(self, length: timedelta) -> Spent:
        """How the time up to now was spent."""
        return self.past.between(self._now - length // _MICROSECOND, self._now)

    def during(self, window: Interval) -> Spent:
        """How a window was spent; the part of it that lies after now is left out."""
        start = microseconds(window.start)
        end = min(microseconds(window.end), self._now)
        return self.past.between(start, max(start, end))


def microseconds(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


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


def _running(lengths: Sequence[int], shares: Sequence[float]) -> "array[float]":
    """What lies before each stretch."""
    weighed = (length * share for length, share in zip(lengths, shares, strict=True))
    return array("d", accumulate(weighed, initial=0.0))


def _share(segment: Segment, weights: Mapping[Status, float]) -> Share:
    if segment.maintenance:
        return _MAINTENANCE
    if segment.state is Status.UNKNOWN:
        return _UNKNOWN
    return Share(1.0, weights.get(segment.state, 0.0), 0.0, 0.0)
