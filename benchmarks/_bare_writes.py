"""The least that durable writes over HTTP can cost: stdlib sqlite3, one thread, group commit.

The same server takes the same requests, decodes the JSON, refuses a body without a title, and
answers after COMMIT. `python -m benchmarks._bare_writes FILE ROWS` writes so many rows a request.
"""

import asyncio
import json
import os
import queue
import sqlite3
import sys
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from benchmarks._raw import HEALTH, serve

Message = MutableMapping[str, Any]
AT_ONCE = 64
_BATCH = 500
_JSON = [(b"content-type", b"application/json")]


class GroupCommit:
    """One writing thread; everything that waits shares a transaction."""

    def __init__(self, path: Path, rows: int) -> None:
        self._path = path
        self._rows = rows
        self._waiting: queue.SimpleQueue[tuple[str, Callable[[], object]]] = queue.SimpleQueue()
        threading.Thread(target=self._serve, daemon=True).start()

    def submit(self, text: str, done: Callable[[], object]) -> None:
        """Write `text` in so many rows; `done` is called in the writer's thread after COMMIT."""
        self._waiting.put((text, done))

    async def write(self, text: str) -> None:
        """Write and wait until it is durable."""
        loop = asyncio.get_running_loop()
        durable: asyncio.Future[None] = loop.create_future()
        self.submit(text, lambda: loop.call_soon_threadsafe(durable.set_result, None))
        await durable

    def _serve(self) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, text TEXT)")
        while True:
            batch = [self._waiting.get()]
            while len(batch) < _BATCH and not self._waiting.empty():
                batch.append(self._waiting.get())
            connection.execute("BEGIN IMMEDIATE")
            for text, _ in batch:
                rows = [(text,)] * self._rows
                connection.executemany("INSERT INTO kept (text) VALUES (?)", rows)
            connection.execute("COMMIT")
            for _, done in batch:
                done()


class BareWrites:
    """The ASGI app around it."""

    def __init__(self, writer: GroupCommit) -> None:
        self._writer = writer

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        if scope["path"] == HEALTH:
            status, body = 200, b""
        else:
            status, body = await self._take(await _body(receive))
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": status, "headers": [*_JSON, length]})
        await send({"type": "http.response.body", "body": body})

    async def _take(self, body: bytes) -> tuple[int, bytes]:
        asked = json.loads(body)
        if not asked.get("title"):
            return 422, b'{"title": "is needed"}'
        text = json.dumps(asked)
        await self._writer.write(text)
        return 201, text.encode()


async def _body(receive: Callable[[], Awaitable[Message]]) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def without_http(path: Path, rows: int, text: str, seconds: float) -> float:
    """Durable writes a second of the loop alone, 64 at once in this process."""
    writer, count, deadline = GroupCommit(path, rows), 0, time.perf_counter() + seconds

    async def client() -> None:
        nonlocal count
        while time.perf_counter() < deadline:
            await writer.write(text)
            count += 1

    await asyncio.gather(*(client() for _ in range(AT_ONCE)))
    return count / seconds


if __name__ == "__main__":
    serve(BareWrites(GroupCommit(Path(sys.argv[1]), int(sys.argv[2]))), int(os.environ["PORT"]))
