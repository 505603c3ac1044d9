"""What an alert is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tocsin.kernel.facts import Actor
from tocsin.kernel.status import Status


class AlertState(StrEnum):
    """Firing until somebody acknowledges it or the service recovers."""

    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Alert:
    """One episode of trouble of one service.

    `status` is what it stands at, `worst` the worst it stood at. `decision_id` names the decision
    that last changed it, which holds the reason and the measured values.
    """

    id: UUID
    service_id: str
    service_name: str
    tier: int
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

    @property
    def is_open(self) -> bool:
        return self.state is not AlertState.RESOLVED
