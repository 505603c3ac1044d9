"""Conditions: what is confirmed about each service, since when, and why."""

from .board import Reader, WholeView, decision_out
from .impacts import impact_on
from .model import ConfirmSettings
from .queries import (
    KeptDecision,
    StatusEvent,
    decision,
    decisions_of,
    in_trouble,
    lines,
    recent_events,
    segments,
    services_in_states,
    state,
    state_versions,
    states,
    statuses_of,
)
from .schemas import DecisionOut
from .store import Standing, State
from .verbs import Conditions

__all__ = [
    "Conditions",
    "ConfirmSettings",
    "DecisionOut",
    "KeptDecision",
    "Reader",
    "Standing",
    "State",
    "StatusEvent",
    "WholeView",
    "decision",
    "decision_out",
    "decisions_of",
    "impact_on",
    "in_trouble",
    "lines",
    "recent_events",
    "segments",
    "services_in_states",
    "state",
    "state_versions",
    "states",
    "statuses_of",
]
