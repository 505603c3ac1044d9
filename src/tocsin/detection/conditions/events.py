"""What conditions record; every subject is the service."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tocsin.detection.conditions.model import Decision, Verdict
from tocsin.kernel.facts import Fact, Visibility, subject_of
from tocsin.kernel.status import Status

STATUS_CHANGED = "condition.status_changed"
CONFIRMED = "condition.confirmed"
MUTED = "condition.muted"
IMPROVED = "condition.improved"
RECOVERED = "condition.recovered"
SIGHT_LOST = "condition.sight_lost"
SIGHT_REGAINED = "condition.sight_regained"
MAINTENANCE_BEGAN = "condition.maintenance_began"
MAINTENANCE_ENDED = "condition.maintenance_ended"
FLAPPING_BEGAN = "condition.flapping_began"
FLAPPING_ENDED = "condition.flapping_ended"
POLLER_CHANGED = "condition.poller_changed"

OF_VERDICT: Mapping[Verdict, str] = {
    Verdict.CONFIRMED: CONFIRMED,
    Verdict.MUTED: MUTED,
    Verdict.IMPROVED: IMPROVED,
    Verdict.RECOVERED: RECOVERED,
    Verdict.SIGHT_LOST: SIGHT_LOST,
    Verdict.SIGHT_REGAINED: SIGHT_REGAINED,
    Verdict.FLAPPING_BEGAN: FLAPPING_BEGAN,
    Verdict.FLAPPING_ENDED: FLAPPING_ENDED,
}


def status_changed(
    service_id: str, visibility: Visibility, before: Status, after: Status, at: datetime
) -> Fact:
    """The raw status is another one than before."""
    return _fact(STATUS_CHANGED, service_id, visibility, at, {"from": before, "to": after})


def decided(
    service_id: str, visibility: Visibility, decision: Decision, decision_id: str
) -> Fact | None:
    """The fact of a decision that changed something; None for one that did not."""
    kind = OF_VERDICT.get(decision.verdict)
    if kind is None:
        return None
    evidence = decision.evidence
    payload = {
        "status": decision.after,
        "previous": decision.before,
        "target": decision.target,
        "since": decision.since.isoformat() if decision.since else None,
        "episode": decision.episode,
        "decision": decision_id,
        "by_hand": decision.source == "person",
        "polls": evidence.polls if evidence else None,
        "seconds": evidence.age_seconds if evidence else None,
    }
    return _fact(kind, service_id, visibility, decision.at, payload)


def flag_changed(
    kind: str, service_id: str, visibility: Visibility, at: datetime, payload: Mapping[str, Any]
) -> Fact:
    """Maintenance began or ended, or the poller's health changed."""
    return _fact(kind, service_id, visibility, at, payload)


def _fact(
    kind: str, service_id: str, visibility: Visibility, at: datetime, payload: Mapping[str, Any]
) -> Fact:
    return Fact(
        kind, subject_of("service", service_id), payload, happened_at=at, visibility=visibility
    )
