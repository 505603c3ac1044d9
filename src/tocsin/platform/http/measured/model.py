"""What is measured, where, and what comes of it."""

import ssl
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter

from yarl import URL

LOOKUP, CONNECT, TLS, FIRST_BYTE, DOWNLOAD = "lookup", "connect", "tls", "first_byte", "download"


class Stopwatch:
    """The phases of one run: what each took so far in milliseconds, and which one is under way.

    It reads the machine's counter, not a clock: event loops round their time to milliseconds.
    """

    __slots__ = ("_last", "phase", "spent")

    def __init__(self) -> None:
        self._last = perf_counter()
        self.phase = LOOKUP
        self.spent: dict[str, float] = {}

    def lap(self, following: str) -> None:
        """The phase under way is over. A phase that comes again, as after a redirect, adds up."""
        now = perf_counter()
        if self.phase:
            self.spent[self.phase] = self.spent.get(self.phase, 0.0) + (now - self._last) * 1000
        self._last, self.phase = now, following

    def stop(self) -> None:
        """The last phase is over, whichever it was."""
        self.lap("")

    @property
    def total_ms(self) -> float:
        """How long the phases took that are over."""
        return sum(self.spent.values())


class WireFault(Exception):
    """What went wrong out there: `fault` is one word, `sentence` is for people and has no secret.

    The words: `dns`, `refused`, `unreachable`, `reset`, `closed`, `timeout`, `tls`, `expired`,
    `not_yet_valid`, `self_signed`, `untrusted`, `wrong_host`, `revoked`, `protocol`, `redirect`,
    `too_large`.
    """

    def __init__(self, fault: str, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where to connect. `tls` is the context to secure the connection with, `server_name` the name
    that its certificate must be for. `keep_seconds` is how long a looked-up address may be used.
    """

    host: str
    port: int
    tls: ssl.SSLContext | None = None
    server_name: str | None = None
    keep_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class MeasuredRequest:
    """A request as it is wanted; `prepare_request` makes it ready to be sent again and again.

    `origin_only` are the headers that stay with the origin they were meant for. `most_redirects`
    is 0 where the 3xx answer itself is the answer. `body_limit` is in bytes and holds before and
    after unpacking; what is beyond it is left unread. Without `keep_body` the body is only timed.
    `seconds` is the time for everything, `keep_seconds` how long a looked-up address may be used.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    origin_only: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    seconds: float = 10.0
    most_redirects: int = 5
    body_limit: int = 1024 * 1024
    keep_body: bool = False
    verify_tls: bool = True
    keep_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ReadyRequest:
    """A request written down: where it goes and what is sent there."""

    wanted: MeasuredRequest
    url: URL
    place: Place
    sent: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class MeasuredAnswer:
    """An answer whatever its status. `body` is unpacked, and empty unless it was asked for.

    `certificate_ends_at` is when the certificate of the last server asked ends, None without TLS.
    """

    status: int
    body: bytes
    body_cut: bool
    content_type: str
    url: URL
    certificate_ends_at: datetime | None = None
