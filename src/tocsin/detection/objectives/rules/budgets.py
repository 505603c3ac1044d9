"""Error budgets in seconds (SRE Workbook, chapter 2): how much may be lost, what is left, until when."""

from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from tocsin.detection.objectives.model import Budget, Spent


@lru_cache(maxsize=512)
def lost_share(target_percent: float) -> float:
    """The share of time that a target allows to be lost: 0.001 of 99.9.

    Taken in decimals, so that what a person typed is not off by the noise of binary fractions.
    """
    return float((100 - Decimal(str(target_percent))) / 100)


def budget_total(target_percent: float, window: timedelta) -> float:
    """The seconds that may be lost in a window of which everything counts."""
    return lost_share(target_percent) * window.total_seconds()


def budget_of(target_percent: float, spent: Spent) -> Budget:
    """The budget of a window: unknown time and maintenance neither earn nor spend any of it."""
    return Budget(lost_share(target_percent) * spent.expected, spent.bad)


def exhausted_in(budget: Budget, burn: float | None, window: timedelta) -> timedelta | None:
    """How long the rest of a budget lasts at a burn rate: share left × window ÷ burn rate.

    Zero when nothing is left; None when nothing burns, or when it lasts longer than the window:
    by then what was spent has left the window again.
    """
    if budget.total <= 0:
        return None
    if budget.left <= 0:
        return timedelta()
    if not burn or burn <= budget.left / budget.total:
        return None
    return budget.left / budget.total * window / burn
