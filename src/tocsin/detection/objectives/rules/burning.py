"""Burn rates over pairs of windows, and the guards against false and impossible alarms."""

from dataclasses import replace
from datetime import timedelta

from tocsin.detection.objectives.model import (
    BurnSeverity,
    BurnVerdict,
    Evaluation,
    Objective,
    ObjectiveSettings,
    Outlook,
    Spent,
    WindowPair,
)

from .budgets import budget_of, exhausted_in, lost_share
from .spending import Stretches

LEAST_BAD_SECONDS = 180.0
"""What the long window must have lost: one bad poll in an hour already burns 16.7 times too fast."""

LEAST_COVERAGE = 0.5
"""The share of the long window that must be known."""

MEDIUM_THRESHOLD = 3.0
"""The workbook's rate for a day: 10 % of the budget."""

REACHABLE = 0.9
"""The share of the highest possible burn rate that a threshold above it is lowered to."""

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_PACE = 3 * _DAY


def pairs_for(settings: ObjectiveSettings, target_percent: float) -> tuple[WindowPair, ...]:
    """The four pairs, most urgent first, each with a threshold that this target can reach."""
    page, ticket = BurnSeverity.PAGE, BurnSeverity.TICKET
    pairs = (
        WindowPair(_HOUR, 5 * _MINUTE, page, settings.fast_threshold),
        WindowPair(6 * _HOUR, 30 * _MINUTE, page, settings.slow_threshold),
        WindowPair(_DAY, 2 * _HOUR, ticket, MEDIUM_THRESHOLD),
        WindowPair(3 * _DAY, 6 * _HOUR, ticket, settings.ticket_threshold),
    )
    return tuple(_reachable(pair, target_percent) for pair in pairs)


def ceiling(target_percent: float) -> float:
    """The highest burn rate there can be, when every second is lost: 1 ÷ (1 − target)."""
    return 1 / lost_share(target_percent)


def burn_rate(spent: Spent, target_percent: float) -> float | None:
    """How many times too fast a window spends its budget; None when nothing was to be measured.

    Rounded to a billionth, so that the noise of binary fractions is never over a threshold.
    """
    if spent.expected <= 0:
        return None
    return round(spent.bad / spent.expected / lost_share(target_percent), 9)


def evaluate(pair: WindowPair, target_percent: float, long: Spent, short: Spent) -> Evaluation:
    """Judge a pair of windows: over when both are, and the guards have nothing against it."""
    burns = burn_rate(long, target_percent), burn_rate(short, target_percent)
    verdict, reason = _judge(pair, long, *burns)
    touches = any(burn is not None and burn > pair.threshold for burn in burns)
    return Evaluation(pair, *burns, long.bad, long.coverage, verdict, reason, touches)


def outlook(objective: Objective, settings: ObjectiveSettings, stretches: Stretches) -> Outlook:
    """Everything there is to say of a service's promise now."""
    target = objective.target_percent
    month = stretches.last(settings.window)
    budget = budget_of(target, month)
    evaluations = tuple(
        evaluate(pair, target, stretches.last(pair.long), stretches.last(pair.short))
        for pair in pairs_for(settings, target)
    )
    pace = _pace(evaluations)
    left = exhausted_in(budget, pace, settings.window)
    return Outlook(objective, month, budget, evaluations, left, pace)


def _pace(evaluations: tuple[Evaluation, ...]) -> float | None:
    """The present burn: that of the most urgent pair that is over, else that of three days."""
    over = (one.burn_long for one in evaluations if one.is_over)
    calm = (one.burn_long for one in evaluations if one.pair.long == _PACE)
    return next(over, None) or next(calm, None)


def _reachable(pair: WindowPair, target_percent: float) -> WindowPair:
    highest = ceiling(target_percent)
    if pair.threshold < highest:
        return pair
    return replace(pair, threshold=REACHABLE * highest, scaled_from=pair.threshold)


def _judge(
    pair: WindowPair, long: Spent, burn_long: float | None, burn_short: float | None
) -> tuple[BurnVerdict, str]:
    if burn_long is None or burn_short is None or long.coverage is None:
        return BurnVerdict.INSUFFICIENT_DATA, "Insufficient data: nothing was to be measured."
    if long.coverage < LEAST_COVERAGE:
        share = f"{100 * long.coverage:.0f} % of the long window is known, 50 % is needed."
        return BurnVerdict.INSUFFICIENT_DATA, f"Insufficient data: {share}"
    rates = f"{burn_long:.4g} × and {burn_short:.4g} ×; the limit is {pair.threshold:.4g} ×."
    if not (burn_long > pair.threshold and burn_short > pair.threshold):
        return BurnVerdict.CALM, f"Not over in both windows: {rates}"
    if long.bad < LEAST_BAD_SECONDS:
        lost = f"{long.bad:.0f} s of the long window are lost and 180 s are needed"
        return BurnVerdict.TOO_SHORT, f"Over, but only {lost}: {rates}"
    return BurnVerdict.OVER, f"Over in both windows: {rates}"
