"""Objectives: what each service promises, what is left of its error budget, and what burns it."""

from .model import Breach, BurnSeverity, Objective, ObjectiveSettings
from .queries import objective, objectives, open_breaches
from .verbs import set_objective
from .words import burn_facts, burn_headline, burn_sentence

__all__ = [
    "Breach",
    "BurnSeverity",
    "Objective",
    "ObjectiveSettings",
    "burn_facts",
    "burn_headline",
    "burn_sentence",
    "objective",
    "objectives",
    "open_breaches",
    "set_objective",
]
