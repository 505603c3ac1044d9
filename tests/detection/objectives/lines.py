"""Lines as minutes before now: `line((60, 50, MAJOR))` was down from an hour to 50 minutes ago."""

from datetime import UTC, datetime, timedelta

from tocsin.detection.objectives.rules import Stretches
from tocsin.kernel.intervals import Interval
from tocsin.kernel.segments import Line, LineKind, Segment, overlay
from tocsin.kernel.status import Status

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
UP, DEGRADED = Status.OPERATIONAL, Status.DEGRADED
PARTIAL, MAJOR, UNKNOWN = Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE, Status.UNKNOWN
MONTH = Interval(NOW - timedelta(days=30), NOW)

Part = tuple[float, float, Status]


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def segment(start: float, end: float, state: Status, rank: int, maintenance: bool) -> Segment:
    until = None if end == 0 else ago(end)
    kind = LineKind.CONFIRMED
    return Segment("s", kind, ago(start), until, state, maintenance=maintenance, rank=rank)


def line(*parts: Part, since_days: float = 40, maintenance: tuple[Part, ...] = ()) -> Line:
    """Up since so many days, but for these parts."""
    base = [segment(since_days * 1440, 0, UP, 0, False)] if since_days else []
    over = [segment(*part, 1, False) for part in parts]
    works = [segment(*part, 2, True) for part in maintenance]
    return overlay([*base, *over, *works])


def stretches(*parts: Part, **more: object) -> Stretches:
    return Stretches.of(line(*parts, **more), NOW)  # type: ignore[arg-type] # passed on as it is
