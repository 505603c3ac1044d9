"""Response times over time, from the coarsest roll-ups that fit the step."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tocsin.kernel.errors import FieldError, Invalid
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx

from . import packing, store
from .bundle import Bundle
from .folding import HOURS_OF_A_DAY
from .reading import results_of
from .rollup import Rollup, roll_up
from .tables import Period

MOST_POINTS = 1_500
_MOST_HOURS = 24 * 35
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LatencyPoint:
    """Results of one step: how many, how many bad, and response times in milliseconds, None where
    nothing was answered."""

    start: datetime
    count: int
    bad: int
    avg: float | None
    p50: float | None
    p90: float | None
    p95: float | None
    p99: float | None


def latency(tx: ReadTx, source_id: UUID, window: Interval, step: timedelta) -> list[LatencyPoint]:
    """One point per step that has results, cut in UTC, the first and the last one whole.

    Steps below an hour read raw results. Raises Invalid for more than 1,500 points.
    """
    if window.duration / step > MOST_POINTS:
        sentence = f"the window has more than {MOST_POINTS} steps of this length"
        raise Invalid(f"step: {sentence}", errors=[FieldError("step", sentence)])
    whole = Interval(_floor(window.start, step), _floor(window.end, step) + step)
    points: defaultdict[datetime, Rollup] = defaultdict(Rollup)
    for at, rollup in _pieces(tx, source_id, whole, step):
        points[_floor(at, step)] += rollup
    return [_point(start, points[start]) for start in sorted(points)]


def _pieces(
    tx: ReadTx, source_id: UUID, window: Interval, step: timedelta
) -> Iterable[tuple[datetime, Rollup]]:
    if step % packing.HOUR:
        found = results_of(tx, [source_id], window)[source_id]
        return [(one.at, roll_up([one])) for one in found]
    hours = range(packing.hour_of(window.start), packing.hour_of(window.end))
    pieces: dict[int, Rollup] = {}
    days: set[int] = set()
    if not step % _DAY:
        days = {hour for hour in hours if hour % HOURS_OF_A_DAY == 0}
        pieces |= _rolled(tx, Period.DAY, source_id, days)
        days &= pieces.keys()
    finer = [hour for hour in hours if hour // HOURS_OF_A_DAY * HOURS_OF_A_DAY not in days]
    pieces |= _rolled(tx, Period.HOUR, source_id, finer[-_MOST_HOURS:])
    fresh = _not_folded(tx, source_id, hours, finer)
    return [(packing.start_of(hour), rollup) for hour, rollup in [*pieces.items(), *fresh]]


def _rolled(tx: ReadTx, period: Period, source_id: UUID, hours: Iterable[int]) -> dict[int, Rollup]:
    return {hour: rollup for _, hour, rollup in store.rollups(tx, period, [source_id], hours)}


def _not_folded(
    tx: ReadTx, source_id: UUID, hours: range, wanted: Iterable[int]
) -> list[tuple[int, Rollup]]:
    known = set(wanted)
    return [
        (hour, roll_up(packing.unpack(block, hour)))
        for hour, data in store.bundles_of(tx, hours[0], hours[-1])
        if hour in known and (block := Bundle(data).get(source_id))
    ]


def _floor(at: datetime, step: timedelta) -> datetime:
    return at - (at - _EPOCH) % step


def _point(start: datetime, rollup: Rollup) -> LatencyPoint:
    shares = (rollup.percentile(share) for share in (0.5, 0.9, 0.95, 0.99))
    return LatencyPoint(start, rollup.count, rollup.bad, rollup.average, *shares)
