"""Live hints: something changed, fetch it again; within a process, between processes and nodes."""

from .bus import LocalBus
from .hub import Hub, Subscriber

__all__ = ["Hub", "LocalBus", "Subscriber"]
