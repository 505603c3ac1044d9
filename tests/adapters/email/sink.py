"""A mail server on this machine that keeps what it gets and refuses on demand."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Rule = Callable[[str], str | None]


@dataclass(slots=True)
class Letter:
    """A letter as it arrived."""

    sender: str
    recipient: str
    raw: bytes
    message: EmailMessage
    encrypted: bool

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        assert part is not None
        content: str = part.get_content()
        return content.replace("\r\n", "\n")


@dataclass
class MailSink:
    """`on_mail`, `on_rcpt` and `on_data` answer a refusal, or None to accept. They are given the
    sender, the recipient, the recipient. `hold` keeps letters waiting before they are accepted."""

    letters: list[Letter] = field(default_factory=list)
    on_mail: Rule = lambda _: None
    on_rcpt: Rule = lambda _: None
    on_data: Rule = lambda _: None
    hold: asyncio.Event | None = None
    connections: int = 0
    open_now: int = 0
    most_open: int = 0
    port: int = 0
    drop_after_accepting: bool = False
    transports: set[asyncio.BaseTransport] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def hang_up(self) -> None:
        """Close every connection, as servers do with idle ones."""
        for transport in self.transports:
            transport.close()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self.on_mail(address)
        if refusal is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return refusal or "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        refusal = self.on_rcpt(address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        recipient = envelope.rcpt_tos[0]
        if self.hold is not None:
            await self.hold.wait()
        refusal = self.on_data(recipient)
        if refusal is not None:
            return refusal
        raw = envelope.content
        assert isinstance(raw, bytes)
        parsed = message_from_bytes(raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.letters.append(
            Letter(str(envelope.mail_from), recipient, raw, parsed, session.ssl is not None)
        )
        if self.drop_after_accepting:
            self.hang_up()
        return f"250 taken as {len(self.letters)}"


class _Counted(SMTP):
    """aiosmtpd's protocol, counting connections."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        sink = self.event_handler
        if transport not in sink.transports and self.transport is None:
            sink.connections += 1
            sink.open_now += 1
            sink.most_open = max(sink.most_open, sink.open_now)
        sink.transports.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        sink = self.event_handler
        sink.open_now -= 1
        sink.transports.discard(self.transport)
        super().connection_lost(error)


@asynccontextmanager
async def mail_sink(
    *,
    tls: ssl.SSLContext | None = None,
    password: str | None = None,
    wrapped: ssl.SSLContext | None = None,
    **options: Any,
) -> AsyncIterator[MailSink]:
    """Serve on a free port; `tls` offers STARTTLS, `wrapped` is encryption from the start."""
    sink = MailSink()

    def authenticate(_: Any, __: Any, ___: Any, ____: Any, given: Any) -> AuthResult:
        good = isinstance(given, LoginPassword) and given.password == (password or "").encode()
        return AuthResult(success=good, handled=good)

    def protocol() -> SMTP:
        return _Counted(
            sink,
            hostname="sink.example.org",
            tls_context=tls,
            authenticator=authenticate if password else None,
            auth_required=password is not None and tls is not None,
            auth_require_tls=tls is not None,
            **{"enable_SMTPUTF8": True, **options},
        )

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=wrapped)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()
        sink.hang_up()
        await asyncio.sleep(0)
