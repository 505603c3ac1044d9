"""Facts of alerts. The payload names the service, so that reactions need not look it up."""

from typing import Any

from tocsin.detection.alerts.model import Alert
from tocsin.kernel.facts import Fact, subject_of

RAISED = "alert.raised"
CHANGED = "alert.changed"
RESOLVED = "alert.resolved"
ACKNOWLEDGED = "alert.acknowledged"


def fact(kind: str, alert: Alert, **more: Any) -> Fact:
    """A fact about an alert; always internal."""
    payload = {
        "service_id": alert.service_id,
        "tier": alert.tier,
        "status": alert.status,
        "worst": alert.worst,
        "episode": alert.episode,
        "since": alert.since.isoformat(),
        "decision": alert.decision_id.hex,
        **more,
    }
    return Fact(kind, subject_of("alert", alert.id), payload)
