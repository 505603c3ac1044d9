"""Days and stretches of the past: daily availability, what was left day by day, where it went."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tocsin.detection.objectives.model import Budget, BudgetPoint, Loss
from tocsin.kernel.intervals import Day, Interval
from tocsin.kernel.segments import DOWN, Line
from tocsin.kernel.status import Status

from .spending import Stretches, availability_percent


def daily_percent(stretches: Stretches, days: Sequence[Day]) -> list[float | None]:
    """The availability of each day in percent, None without data; days follow each other."""
    return [availability_percent(stretches.during(day.interval)) for day in days]


def budget_points(
    stretches: Stretches, window: Interval, days: Sequence[Day], budget: Budget
) -> list[BudgetPoint]:
    """What was left of today's budget at the start of the window and at the end of each day.

    The last point is now. Spending evenly leaves nothing at the end of the window. Empty where
    there is no budget, because nothing was to be measured.
    """
    if budget.total <= 0:
        return []
    instants = [window.start, *(min(day.interval.end, window.end) for day in days)]
    return [
        _point(stretches, Interval(window.start, at), window, budget)
        for at in sorted(set(instants))
    ]


def _point(stretches: Stretches, until: Interval, window: Interval, budget: Budget) -> BudgetPoint:
    spent = Budget(budget.total, stretches.during(until).bad)
    return BudgetPoint(
        at=until.end,
        left_percent=spent.left_percent or 0.0,
        even_percent=100.0 * (1 - until.duration / window.duration),
        bad_seconds=spent.spent,
    )


def losses(line: Line, window: Interval, weights: Mapping[Status, float] = DOWN) -> list[Loss]:
    """The unbroken stretches of lost time inside a window that ends now, oldest first."""
    found: list[Loss] = []
    for segment in line:
        part = segment.within(window)
        weight = 0.0 if segment.maintenance else weights.get(segment.state, 0.0)
        if part is None or not weight:
            continue
        end = None if segment.end is None or segment.end > window.end else segment.end
        seconds = part.duration.total_seconds() * weight
        loss = Loss(part.start, end, segment.state, seconds)
        if found and found[-1].end == part.start:
            found[-1] = _joined(found[-1], loss)
        else:
            found.append(loss)
    return found


def _joined(earlier: Loss, later: Loss) -> Loss:
    worst = max(earlier.worst, later.worst, key=lambda state: state.rank)
    seconds = earlier.seconds + later.seconds
    return replace(earlier, end=later.end, worst=worst, seconds=seconds)


def costliest(found: Iterable[Loss], most: int) -> list[Loss]:
    """The stretches that cost most, the dearest first."""
    return sorted(found, key=lambda loss: (-loss.seconds, _age(loss.start)))[:most]


def _age(start: datetime) -> float:
    return -start.timestamp()
