"""Figures on the wire; those of lists are plain dictionaries, by the names of their models."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tocsin.registry.catalog import Service

from . import rules
from .model import (
    Breach,
    BudgetPoint,
    Evaluation,
    Loss,
    Objective,
    ObjectiveSettings,
    Outlook,
    Spent,
    WindowPair,
)
from .schemas import (
    LossOut,
    ObjectiveOut,
    PointOut,
    SlaOut,
    SloDetailOut,
    ThresholdOut,
)

SPANS = (timedelta(hours=24), timedelta(days=7), timedelta(days=30))
COSTLIEST = 20
ENOUGH_KNOWN = 50.0


def sla_out(service: Service, promise: Objective, stretches: rules.Stretches) -> dict[str, Any]:
    """A service's availability over the three spans."""
    spent = [stretches.last(span) for span in SPANS]
    return {
        **_named(service),
        "target_percent": promise.target_percent,
        "uptime_percent": _spans([rules.availability_percent(one) for one in spent]),
        "lost_seconds": _spans([round(one.bad, 3) for one in spent]),
        "known_percent": _spans([_known_percent(one) for one in spent]),
    }


def slo_out(
    service: Service,
    found: Outlook,
    burning: Sequence[Breach],
    settings: ObjectiveSettings,
    now: datetime,
) -> dict[str, Any]:
    """A service's budget and burn."""
    known, gone, budget = _known_percent(found.month), found.exhausted_in, found.budget
    return {
        **_named(service),
        "target_percent": found.objective.target_percent,
        "own_target": found.objective.is_own,
        "window_days": settings.window.days,
        "budget_seconds": round(budget.total, 3),
        "spent_seconds": round(budget.spent, 3),
        "left_seconds": round(budget.left, 3),
        "left_percent": _rounded(budget.left_percent, 2),
        "burn_rate": _rounded(found.pace, 4),
        "exhausted_in_seconds": None if gone is None else int(gone.total_seconds()),
        "exhausted_at": None if gone is None else now + gone,
        "known_percent": known,
        "insufficient_data": known is None or known < ENOUGH_KNOWN,
        "burn": [_burn(one) for one in found.evaluations],
        "breaches": [_breach(one) for one in burning],
    }


def detail_out(
    slo: Mapping[str, Any],
    found: Outlook,
    settings: ObjectiveSettings,
    *,
    points: Sequence[BudgetPoint],
    losses: Sequence[Loss],
    sla: Mapping[str, Any],
) -> SloDetailOut:
    """One service's month."""
    shown = rules.costliest(losses, COSTLIEST)
    shown_seconds = sum(loss.seconds for loss in shown)
    return SloDetailOut(
        **slo,
        version=found.objective.version,
        default_target_percent=settings.target_percent,
        alerting=settings.is_alerting,
        points=[_point(one) for one in points],
        losses=[_loss(one, found.budget.total) for one in shown],
        other_losses=len(losses) - len(shown),
        other_losses_seconds=round(sum(loss.seconds for loss in losses) - shown_seconds, 3),
        sla=SlaOut(**sla),
    )


def objective_out(promise: Objective, settings: ObjectiveSettings) -> ObjectiveOut:
    """What a service promises, and which burn rates are too high for that."""
    target = promise.target_percent
    return ObjectiveOut(
        service_id=promise.service_id,
        target_percent=target,
        own_target=promise.is_own,
        default_target_percent=settings.target_percent,
        budget_seconds=round(rules.budget_total(target, settings.window), 3),
        window_days=settings.window.days,
        thresholds=[ThresholdOut(**_pair(one)) for one in rules.pairs_for(settings, target)],
        version=promise.version,
        updated_at=promise.updated_at,
    )


def emptiest_first(slo: Mapping[str, Any]) -> tuple[float, int, str]:
    """The order of a list of budgets: services without one come last."""
    left = slo["left_percent"]
    return float("inf") if left is None else left, slo["tier"], slo["name"].casefold()


def _named(service: Service) -> dict[str, Any]:
    return {"id": service.id, "name": service.name, "tier": service.tier}


def _burn(found: Evaluation) -> dict[str, Any]:
    return {
        **_pair(found.pair),
        "burn_long": _rounded(found.burn_long, 4),
        "burn_short": _rounded(found.burn_short, 4),
        "state": found.verdict,
        "reason": found.reason,
    }


def _pair(pair: WindowPair) -> dict[str, Any]:
    said = pair.threshold if pair.scaled_from is None else pair.scaled_from
    return {
        "pair": pair.name,
        "long_seconds": int(pair.long.total_seconds()),
        "short_seconds": int(pair.short.total_seconds()),
        "severity": pair.severity,
        "threshold": round(pair.threshold, 4),
        "configured_threshold": said,
        "scaled": pair.scaled_from is not None,
    }


def _breach(breach: Breach) -> dict[str, Any]:
    return {
        "pair": breach.pair,
        "severity": breach.severity,
        "since": breach.began_at,
        "burn_long": round(breach.burn_long, 4),
        "burn_short": round(breach.burn_short, 4),
    }


def _point(point: BudgetPoint) -> PointOut:
    return PointOut(
        at=point.at,
        left_percent=round(point.left_percent, 2),
        even_percent=round(point.even_percent, 2),
        lost_seconds=round(point.bad_seconds, 3),
    )


def _loss(loss: Loss, total: float) -> LossOut:
    return LossOut(
        start=loss.start,
        end=loss.end,
        worst=loss.worst,
        seconds=round(loss.seconds, 3),
        budget_percent=round(100 * loss.seconds / total, 2) if total > 0 else None,
    )


def _spans(figures: Sequence[float | None]) -> dict[str, float | None]:
    day, week, month = figures
    return {"24h": day, "7d": week, "30d": month}


def _known_percent(spent: Spent) -> float | None:
    return _rounded(None if spent.coverage is None else 100 * spent.coverage, 2)


def _rounded(figure: float | None, digits: int) -> float | None:
    return None if figure is None else round(figure, digits)
