"""The wire types of alerts."""

from typing import Literal

from tocsin.detection.conditions import DecisionOut
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.wire import Moment, WireModel

from .model import AlertKind, AlertState, AlertVerdict, HeldBy


class AlertOut(WireModel):
    """An alert in a list."""

    id: str
    service_id: str
    service_name: str
    tier: Literal[1, 2, 3]
    kind: AlertKind
    title: str | None
    severity: Severity | None
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
    flapping: bool
    told_at: Moment | None
    held_by: HeldBy | None
    held_reason: str | None
    upstream_id: str | None


class TellingOut(WireModel):
    """A decision about telling people, with what was looked at."""

    id: str
    alert_id: str
    at: Moment
    verdict: AlertVerdict
    sentence: str


class WhyOut(WireModel):
    """One answer to "why did I (not) get an alert?": what was seen, or what was told of it."""

    id: str
    at: Moment
    about: Literal["condition", "alert"]
    verdict: str
    sentence: str
    alert_id: str | None = None
    decision: DecisionOut | None = None


class WhysOut(WireModel):
    """The newest decisions about a service first."""

    items: list[WhyOut]


class AlertDetailOut(AlertOut):
    """An alert with the decision behind it and those before."""

    decision: DecisionOut | None
    decisions: list[DecisionOut]
    tellings: list[TellingOut]
