"""Facts of objectives; every subject is the service, and none of them is for strangers."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from tocsin.kernel.facts import Fact, subject_of

from .model import Breach, Outlook

SET = "objective.set"
BURN_BEGAN = "objective.burn_began"
BURN_ENDED = "objective.burn_ended"


class BurnEnd(StrEnum):
    """Why a burn ended: it calmed down, its service is gone, or nobody watches burns any more."""

    CALM = "calm"
    ARCHIVED = "archived"
    SWITCHED_OFF = "switched_off"


def objective_set(service_id: str, target: float | None, before: float | None) -> Fact:
    """A service promises something else; None is the installation's promise."""
    payload = {"target_percent": target, "previous": before}
    return Fact(SET, subject_of("service", service_id), payload)


def burn_began(breach: Breach, outlook: Outlook, is_news: bool) -> Fact:
    """A pair of windows is over its threshold; `budget_left` is in percent, times in seconds.

    `sends` is for people: false where something as urgent burned before, and is the alert.
    """
    left = outlook.budget.left_percent
    gone = outlook.exhausted_in
    more = {
        "target_percent": outlook.objective.target_percent,
        "budget_left": None if left is None else round(left, 2),
        "exhausted_in_seconds": None if gone is None else int(gone.total_seconds()),
        "sends": is_news,
    }
    return _of(BURN_BEGAN, breach, more)


def burn_ended(
    breach: Breach, at: datetime, how: BurnEnd, budget_left: float | None, is_news: bool
) -> Fact:
    """A pair of windows calmed down, or is watched no more.

    `sends`: it was the last of its severity, so that the alert is over. Webhooks are not told of
    what ended because somebody switched it off or took the service away.
    """
    more = {
        "how": how.value,
        "budget_left": None if budget_left is None else round(budget_left, 2),
        "lasted_seconds": int((at - breach.began_at).total_seconds()),
        "sends": is_news,
    }
    return _of(BURN_ENDED, breach, more, silent=how is not BurnEnd.CALM)


def _of(kind: str, breach: Breach, more: Mapping[str, Any], *, silent: bool = False) -> Fact:
    payload = {
        "service_id": breach.service_id,
        "tier": breach.tier,
        "pair": breach.pair,
        "severity": breach.severity.value,
        "threshold": round(breach.threshold, 4),
        "burn_long": round(breach.burn_long, 4),
        "burn_short": round(breach.burn_short, 4),
        "since": breach.began_at.isoformat(),
        **more,
    }
    return Fact(kind, subject_of("service", breach.service_id), payload, silent=silent)
