"""Alerts: deduplicated calls for attention, held back where something explains them."""

from tocsin.detection.alerts.holding import Alerts
from tocsin.detection.alerts.model import (
    Alert,
    AlertDecision,
    AlertKind,
    AlertState,
    AlertVerdict,
    HeldBy,
)
from tocsin.detection.alerts.queries import (
    alert,
    alerts,
    alerts_of,
    decision_reason,
    decisions_about,
    open_alert,
    tenant_of_alert,
)
from tocsin.detection.alerts.verbs import acknowledge

__all__ = [
    "Alert",
    "AlertDecision",
    "AlertKind",
    "AlertState",
    "AlertVerdict",
    "Alerts",
    "HeldBy",
    "acknowledge",
    "alert",
    "alerts",
    "alerts_of",
    "decision_reason",
    "decisions_about",
    "open_alert",
    "tenant_of_alert",
]
