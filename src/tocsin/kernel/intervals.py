"""Stretches of time, half-open `[start, end)` in UTC, and the calendar days of a zone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tocsin.kernel.clock import require_aware


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Time from `start` up to, not including, `end`; both aware, kept in UTC, never reversed."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", require_aware(self.start))
        object.__setattr__(self, "end", require_aware(self.end))
        if self.end < self.start:
            raise ValueError(f"an interval cannot end before it starts: {self.start} to {self.end}")

    @property
    def duration(self) -> timedelta:
        return self.end - self.start

    def contains(self, instant: datetime) -> bool:
        """Whether the instant lies inside; the start does, the end does not."""
        return self.start <= instant < self.end

    def clip(self, other: "Interval") -> "Interval | None":
        """The part both share, None when they share no time."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start, end) if start < end else None

    def until(self, instant: datetime) -> "Interval":
        """The part before the instant: empty, at the start, when there is none."""
        return Interval(self.start, max(self.start, min(self.end, instant)))


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day of some zone: 23 or 25 hours long where its clocks change."""

    date: date
    interval: Interval


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The time covered by any of them, in order, without overlaps, gaps of zero or empty parts."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if interval.start == interval.end:
            continue
        if merged and interval.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, interval.end))
        else:
            merged.append(interval)
    return merged


def subtract(whole: Iterable[Interval], holes: Iterable[Interval]) -> list[Interval]:
    """The time covered by `whole` and by no hole, in order and without overlaps."""
    gaps = union(holes)
    return [piece for interval in union(whole) for piece in _around(interval, gaps)]


def _around(interval: Interval, gaps: Sequence[Interval]) -> Iterator[Interval]:
    start = interval.start
    for gap in gaps:
        if gap.end <= start:
            continue
        if gap.start >= interval.end:
            break
        if start < gap.start:
            yield Interval(start, gap.start)
        start = gap.end
    if start < interval.end:
        yield Interval(start, interval.end)


def total(intervals: Iterable[Interval]) -> timedelta:
    """How much time they cover together; time covered twice counts once."""
    return sum((interval.duration for interval in union(intervals)), timedelta())


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar date of an instant in a zone."""
    return require_aware(instant).astimezone(zone).date()


def day(on: date, zone: ZoneInfo) -> Day:
    """One calendar day: from its first midnight to the next day's, whatever the clocks do between.

    Days of a zone follow each other without gap or overlap. A day that a zone skipped (Samoa,
    2011-12-30) is empty.
    """
    return Day(on, Interval(_midnight(on, zone), _midnight(on + timedelta(days=1), zone)))


def days(first: date, last: date, zone: ZoneInfo) -> list[Day]:
    """The calendar days from the first to the last, both included, oldest first."""
    return [day(first + timedelta(days=n), zone) for n in range((last - first).days + 1)]


def last_days(count: int, now: datetime, zone: ZoneInfo) -> list[Day]:
    """The `count` calendar days that end with today in the zone, oldest first."""
    today = day_of(now, zone)
    return days(today - timedelta(days=count - 1), today, zone)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    """The instant at which a date begins: where midnight is skipped, when the clocks jump over it.

    `fold=0` reads a repeated midnight as the first and a skipped one with the offset before the
    jump, which is the jump itself for every zone that jumps at midnight (PEP 495).
    """
    return datetime.combine(on, time(), zone)
