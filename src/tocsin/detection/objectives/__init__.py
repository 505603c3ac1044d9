"""Objectives: what each service promises, what is left of its error budget, and what burns it."""

from .model import Breach, BurnSeverity, Objective, ObjectiveSettings
from .queries import objective, objectives, open_breaches
from .verbs import set_objective

__all__ = [
    "Breach",
    "BurnSeverity",
    "Objective",
    "ObjectiveSettings",
    "objective",
    "objectives",
    "open_breaches",
    "set_objective",
]
