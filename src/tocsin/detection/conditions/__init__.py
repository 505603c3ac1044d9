"""Conditions: what is confirmed about each service, since when, and why."""

from .queries import (
    KeptDecision,
    StatusEvent,
    decision,
    decisions_of,
    lines,
    recent_events,
    segments,
    state,
    states,
)
from .store import State
from .verbs import Conditions

__all__ = [
    "Conditions",
    "KeptDecision",
    "State",
    "StatusEvent",
    "decision",
    "decisions_of",
    "lines",
    "recent_events",
    "segments",
    "state",
    "states",
]
