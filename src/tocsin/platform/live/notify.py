"""The bus between nodes that share a PostgreSQL: LISTEN and NOTIFY, sent after the commit.

Inside a unit a NOTIFY would make commits wait for each other (PostgreSQL takes one lock for all of
them), so it goes out afterwards, on a connection of its own, with everything that came together
meanwhile. What is lost while a connection is down is found by polling.
"""

import asyncio
import hashlib
import json
import random
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import structlog
from psycopg import AsyncConnection, Error

CHANNEL = "tocsin"
_MOST_BYTES = 7_000  # PostgreSQL takes payloads of less than 8,000 bytes
_PAUSE_SECONDS = (0.5, 2.0)

log = structlog.get_logger("tocsin.bus")


class NotifyBus:
    """Publish and receive on the event loop; whoever lives on the same node has a quicker bus."""

    def __init__(self, url: str, data_dir: Path, receive: Callable[[dict[str, Any]], None]) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._home = _home(data_dir)
        self._receive = receive
        self._waiting = _Gathered()
        self._something = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Connect in the background: the start of the product does not wait for it."""
        self._tasks = [loop.create_task(self._keep(part)) for part in (self._listen, self._tell)]

    async def stop(self) -> None:
        """Let both connections go; safe to call twice."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def publish(self, message: dict[str, Any]) -> None:
        """Tell every other node; what waits for its turn leaves as one message."""
        self._waiting.add(message)
        self._something.set()

    async def _keep(self, part: Callable[[AsyncConnection[Any]], Awaitable[None]]) -> None:
        """Do one half for ever, on a new connection whenever the old one breaks."""
        while True:
            try:
                async with await AsyncConnection.connect(self._url, autocommit=True) as connection:
                    await part(connection)
            except (Error, OSError) as error:
                log.warning("bus.disconnected", half=part.__name__, error=type(error).__name__)
            await asyncio.sleep(random.uniform(*_PAUSE_SECONDS))  # noqa: S311 - jitter is no secret

    async def _listen(self, connection: AsyncConnection[Any]) -> None:
        await connection.execute(f"LISTEN {CHANNEL}")
        async for notify in connection.notifies():
            self._hear(notify.payload)

    def _hear(self, payload: str) -> None:
        """Pass on what other nodes say; others may use the channel too, and are passed over."""
        try:
            home, message = json.loads(payload)
        except (ValueError, TypeError):
            return
        if home != self._home and isinstance(message, dict):
            self._receive(message)

    async def _tell(self, connection: AsyncConnection[Any]) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            told, self._waiting = self._waiting, _Gathered()
            for message in told.messages(_MOST_BYTES):
                payload = json.dumps([self._home, message], separators=(",", ":"))
                await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))


class _Gathered:
    """What several messages said, each thing once."""

    def __init__(self) -> None:
        self._lanes: set[int] = set()
        self._channels: set[str] = set()
        self._hints: dict[str, int] = {}

    def add(self, message: dict[str, Any]) -> None:
        self._lanes.update(message.get("lanes", ()))
        self._channels.update(message.get("channels", ()))
        self._hints |= {
            json.dumps(hint, separators=(",", ":")): 0 for hint in message.get("hints", ())
        }

    def messages(self, most_bytes: int) -> Iterator[dict[str, Any]]:
        """The same as messages of which none is larger; what nobody could be told is left out."""
        first = {"lanes": sorted(self._lanes), "channels": sorted(self._channels)}
        if self._lanes or self._channels:
            yield first
        part: list[Any] = []
        size = 0
        for hint in self._hints:
            if part and size + len(hint) > most_bytes:
                yield {"hints": part}
                part, size = [], 0
            part.append(json.loads(hint))
            size += len(hint) + 1
        if part:
            yield {"hints": part}


def _home(data_dir: Path) -> str:
    """The node's name: processes that share a machine and a `DATA_DIR` share it."""
    place = f"{socket.gethostname()}:{data_dir.resolve()}"
    return hashlib.sha256(place.encode()).hexdigest()[:12]
