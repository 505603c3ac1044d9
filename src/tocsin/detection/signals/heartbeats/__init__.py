"""Heartbeats: jobs that report themselves, and what it means when they do not."""

from .fields import Cron, HeartbeatFields, ZoneName
from .keys import PingKeys
from .kind import HeartbeatKind
from .model import Ping, PingKind
from .rules import Schedule, cron_times, cron_words, next_due

__all__ = [
    "Cron",
    "HeartbeatFields",
    "HeartbeatKind",
    "Ping",
    "PingKeys",
    "PingKind",
    "Schedule",
    "ZoneName",
    "cron_times",
    "cron_words",
    "next_due",
]
