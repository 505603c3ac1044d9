"""Conditions: what is confirmed about each service, since when, and why."""

from .board import Reader, WholeView, decision_out
from .model import ConfirmSettings
from .queries import (
    KeptDecision,
    StatusEvent,
    decision,
    decisions_of,
    lines,
    recent_events,
    segments,
    services_in_states,
    state,
    states,
    statuses_of,
)
from .schemas import DecisionOut
from .store import State
from .verbs import Conditions

__all__ = [
    "Conditions",
    "ConfirmSettings",
    "DecisionOut",
    "KeptDecision",
    "Reader",
    "State",
    "StatusEvent",
    "WholeView",
    "decision",
    "decision_out",
    "decisions_of",
    "lines",
    "recent_events",
    "segments",
    "services_in_states",
    "state",
    "states",
    "statuses_of",
]
