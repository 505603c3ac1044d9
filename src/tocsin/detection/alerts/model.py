"""What an alert is, what holds one back, and what was decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from tocsin.kernel.facts import Actor
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status


class AlertState(StrEnum):
    """Firing until somebody acknowledges it or the service recovers."""

    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class AlertKind(StrEnum):
    """What an alert comes from: a confirmed condition, a trigger, a burning error budget."""

    CONDITION = "condition"
    TRIGGER = "trigger"
    BURN = "burn"


class HeldBy(StrEnum):
    """What keeps an alert from people: maintenance, an upstream that explains it, its own unrest."""

    MAINTENANCE = "maintenance"
    UPSTREAM = "upstream"
    FLAPPING = "flapping"


@dataclass(frozen=True, slots=True)
class Hold:
    """Why an alert is held back. `until` is when it is looked at again by itself."""

    by: HeldBy
    reason: str
    until: datetime | None = None
    upstream: str | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alert:
    """One call for attention about a service.

    For a condition it is one episode of trouble; `key` is empty there, and names the trigger or
    the severity of the burn otherwise; `opens_incident` says whether such a cause asks for one.
    `status` is what it stands at, `worst` the worst it stood at.
    `told_at` is when people heard of it, None while it is held back. While `flapping`, it stands
    for all the ups and downs. `decision_id` names the decision that last changed it.
    """

    id: UUID
    service_id: str
    service_name: str
    tier: int
    kind: AlertKind
    key: str
    title: str | None
    severity: Severity | None
    opens_incident: bool
    episode: int
    status: Status
    worst: Status
    state: AlertState
    since: datetime
    raised_at: datetime
    changed_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: Actor | None
    resolved_at: datetime | None
    decision_id: UUID
    flapping: bool
    told_at: datetime | None
    held_by: HeldBy | None
    held_reason: str | None
    upstream_id: str | None

    @property
    def is_open(self) -> bool:
        return self.state is not AlertState.RESOLVED

    @property
    def is_told(self) -> bool:
        """Whether people heard of it."""
        return self.told_at is not None


class AlertVerdict(StrEnum):
    """What was decided about telling people."""

    SENT = "sent"
    HELD = "held"
    RELEASED = "released"
    RESOLVED = "resolved"
    RESOLVED_UNSEEN = "resolved_unseen"  # never told, so its end is not told either
    FLAPPING_BEGAN = "flapping_began"
    FLAPPING_GOES_ON = "flapping_goes_on"
    FLAPPING_ENDED = "flapping_ended"


@dataclass(frozen=True, slots=True)
class AlertDecision:
    """A decision about an alert, in a sentence, with what was looked at."""

    id: UUID
    service_id: str
    alert_id: UUID
    at: datetime
    verdict: AlertVerdict
    reason: str
    evidence: Mapping[str, Any] = field(default_factory=dict)


REMINDER_AFTER = timedelta(hours=12)
"""How long a service flaps before people are reminded, once."""
