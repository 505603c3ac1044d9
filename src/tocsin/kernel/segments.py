"""Status segments: the one source of every uptime figure, on the board and on the page.

A segment says which state a subject was in from when to when. A `Line` is an ordered row of
segments without overlaps; everything that counts time reads a line, so nobody counts twice.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from itertools import pairwise
from operator import attrgetter

from tocsin.kernel.intervals import Day, Interval
from tocsin.kernel.status import Status


class LineKind(StrEnum):
    """What a line tells: what was seen, what was confirmed, or what a page's component showed."""

    RAW = "raw"
    CONFIRMED = "confirmed"
    COMPONENT = "component"


class SegmentSource(StrEnum):
    """Where a segment's state comes from; `no_answer` is a source that cannot be read."""

    FEED = "feed"
    PERSON = "person"
    NO_ANSWER = "no_answer"
    IMPACT = "impact"
    BACKFILL = "backfill"
    OVERRIDE = "override"


class Rank(IntEnum):
    """Who wins where segments overlap: the higher rank."""

    OBSERVED = 0
    BACKFILL = 10
    OVERRIDE = 20


@dataclass(frozen=True, slots=True)
class Segment:
    """A subject's state from `start` up to `end` (None: still so), aware UTC instants.

    `maintenance` is a flag on the state, never an outage. `cause` names what made it so: the id
    of a fact, an incident or an override.
    """

    subject: str
    line: LineKind
    start: datetime
    end: datetime | None
    state: Status
    maintenance: bool = False
    source: SegmentSource = SegmentSource.FEED
    cause: str | None = None
    rank: int = Rank.OBSERVED

    def covers(self, instant: datetime) -> bool:
        """Whether the instant lies inside; the start does, the end does not."""
        return self.start <= instant and (self.end is None or instant < self.end)

    def within(self, window: Interval) -> Interval | None:
        """The part inside the window, None when there is none."""
        start = max(self.start, window.start)
        end = window.end if self.end is None else min(self.end, window.end)
        return Interval(start, end) if start < end else None


_start_of = attrgetter("start")

DOWN: Mapping[Status, float] = {Status.MAJOR_OUTAGE: 1.0, Status.PARTIAL_OUTAGE: 1.0}
"""How much of a second in each state is lost: outages count fully, degraded not at all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How long a line was in each state during a window; time in maintenance is kept apart.

    Uptime is the share of known time that was not lost. Unknown time and maintenance leave both
    sides of the fraction; where nothing is known the answer is None, never 100.
    """

    spent: Mapping[Status, timedelta] = field(default_factory=dict)
    maintenance: timedelta = timedelta()

    def __add__(self, other: "Tally") -> "Tally":
        states = {*self.spent, *other.spent}
        none = timedelta()
        return Tally(
            {state: self.spent.get(state, none) + other.spent.get(state, none) for state in states},
            self.maintenance + other.maintenance,
        )

    @property
    def worst(self) -> Status | None:
        """The worst state seen outside maintenance, unknown in its place of the order."""
        return max(self.spent, key=lambda state: state.rank, default=None)

    @property
    def worst_known(self) -> Status | None:
        """The worst state that somebody vouched for outside maintenance."""
        known = (state for state in self.spent if state is not Status.UNKNOWN)
        return max(known, key=lambda state: state.rank, default=None)

    @property
    def known_seconds(self) -> float:
        """Seconds with an answer, outside maintenance: the lower side of the fraction."""
        return self._known().total_seconds()

    def bad_seconds(self, weights: Mapping[Status, float] = DOWN) -> float:
        """Seconds lost: each state's seconds times its weight."""
        return sum(
            spent.total_seconds() * weights.get(state, 0.0) for state, spent in self.spent.items()
        )

    def uptime_percent(self, weights: Mapping[Status, float] = DOWN) -> float | None:
        """The share of known time that was not lost, 0 to 100; None when nothing is known."""
        known = self.known_seconds
        return 100.0 * (known - self.bad_seconds(weights)) / known if known else None

    def _known(self) -> timedelta:
        known = (spent for state, spent in self.spent.items() if state is not Status.UNKNOWN)
        return sum(known, timedelta())


