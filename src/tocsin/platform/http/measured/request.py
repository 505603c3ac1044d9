"""Writing a request down once, so that a thousand runs only send it."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING

from tocsin.platform.http.failures import FailureKind, HttpFailure
from tocsin.platform.http.measured.model import MeasuredRequest, Place, ReadyRequest
from tocsin.platform.http.targets import Target, read_target

if TYPE_CHECKING:
    from tocsin.platform.http.measured.tls import TlsContexts

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_OURS = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_WITH_LENGTH = frozenset({"POST", "PUT", "PATCH"})

Headers = Sequence[tuple[str, str]]


def forbidden_header(name: str, value: str) -> str | None:
    """Why a header cannot be sent (RFC 9110, section 5), None where it can."""
    if not _TOKEN.fullmatch(name):
        return f"“{name[:50]}” is not a possible name of a header"
    if name.lower() in _OURS:
        return f"{name} belongs to the connection and cannot be set"
    if not value.isprintable() or not _fits(value):
        return f"the value of {name} has characters that a header cannot carry"
    return None


def prepare_request(wanted: MeasuredRequest, contexts: "TlsContexts") -> ReadyRequest:
    """Take the address apart and write the request; raises HttpFailure where it is no address."""
    target = read_target(wanted.url)
    host = target.url.raw_host or target.host
    _refuse_odd_number(host)
    secured = target.url.scheme == "https"
    tls = contexts.of(verified=wanted.verify_tls, alpn="http/1.1") if secured else None
    port = target.url.port or (443 if secured else 80)
    place = Place(host, port, tls, host if secured else None, wanted.keep_seconds)
    return ReadyRequest(wanted, target.url, place, _written(wanted, target, host))


def _written(wanted: MeasuredRequest, target: Target, host: str) -> bytes:
    headers: dict[str, tuple[str, str]] = {}
    for name, value in (*_standing(target, host), *wanted.headers, *wanted.origin_only):
        headers[name.lower()] = (name, value)
    if wanted.body is not None or wanted.method in _WITH_LENGTH:
        headers["content-length"] = ("Content-Length", str(len(wanted.body or b"")))
    lines = [f"{wanted.method} {target.url.raw_path_qs or '/'} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.values()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (wanted.body or b"")


def _standing(target: Target, host: str) -> Headers:
    shown = f"[{host}]" if ":" in host else host
    port = "" if target.url.is_default_port() else f":{target.url.port}"
    lines = [("Host", shown + port), ("Connection", "close")]
    if target.authorization:
        lines.append(("Authorization", target.authorization))
    return lines


def _refuse_odd_number(host: str) -> None:
    """`2130706433` and `0x7f.1` are numbers that some systems take for addresses (WHATWG URL)."""
    if ":" in host or not _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2].lower()):
        return
    try:
        ip_address(host)
    except ValueError:
        raise HttpFailure(FailureKind.INVALID_URL, f"{host} is not a valid host.") from None


def _fits(value: str) -> bool:
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return len(value) <= 8_000
