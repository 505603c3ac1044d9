"""The local bus: wake-ups and hints between the processes of one machine.

Each process binds a datagram socket in `DATA_DIR/run` (0600) and sends to all others it finds
there. A message that cannot be delivered is dropped: everything it says is found by polling too.
"""

import asyncio
import hashlib
import json
import os
import secrets
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_PATH_LIMIT = 80  # a socket's whole path is at most 103 bytes on macOS, 107 on Linux
_BUFFER = 1 << 20


class LocalBus:
    """Publish from any thread; receive on the event loop."""

    def __init__(self, data_dir: Path, receive: Callable[[dict[str, Any]], None]) -> None:
        self._directory = _directory(data_dir)
        self._path = self._directory / f"{os.getpid()}-{secrets.token_hex(4)}.sock"
        self._receive = receive
        self._socket: socket.socket | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Bind and listen on this loop."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._socket.bind(str(self._path))
        self._path.chmod(0o600)
        self._loop = loop
        loop.add_reader(self._socket.fileno(), self._drain)

    async def stop(self) -> None:
        """Leave the bus; safe to call twice."""
        if self._socket is None:
            return
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._socket.fileno())
        self._socket.close()
        self._socket = None
        self._path.unlink(missing_ok=True)

    def publish(self, message: dict[str, Any]) -> None:
        """Tell every other process; never blocks, forgets sockets whose owner died."""
        own = self._socket
        if own is None:
            return
        data = json.dumps(message, separators=(",", ":")).encode()
        for path in self._directory.glob("*.sock"):
            if path == self._path:
                continue
            try:
                own.sendto(data, str(path))
            except (ConnectionRefusedError, FileNotFoundError):
                path.unlink(missing_ok=True)
            except OSError:
                continue  # its buffer is full or it is being closed: it will poll

    def _drain(self) -> None:
        while self._socket is not None:
            try:
                data = self._socket.recv(65536)
            except BlockingIOError:
                return
            with suppress(ValueError):
                self._receive(json.loads(data))


def _directory(data_dir: Path) -> Path:
    """`DATA_DIR/run`, or a private directory in the temporary one where that path is too long."""
    wished = data_dir / "run"
    if len(os.fsencode(wished)) <= _PATH_LIMIT:
        return wished
    name = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tocsin-{os.getuid()}-{name}"
