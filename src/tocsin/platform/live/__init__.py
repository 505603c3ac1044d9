"""Live hints: something changed, fetch it again; within a process, between processes and nodes."""

from .bus import LocalBus
from .buses import Bus, open_bus
from .hub import Hub, Subscriber

__all__ = ["Bus", "Hub", "LocalBus", "Subscriber", "open_bus"]