@dataclass(frozen=True, slots=True)
class Line:
    """Segments of one subject in order of time, never overlapping; gaps mean no data."""

    segments: tuple[Segment, ...] = ()

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.segments):
            if earlier.end is None or earlier.end > later.start:
                raise ValueError(f"segments of a line overlap: {earlier} and {later}")

    def __iter__(self) -> Iterator[Segment]:
        return iter(self.segments)

    def at(self, instant: datetime) -> Segment | None:
        """The segment that covers the instant, None where there is no data."""
        index = bisect_right(self.segments, instant, key=_start_of) - 1
        found = self.segments[index] if index >= 0 else None
        return found if found is not None and found.covers(instant) else None

    def since(self, instant: datetime) -> datetime | None:
        """Since when the state of the instant had lasted by then, without a break."""
        current = self.at(instant)
        if current is None:
            return None
        start = current.start
        for segment in reversed(self.segments[: self.segments.index(current)]):
            if segment.end != start or segment.state is not current.state:
                break
            start = segment.start
        return start

    def until(self, instant: datetime) -> "Line":
        """The part of the line before the instant, its last segment ended there."""
        kept = (segment for segment in self.segments if segment.start < instant)
        return Line(tuple(_ended(segment, instant) for segment in kept))

    def then(self, segment: Segment) -> "Line":
        """The line up to the segment's start, followed by the segment."""
        return Line(tuple(_joined([*self.until(segment.start), segment])))

    def tally(self, window: Interval, now: datetime) -> Tally:
        """How long the line was in each state during the window; the future is not counted."""
        start, end = window.start, min(window.end, now)
        spent: dict[Status, timedelta] = {}
        maintenance = timedelta()
        for segment in self._touching(start, end):
            first = max(segment.start, start)
            last = end if segment.end is None else min(segment.end, end)
            if first >= last:
                continue
            if segment.maintenance:
                maintenance += last - first
            else:
                spent[segment.state] = spent.get(segment.state, timedelta()) + (last - first)
        return Tally(spent, maintenance)

    def by_day(self, days: Iterable[Day], now: datetime) -> list[tuple[Day, Tally]]:
        """The tally of each day; today counts up to now."""
        return [(day, self.tally(day.interval, now)) for day in days]

    def _touching(self, start: datetime, end: datetime) -> Iterator[Segment]:
        first = bisect_right(self.segments, start, key=_start_of) - 1
        for segment in self.segments[max(first, 0) :]:
            if segment.start >= end:
                return
            yield segment


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What a store has to do so that one line becomes another."""

    removed: tuple[Segment, ...]
    added: tuple[Segment, ...]


def difference(before: Line, after: Line) -> Redrawn:
    """The segments to delete and those to insert, each in order of time."""
    old, new = set(before), set(after)
    return Redrawn(
        removed=tuple(segment for segment in before if segment not in new),
        added=tuple(segment for segment in after if segment not in old),
    )


def overlay(segments: Iterable[Segment]) -> Line:
    """One line out of overlapping segments: the higher rank wins, at equal rank the worse state.

    Backfill and audited overrides are segments of higher rank; whoever corrects an override gives
    the correction a higher rank still. Segments that do not overlap need no sweep; nearly all
    lines are made of such, and a board reads thousands.
    """
    ordered = sorted(filter(_lasts, segments), key=lambda segment: segment.start)
    if all(_apart(earlier, later) for earlier, later in pairwise(ordered)):
        return Line(tuple(_joined(ordered)))
    return sweep(ordered, lambda active: max(active, key=lambda one: (one.rank, one.state.rank)))


def component_line(component: str, confirmed: Line, impacts: Iterable[Segment]) -> Line:
    """A component's own line: at each instant the worse of its service and the public impacts.

    A component that follows incidents only passes a steady operational line as `confirmed`.
    Maintenance of either is maintenance of the component.
    """
    relabelled = (
        replace(segment, subject=component, line=LineKind.COMPONENT)
        for segment in (*confirmed, *impacts)
    )
    return sweep(relabelled, _worse)


def sweep(segments: Iterable[Segment], choose: Callable[[Sequence[Segment]], Segment]) -> Line:
    """Walk through time and let `choose` name the segment that holds wherever several do."""
    waiting = deque(sorted(filter(_lasts, segments), key=lambda segment: segment.start))
    edges = sorted({edge for one in waiting for edge in (one.start, one.end) if edge is not None})
    active: list[Segment] = []
    pieces: list[Segment] = []
    for start, end in pairwise([*edges, None]):
        assert start is not None
        active = [segment for segment in active if segment.end is None or segment.end > start]
        while waiting and waiting[0].start <= start:
            active.append(waiting.popleft())
        if active:
            pieces.append(replace(choose(active), start=start, end=end))
    return Line(tuple(_joined(pieces)))


def _worse(active: Sequence[Segment]) -> Segment:
    worst = max(active, key=lambda segment: segment.state.rank)
    return replace(worst, maintenance=any(segment.maintenance for segment in active))


def _lasts(segment: Segment) -> bool:
    return segment.end is None or segment.start < segment.end


def _ended(segment: Segment, instant: datetime) -> Segment:
    if segment.end is not None and segment.end <= instant:
        return segment
    return replace(segment, end=instant)


def _joined(pieces: Iterable[Segment]) -> Iterator[Segment]:
    """Join neighbours that differ only in their time."""
    held: Segment | None = None
    for piece in pieces:
        if held is not None and _continues(held, piece):
            held = replace(held, end=piece.end)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _apart(earlier: Segment, later: Segment) -> bool:
    return earlier.end is not None and earlier.end <= later.start


def _continues(held: Segment, piece: Segment) -> bool:
    if held.end != piece.start or held.state is not piece.state:
        return False
    return replace(held, start=piece.start, end=piece.end) == piece
