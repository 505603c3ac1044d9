"""A roll-up of results: counts, sum, extremes and a histogram that answers percentiles.

The histogram is log-linear: exact below 16 ms, then sixteen buckets for each doubling, so that the
middle of a bucket is at most 3.2 % from any value in it. Adding two roll-ups loses nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import ceil

from tocsin.detection.signals.model import CheckResult

from . import varints

_EXACT_BITS = 4


@dataclass(frozen=True, slots=True)
class Rollup:
    """`count` results, of which `bad` were not as they should be; times in milliseconds of those
    that were answered, None where none was."""

    count: int = 0
    bad: int = 0
    total: int = 0
    least: int | None = None
    most: int | None = None
    histogram: Mapping[int, int] = field(default_factory=dict)

    @property
    def timed(self) -> int:
        """How many results have a response time."""
        return sum(self.histogram.values())

    @property
    def average(self) -> float | None:
        """The mean response time."""
        timed = self.timed
        return self.total / timed if timed else None

    def percentile(self, share: float) -> float | None:
        """The response time that this share of the answers did not exceed, within 3.2 %."""
        timed = self.timed
        if not timed or self.least is None or self.most is None:
            return None
        rank = max(1, ceil(share * timed))
        ordered = sorted(self.histogram)
        counted = accumulate(self.histogram[bucket] for bucket in ordered)
        found = next(bucket for bucket, seen in zip(ordered, counted, strict=True) if seen >= rank)
        return min(max(middle_of(found), self.least), self.most)

    def __add__(self, other: "Rollup") -> "Rollup":
        histogram = Counter(self.histogram)
        histogram.update(other.histogram)
        least = [one for one in (self.least, other.least) if one is not None]
        most = [one for one in (self.most, other.most) if one is not None]
        return Rollup(
            self.count + other.count,
            self.bad + other.bad,
            self.total + other.total,
            min(least, default=None),
            max(most, default=None),
            histogram,
        )


def roll_up(results: Iterable[CheckResult]) -> Rollup:
    """Results as one."""
    count = bad = 0
    took: list[int] = []
    for result in results:
        count += 1
        bad += not result.ok
        if result.response_ms is not None:
            took.append(result.response_ms)
    histogram = Counter(map(bucket_of, took))
    return Rollup(
        count, bad, sum(took), min(took, default=None), max(took, default=None), histogram
    )


def bucket_of(milliseconds: int) -> int:
    """The bucket of a value."""
    if milliseconds < 1 << _EXACT_BITS:
        return milliseconds
    shift = milliseconds.bit_length() - 1 - _EXACT_BITS
    return (shift << _EXACT_BITS) + (milliseconds >> shift)


def middle_of(bucket: int) -> float:
    """The value in the middle of a bucket."""
    if bucket < 2 << _EXACT_BITS:
        return float(bucket)
    shift = (bucket >> _EXACT_BITS) - 1
    lowest = (bucket - (shift << _EXACT_BITS)) << shift
    return lowest + ((1 << shift) - 1) / 2


def pack_histogram(histogram: Mapping[int, int]) -> bytes:
    """Buckets by their distance from the one before, each with its count."""
    ordered = sorted(histogram)
    steps = [later - earlier for earlier, later in pairwise([0, *ordered])]
    counts = (histogram[bucket] for bucket in ordered)
    return varints.pack(number for pair in zip(steps, counts, strict=True) for number in pair)


def unpack_histogram(data: bytes) -> dict[int, int]:
    """The histogram again."""
    numbers = varints.unpack(data)
    return dict(zip(accumulate(numbers[::2]), numbers[1::2], strict=True))
