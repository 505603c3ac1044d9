"""The outside world on loopback: a provider that takes webhooks, and websites that are well.

`GET /arrivals` answers when each `webhook-id` was first seen, in seconds of the system's clock.
"""

import asyncio
import json
import re
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any

import uvloop

HOOK = "/hook"
WEBSITE = "/page/"
HEALTH = "/healthz"
_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_ID = re.compile(rb"webhook-id:\s*(\S+)", re.IGNORECASE)
_PROVIDER_SECONDS = 0.02


@dataclass(slots=True)
class Sink:
    """What arrived so far."""

    arrivals: dict[str, float] = field(default_factory=dict)
    polls: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One keep-alive connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                seen = time.time()
                if (length := _LENGTH.search(head)) is not None:
                    await reader.readexactly(int(length[1]))
                body = await self._answer(head, seen)
                writer.write(
                    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                    b"content-length: %d\r\n\r\n%s" % (len(body), body)
                )
        except (asyncio.IncompleteReadError, ConnectionResetError):
            writer.close()

    async def _answer(self, head: bytes, seen: float) -> bytes:
        path = head.split(b" ", 2)[1].decode()
        if path == HOOK:
            if (identifier := _ID.search(head)) is not None:
                self.arrivals.setdefault(identifier[1].decode(), seen)
            await asyncio.sleep(_PROVIDER_SECONDS)
            return b"{}"
        if path == "/arrivals":
            return json.dumps({"arrivals": self.arrivals, "polls": self.polls}).encode()
        self.polls += path.startswith(WEBSITE)
        return b'"All good."'


def told(port: int) -> Any:
    """What a sink in another process has seen: `arrivals` by id, and how many `polls`."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/arrivals", timeout=30) as answer:
        return json.loads(answer.read())


async def main(port: int) -> None:
    """Serve until stopped."""
    server = await asyncio.start_server(Sink().serve, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
