"""A mail server that takes its time and remembers every letter it was handed, and when."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

_SAYING = re.compile(r"saying-\d+")
CONFIRMATION = "confirmation"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One letter: what it says, to whom, under which id, and during which worker's life."""

    recipient: str
    saying: str
    message_id: str
    life: int
    at: float


@dataclass
class CrashSink:
    """Answers after `seconds`, but not before `answering` is set."""

    seconds: float = 0.02
    answering: asyncio.Event = field(default_factory=asyncio.Event)
    life: int = 0
    port: int = 0
    waiting: int = 0
    arrivals: list[Arrival] = field(default_factory=list)
    answered: int = 0
    connections: set[asyncio.BaseTransport] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def heard_this_life(self) -> bool:
        """Whether the present worker has handed over a letter."""
        return bool(self.arrivals) and self.arrivals[-1].life == self.life

    def by_message(self) -> dict[str, list[Arrival]]:
        """Arrivals of each Message-ID in the order in which they came."""
        found: dict[str, list[Arrival]] = defaultdict(list)
        for arrival in self.arrivals:
            found[arrival.message_id].append(arrival)
        return found

    def by_content(self) -> dict[tuple[str, str], set[str]]:
        """The Message-IDs under which each recipient was told each saying."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for arrival in self.arrivals:
            found[arrival.recipient, arrival.saying].add(arrival.message_id)
        return found

    def duplicates_by_life(self) -> dict[int, int]:
        """For each worker's life, the letters it had handed over and that came again."""
        found: dict[int, int] = defaultdict(int)
        for arrivals in self.by_message().values():
            for repeated in arrivals[:-1]:
                found[repeated.life] += 1
        return found

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _: Session, envelope: Envelope
    ) -> str:
        raw = envelope.content
        assert isinstance(raw, bytes)
        self.arrivals.append(_arrival(envelope.rcpt_tos[0], raw, self.life))
        self.waiting += 1
        try:
            await asyncio.sleep(self.seconds)
            await self.answering.wait()
        finally:
            self.waiting -= 1
        assert server.transport is not None
        self.answered += not server.transport.is_closing()
        return f"250 taken as {len(self.arrivals)}"


def _arrival(recipient: str, raw: bytes, life: int) -> Arrival:
    letter = message_from_bytes(raw, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    part = letter.get_body(("plain",))
    assert part is not None
    said = _SAYING.search(part.get_content())
    saying = said[0] if said else CONFIRMATION
    return Arrival(recipient, saying, str(letter["Message-ID"]), life, time.monotonic())


class _Server(SMTP):
    """aiosmtpd's protocol; the sink knows its open connections."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.connections.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.connections.discard(self.transport)
        super().connection_lost(error)


@asynccontextmanager
async def crash_sink() -> AsyncIterator[CrashSink]:
    """Serve on a free port of this machine."""
    sink = CrashSink()
    sink.answering.set()

    def protocol() -> SMTP:
        return _Server(sink, hostname="sink.example.org", enable_SMTPUTF8=True)

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        sink.answering.set()
        server.close()
        for transport in list(sink.connections):
            transport.close()
        await asyncio.sleep(0.05)
