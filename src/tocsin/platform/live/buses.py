"""Every bus that a process has: to its neighbours on the machine, and to other nodes."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from .bus import LocalBus


class Bus(Protocol):
    """Tells others what happened here, and hears what happened there."""

    def start(self, loop: asyncio.AbstractEventLoop) -> None: ...

    async def stop(self) -> None: ...

    def publish(self, message: dict[str, Any]) -> None: ...


class Buses:
    """Several buses as one; a hint that comes twice is fetched twice, and does no harm."""

    def __init__(self, *buses: Bus) -> None:
        self._buses = buses

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        for bus in self._buses:
            bus.start(loop)

    async def stop(self) -> None:
        for bus in self._buses:
            await bus.stop()

    def publish(self, message: dict[str, Any]) -> None:
        for bus in self._buses:
            bus.publish(message)


def open_bus(data_dir: Path, database_url: str, receive: Callable[[dict[str, Any]], None]) -> Bus:
    """The buses that a process needs: SQLite's live on one machine, PostgreSQL's on several."""
    local = LocalBus(data_dir, receive)
    if database_url.startswith("sqlite"):
        return local
    from .notify import NotifyBus

    return Buses(local, NotifyBus(database_url, data_dir, receive))
