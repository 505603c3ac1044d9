"""The arithmetic of promises: time spent, budgets, burn rates and what they deserve."""

from .budgets import budget_of, budget_total, exhausted_in, lost_share
from .burning import burn_rate, ceiling, evaluate, outlook, pairs_for
from .history import budget_points, costliest, daily_percent, losses
from .spending import Past, Stretches, availability_percent
from .telling import beginning_is_news, end_is_news

__all__ = [
    "Past",
    "Stretches",
    "availability_percent",
    "beginning_is_news",
    "budget_of",
    "budget_points",
    "budget_total",
    "burn_rate",
    "ceiling",
    "costliest",
    "daily_percent",
    "end_is_news",
    "evaluate",
    "exhausted_in",
    "losses",
    "lost_share",
    "outlook",
    "pairs_for",
]
