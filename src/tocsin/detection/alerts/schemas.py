"""The wire types of alerts."""

from typing import Literal

from tocsin.detection.conditions import DecisionOut
from tocsin.kernel.status import Status
from tocsin.platform.wire import Moment, WireModel

from .model import AlertState


class AlertOut(WireModel):
    """An alert in a list."""

    id: str
    service_id: str
    service_name: str
    tier: Literal[1, 2, 3]
    episode: int
    status: Status
    worst: Status
    state: AlertState
    since: Moment
    raised_at: Moment
    changed_at: Moment
    acknowledged_at: Moment | None
    acknowledged_by: str | None
    resolved_at: Moment | None


class AlertDetailOut(AlertOut):
    """An alert with the decision behind it and those before."""

    decision: DecisionOut | None
    decisions: list[DecisionOut]
