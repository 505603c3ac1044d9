"""Facts of alerts. The payload names the service, so that reactions need not look it up.

`told` says whether people know of the alert, `sends` whether this fact is worth a message to them.
"""

from typing import Any

from tocsin.detection.alerts.model import Alert
from tocsin.kernel.facts import Fact, subject_of

RAISED = "alert.raised"
RELEASED = "alert.released"
CHANGED = "alert.changed"
RESOLVED = "alert.resolved"
ACKNOWLEDGED = "alert.acknowledged"
FLAPPING_BEGAN = "alert.flapping_began"
FLAPPING_GOES_ON = "alert.flapping_goes_on"
FLAPPING_ENDED = "alert.flapping_ended"


def fact(kind: str, alert: Alert, *, sends: bool = True, **more: Any) -> Fact:
    """A fact about an alert; always internal. What nobody was told of sends nothing."""
    payload = {
        "service_id": alert.service_id,
        "tier": alert.tier,
        "kind": alert.kind,
        "status": alert.status,
        "worst": alert.worst,
        "severity": alert.severity,
        "opens_incident": alert.opens_incident,
        "episode": alert.episode,
        "since": alert.since.isoformat(),
        "decision": alert.decision_id.hex,
        "told": alert.is_told,
        "sends": sends and alert.is_told,
        "held_by": alert.held_by,
        "flapping": alert.flapping,
        **more,
    }
    return Fact(kind, subject_of("alert", alert.id), payload)
