"""Websites on loopback, plain and with TLS, that can be broken, and a chat that takes messages.

`GET /break/NUMBER` has a page fail from now on. `GET /told` answers how many requests there were
and the longest time between two of one page since `/forget`; and of all times how many pages were
asked for, when a broken one was first seen to fail, and when a message that names it came in.
Seconds are of the system's clock.
"""

import asyncio
import json
import re
import ssl
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any

import uvloop

PAGE = "/page/"
CHAT = "/chat"
HEALTH = "/healthz"
_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_NAMED = re.compile(rb"service-(\d+)")
_BODY = b"<title>Welcome</title>" + b"<p>All is well here.</p>" * 40


@dataclass(slots=True)
class Sites:
    """What was asked for so far."""

    asked: int = 0
    longest: float = 0.0
    seen: dict[str, float] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    failed: dict[str, float] = field(default_factory=dict)
    messages: dict[str, float] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request on a connection of its own."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            sent = await reader.readexactly(int(length[1])) if length else b""
            status, body = self._answer(head.split(b" ", 2)[1].decode(), sent)
            said = b"200 OK" if status == 200 else b"500 Broken"
            writer.write(
                b"HTTP/1.1 %b\r\ncontent-type: text/html\r\ncontent-length: %d\r\n"
                b"connection: close\r\n\r\n%b" % (said, len(body), body)
            )
        except (asyncio.IncompleteReadError, ConnectionResetError):
            return
        finally:
            writer.close()

    def _answer(self, path: str, sent: bytes) -> tuple[int, bytes]:
        if path.startswith(PAGE):
            return self._page(path.removeprefix(PAGE))
        if path == CHAT:
            for number in _NAMED.findall(sent):
                self.messages.setdefault(str(int(number)), time.time())
        if path == "/forget":
            self.asked, self.longest = 0, 0.0
        if path.startswith("/break/"):
            self.broken.add(path.removeprefix("/break/"))
        if path == "/told":
            told = {name: getattr(self, name) for name in _TOLD} | {"pages": len(self.seen)}
            return 200, json.dumps(told).encode()
        return 200, b"ok"

    def _page(self, number: str) -> tuple[int, bytes]:
        now = time.time()
        self.asked += 1
        if number in self.seen:
            self.longest = max(self.longest, now - self.seen[number])
        self.seen[number] = now
        if number in self.broken:
            self.failed.setdefault(number, now)
            return 500, b"broken"
        return 200, _BODY


_TOLD = ("asked", "longest", "failed", "messages")


def ask(port: int, path: str) -> Any:
    """Ask the sites of another process."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        said = answer.read()
    return json.loads(said) if path == "/told" else said


async def main(plain: int, secure: int, certificate: str) -> None:
    """Serve until stopped."""
    sites = Sites()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    await asyncio.start_server(sites.serve, "127.0.0.1", plain, backlog=2048)
    server = await asyncio.start_server(sites.serve, "127.0.0.1", secure, ssl=context, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
