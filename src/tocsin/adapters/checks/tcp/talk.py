"""What is said and heard on a bare connection."""

import asyncio

from tocsin.platform.http import Stopwatch, Wire, WireFault, ending

_MOST = 64 * 1024


class Talk:
    """Sink of a wire; `done` tells that what was expected came, at once where nothing was."""

    def __init__(
        self, host: str, send: bytes | None, expect: bytes | None, watch: Stopwatch
    ) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.heard = b""
        self._host = host
        self._send = send
        self._expect = expect
        self._watch = watch

    def opened(self, wire: Wire) -> None:
        """Say what is to be said."""
        if self._send:
            wire.write(self._send)
        if not self._expect:
            self._finish()

    def received(self, data: bytes) -> None:
        """Listen for what is expected, in the first 64 KB."""
        if self.done.done():
            return
        if not self.heard:
            self._watch.lap("download")
        self.heard += data
        if self._expect and self._expect in self.heard:
            self._watch.stop()
            self._finish()
        elif len(self.heard) > _MOST:
            self.ended(WireFault("closed", f"{self._host} says too much."))

    def ended(self, error: Exception | None) -> None:
        """Nothing more will come."""
        if not self.done.done():
            self.done.set_exception(ending(error, self._host))

    def _finish(self) -> None:
        if not self.done.done():
            self.done.set_result(None)
