"""What signals do: follow services, take polls, hear people, keep monitors."""

from .follow import follow_service
from .hand import release, set_status_by_hand
from .hint import ASK, take_hint
from .monitors import (
    MonitorChange,
    MonitorDraft,
    add_monitor,
    adopt_address,
    edit_monitor,
    remove_monitor,
)
from .poll import CHECKS_CHANGED, POLL, Taken, judge, schedule_poll, take_answer, take_poll
from .room import Signals
from .sealing import seal_at_start, seal_job

__all__ = [
    "ASK",
    "CHECKS_CHANGED",
    "POLL",
    "MonitorChange",
    "MonitorDraft",
    "Signals",
    "Taken",
    "add_monitor",
    "adopt_address",
    "edit_monitor",
    "follow_service",
    "judge",
    "release",
    "remove_monitor",
    "schedule_poll",
    "seal_at_start",
    "seal_job",
    "set_status_by_hand",
    "take_answer",
    "take_hint",
    "take_poll",
]
