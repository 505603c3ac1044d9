"""Signals: the sources of services, what polls and people say of them, and how polling goes."""

from .checking import Checker
from .discovery import Attempt, Discovery, Suggestion
from .heartbeats import HeartbeatKind, PingKeys
from .kinds import Kinds
from .meter import Busy, Meter
from .metrics import metrics_of
from .model import CheckResult, ManualStatus, PollerHealth, SignalSettings, Source, SourceState
from .queries import hold_of, holds_of, oldest_poll, source, sources_of
from .results import LatencyPoint, latency, results_of
from .samples import Observations, ServiceLook, ServiceSample
from .verbs import (
    POLL,
    MonitorDraft,
    Signals,
    add_monitor,
    release,
    remove_monitor,
    set_status_by_hand,
    take_poll,
)

__all__ = [
    "POLL",
    "Attempt",
    "Busy",
    "CheckResult",
    "Checker",
    "Discovery",
    "HeartbeatKind",
    "Kinds",
    "LatencyPoint",
    "ManualStatus",
    "Meter",
    "MonitorDraft",
    "Observations",
    "PingKeys",
    "PollerHealth",
    "ServiceLook",
    "ServiceSample",
    "SignalSettings",
    "Signals",
    "Source",
    "SourceState",
    "Suggestion",
    "add_monitor",
    "hold_of",
    "holds_of",
    "latency",
    "metrics_of",
    "oldest_poll",
    "release",
    "remove_monitor",
    "results_of",
    "set_status_by_hand",
    "source",
    "sources_of",
    "take_poll",
]
