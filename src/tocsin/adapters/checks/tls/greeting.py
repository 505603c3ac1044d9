"""Asking a mail server to begin TLS (STARTTLS), and the handshake itself."""

import asyncio
import re
import ssl

from tocsin.platform.http import Wire, WireFault, ending

_MOST = 16 * 1024

# What must have come, and what is said then: RFC 3207, RFC 9051 section 6.2.1, RFC 2595.
SCRIPTS: dict[str, tuple[tuple[re.Pattern[bytes], bytes], ...]] = {
    "smtp": (
        (re.compile(rb"(?:^|\n)220 [^\n]*\n"), b"EHLO tocsin.invalid\r\n"),
        (re.compile(rb"(?:^|\n)250 [^\n]*\n"), b"STARTTLS\r\n"),
        (re.compile(rb"(?:^|\n)220 [^\n]*\n"), b""),
    ),
    "imap": (
        (re.compile(rb"(?:^|\n)\* OK[^\n]*\n"), b"a1 STARTTLS\r\n"),
        (re.compile(rb"(?:^|\n)a1 OK[^\n]*\n"), b""),
    ),
    "pop3": (
        (re.compile(rb"^\+OK[^\n]*\n"), b"STLS\r\n"),
        (re.compile(rb"^\+OK[^\n]*\n"), b""),
    ),
}


class Greeting:
    """Sink of a wire; `done` tells that the connection is secured.

    With a `script` the wire begins plain, and is secured when the script has been gone through.
    """

    def __init__(
        self, host: str, script: str | None, context: ssl.SSLContext, server_name: str
    ) -> None:
        self.done: asyncio.Future[Wire] = asyncio.get_running_loop().create_future()
        self._host = host
        self._steps = list(SCRIPTS[script]) if script else []
        self._context = context
        self._server_name = server_name
        self._heard = b""
        self._wire: Wire | None = None
        self._plain = bool(script)

    def opened(self, wire: Wire) -> None:
        """Wait for the greeting, or be done."""
        self._wire = wire
        if not self._plain and not self.done.done():
            self.done.set_result(wire)

    def received(self, data: bytes) -> None:
        """Go through the script."""
        if self.done.done() or not self._plain or self._wire is None:
            return
        self._heard += data
        pattern, say = self._steps[0]
        if pattern.search(self._heard):
            self._step(self._wire, say)
        elif len(self._heard) > _MOST or (b"\n" in self._heard[-1:] and self._refused()):
            self.ended(WireFault("protocol", f"{self._host} does not begin TLS (STARTTLS)."))

    def ended(self, error: Exception | None) -> None:
        """Nothing more will come."""
        if not self.done.done():
            self.done.set_exception(ending(error, self._host))

    def _step(self, wire: Wire, say: bytes) -> None:
        self._heard = b""
        del self._steps[0]
        if self._steps:
            wire.write(say)
        else:
            self._plain = False
            wire.secure(self._context, self._server_name)

    def _refused(self) -> bool:
        last = self._heard.rstrip(b"\r\n").rpartition(b"\n")[2]
        return bool(re.match(rb"[45]\d\d |a1 (?:NO|BAD)|-ERR|\* BYE", last))
