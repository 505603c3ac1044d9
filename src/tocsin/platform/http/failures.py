"""Why no answer came: typed, said in a sentence, and honest about whether trying again helps."""

import errno
import ssl
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import ClientConnectorCertificateError


class FailureKind(StrEnum):
    """The ways in which a request ends without a complete answer."""

    INVALID_URL = "invalid_url"
    PRIVATE_ADDRESS = "private_address"
    DNS = "dns"
    REFUSED = "refused"
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    TOO_LARGE = "too_large"
    REDIRECT_REFUSED = "redirect_refused"
    BREAKER_OPEN = "breaker_open"


_PERMANENT = frozenset(
    {FailureKind.INVALID_URL, FailureKind.PRIVATE_ADDRESS, FailureKind.REDIRECT_REFUSED}
)
WORTH_ANOTHER_ATTEMPT = frozenset(
    {FailureKind.DNS, FailureKind.REFUSED, FailureKind.CONNECTION, FailureKind.TIMEOUT}
)
HOST_IS_ILL = WORTH_ANOTHER_ATTEMPT | {FailureKind.TLS, FailureKind.PROTOCOL}


class HttpFailure(Exception):
    """No complete answer; `sentence` is for people and never holds a path, a query or a secret.

    `permanent` says that the same request will fail again until somebody changes it.
    `location` is where a refused redirect pointed. `retry_after_seconds` comes from an open breaker.
    """

    def __init__(
        self,
        kind: FailureKind,
        sentence: str,
        *,
        location: str | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence
        self.location = location
        self.retry_after_seconds = retry_after_seconds

    @property
    def permanent(self) -> bool:
        """Whether trying the same again is pointless."""
        return self.kind in _PERMANENT


def failure_from(error: Exception, host: str) -> HttpFailure:
    """Name what aiohttp or the operating system raised while talking to `host`."""
    import aiohttp

    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return HttpFailure(
            FailureKind.TLS,
            f"The certificate of {host} is not valid: {_certificate_fault(error)}.",
        )
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return HttpFailure(FailureKind.TLS, f"No secure connection to {host}: TLS failed.")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return HttpFailure(FailureKind.DNS, f"The name {host} does not resolve to an address.")
    if isinstance(error, TimeoutError):
        return HttpFailure(FailureKind.TIMEOUT, f"{host} did not accept a connection in time.")
    if isinstance(error, aiohttp.InvalidURL):
        return HttpFailure(FailureKind.INVALID_URL, f"{host} is not a valid host.")
    if isinstance(error, aiohttp.ClientConnectorError):
        return _not_connected(error.errno, host)
    if isinstance(error, aiohttp.ClientResponseError):
        return HttpFailure(FailureKind.PROTOCOL, f"{host} did not answer in valid HTTP.")
    return HttpFailure(
        FailureKind.CONNECTION, f"{host} closed the connection before its answer was complete."
    )


def _certificate_fault(error: "ClientConnectorCertificateError") -> str:
    fault = error.certificate_error
    message = getattr(fault, "verify_message", "") or "it does not match the name"
    return str(message).rstrip(".")


def _not_connected(code: int | None, host: str) -> HttpFailure:
    if code == errno.ECONNREFUSED:
        return HttpFailure(FailureKind.REFUSED, f"{host} refused the connection.")
    return HttpFailure(FailureKind.CONNECTION, f"{host} cannot be reached.")
