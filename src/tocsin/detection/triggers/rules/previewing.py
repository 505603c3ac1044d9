"""What a trigger would have done: the spans it fired, how well the time is covered, a thin chart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isfinite

from tocsin.detection.triggers.model import Standing

from .expression import Comparison, Measured, Number, comparisons, measured
from .judging import Change, Rule, judge
from .reading import Point, Reader
from .streams import Stream

MOST_POINTS = 500
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Span:
    """From firing to clearing; `cleared_at` None: still firing at the end. `since` is when the
    condition began to hold."""

    since: datetime
    fired_at: datetime
    cleared_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A line to draw, such as `> 30000`, in base units."""

    sign: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One monitor's values, thinned; a value of None is a check without an answer."""

    monitor: str | None
    points: list[tuple[datetime, float | None]]


@dataclass(frozen=True, slots=True)
class Chart:
    """One operand of the condition over time, with the limits it is compared with."""

    operand: Measured
    limits: list[Limit]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a trigger would have done; `coverage` is the share of the time in which the condition
    was known to hold or not to hold, `evaluated` how often it was looked at."""

    spans: list[Span]
    charts: list[Chart]
    coverage: float
    evaluated: int
    firing_seconds: float


def preview(rule: Rule, streams: Sequence[Stream], start: datetime, end: datetime) -> Preview:
    """Evaluate a rule over the past; the streams reach back before `start` where windows need it."""
    watcher = _Watcher(rule, start.timestamp(), end.timestamp())
    _, changes = judge(rule, streams, Standing(), start, end, watcher.saw)
    spans = _spans(changes)
    fired = sum(((span.cleared_at or end) - span.fired_at).total_seconds() for span in spans)
    return Preview(
        spans, watcher.charts(streams), watcher.coverage(streams), watcher.evaluated, fired
    )


def _spans(changes: Sequence[Change]) -> list[Span]:
    spans: list[Span] = []
    opened: Change | None = None
    for change in changes:
        if change.fired:
            opened = change
        elif opened is not None:
            spans.append(Span(opened.since, opened.at, change.at, opened.reason))
            opened = None
    if opened is not None:
        spans.append(Span(opened.since, opened.at, None, opened.reason))
    return spans


@dataclass(slots=True)
class _Watcher:
    """Remembers, of each stream and operand, the least and the greatest value of each slot."""

    rule: Rule
    start: float
    end: float
    evaluated: int = 0
    _known: dict[str, float] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _slots: dict[tuple[str, Measured], dict[int, list[tuple[float, float]]]] = field(
        default_factory=dict
    )

    def saw(self, stream: Stream, point: Point, reader: Reader) -> None:
        """Take in one evaluated point."""
        self.evaluated += 1
        at, key = point.at, stream.key
        if point.held is not None:
            step = min(at - self._last.get(key, at - stream.interval), stream.gap)
            self._known[key] = self._known.get(key, 0.0) + step
        self._last[key] = at
        slot = int((at - self.start) / self._width)
        for operand, value in reader.values.items():
            if value is not None:
                slots = self._slots.setdefault((key, operand), {})
                _keep(slots, slot, at, value)

    def coverage(self, streams: Sequence[Stream]) -> float:
        """The mean over the streams; 0 without any."""
        whole = (self.end - self.start) * len(streams)
        return min(1.0, sum(self._known.values()) / whole) if whole else 0.0

    def charts(self, streams: Sequence[Stream]) -> list[Chart]:
        """One chart per operand."""
        expression = self.rule.condition.expression
        every = list(comparisons(expression))
        return [
            Chart(
                operand,
                _limits(operand, every),
                [
                    Line(stream.monitor, self._points(stream.key, operand))
                    for stream in streams[:MOST_LINES]
                ],
            )
            for operand in measured(expression)
        ]

    @property
    def _width(self) -> float:
        """Two values per slot, and one slot more where the last value stands at the very end."""
        return (self.end - self.start) / (MOST_POINTS // 2 - 1)

    def _points(self, key: str, operand: Measured) -> list[tuple[datetime, float | None]]:
        slots = self._slots.get((key, operand), {})
        kept = sorted({point for slot in slots.values() for point in slot})
        return [
            (datetime.fromtimestamp(at, UTC), value if isfinite(value) else None)
            for at, value in kept
        ]


def _keep(slots: dict[int, list[tuple[float, float]]], slot: int, at: float, value: float) -> None:
    found = slots.get(slot)
    if found is None:
        slots[slot] = [(at, value), (at, value)]
    elif value < found[0][1]:
        found[0] = (at, value)
    elif value > found[1][1]:
        found[1] = (at, value)


_MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def _limits(operand: Measured, every: Sequence[Comparison]) -> list[Limit]:
    limits: list[Limit] = []
    for one in every:
        if one.left == operand and isinstance(one.right, Number):
            limits.append(Limit(one.sign, one.right.value, one.right.text))
        elif one.right == operand and isinstance(one.left, Number):
            sign = _MIRRORED.get(one.sign, one.sign)
            limits.append(Limit(sign, one.left.value, one.left.text))
    return list(dict.fromkeys(limits))
