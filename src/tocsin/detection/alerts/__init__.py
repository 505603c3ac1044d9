"""Alerts: one deduplicated call for attention per episode of a service, from raise to recovery."""

from .model import Alert, AlertState
from .queries import alert, alerts, alerts_of
from .verbs import acknowledge

__all__ = ["Alert", "AlertState", "acknowledge", "alert", "alerts", "alerts_of"]
