"""What goes out and what comes back, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

BODY_LIMIT = 8 * 1024 * 1024


class Redirects(StrEnum):
    """How far a GET or HEAD follows a redirect; other methods never follow one."""

    REPORT = "report"
    """The 3xx answer itself is the response."""
    SAME_HOST = "same_host"
    """Followed on the same host; to another one it is a failure that carries the new address."""
    ANYWHERE = "anywhere"
    """Followed, and reported by `final_url` and `redirected_host_changed`."""


class Oversize(StrEnum):
    """What happens to a body over its limit."""

    REFUSE = "refuse"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask *has it changed?* with (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


NO_VALIDATORS = Validators()
SAFE_METHODS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request; `purpose` labels metrics and separates circuit breakers (`poll`, `webhook`).

    `total_seconds` is a hard end for everything: name look-up, connecting, redirects, retries and
    the last byte of the body. `attempts` counts for GET and HEAD only, anything else goes out once.
    `body_limit` is in bytes and holds before and after decompression. A check that measures a host
    sets `breaker=False`, because skipping it would be no answer.
    `guard_private_addresses` is for addresses that a visitor supplied.
    """

    url: str
    purpose: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    validators: Validators = NO_VALIDATORS
    total_seconds: float = 15.0
    connect_seconds: float = 5.0
    attempts: int = 2
    redirects: Redirects = Redirects.SAME_HOST
    body_limit: int = BODY_LIMIT
    oversize: Oversize = Oversize.REFUSE
    guard_private_addresses: bool = False
    breaker: bool = True


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A complete answer, whatever its status; header names are lower case.

    `final_url` is where the answer came from, without user name, password and fragment.
    `retry_after_seconds` is the server's wish, read from seconds or an HTTP date.
    """

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes
    final_url: str
    redirected_host_changed: bool
    validators: Validators
    retry_after_seconds: float | None
    elapsed_ms: int
    body_cut: bool = False

    @property
    def ok(self) -> bool:
        """Whether the status is one of 200 to 299."""
        return 200 <= self.status < 300

    @property
    def not_modified(self) -> bool:
        """Whether the server says that what we have is still right."""
        return self.status == 304


@dataclass(frozen=True, slots=True)
class Observation:
    """One finished request, for metrics: no host, no address, because those name customers.

    `outcome` is the status class (`2xx`) or the kind of failure (`timeout`).
    """

    purpose: str
    outcome: str
    seconds: float
