"""Heartbeats: jobs that report themselves, and what it means when they do not."""

from .fields import HeartbeatFields
from .keys import PingKeys
from .kind import HeartbeatKind
from .model import Ping, PingKind
from .rules import Schedule, next_due

__all__ = [
    "HeartbeatFields",
    "HeartbeatKind",
    "Ping",
    "PingKeys",
    "PingKind",
    "Schedule",
    "next_due",
]
