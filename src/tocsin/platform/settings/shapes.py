"""What values must look like; each refusal is a sentence that goes behind the variable's name.

A refusal quotes what was given only where it can hold no secret.
"""

import re
from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

EVERYBODY = "*"
_HOST_NAME = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?")
_ENVIRONMENT = re.compile(r"(?!None\Z)[^\s/]{1,64}")
_BLANK_OR_FOREIGN = re.compile(r"[^\x21-\x7e]")
_MEMORY = ("", ".", "..", ":memory:")


def web_address(value: str) -> str:
    """An address that others are sent to or that is called: http or https, a host, no fragment."""
    if _web_parts(value).fragment:
        raise ValueError("must have no # part")
    return value


def base_address(value: str) -> str:
    """An address that paths are put behind: nothing but scheme, host, port and a path."""
    parts = _web_parts(value)
    if parts.query or parts.fragment or "?" in value or "#" in value:
        raise ValueError("must end before any ? or #")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must hold no user and no password")
    return value.rstrip("/")


def origin(value: str) -> str:
    """What a browser sends as `Origin` (RFC 6454, section 6.2): scheme, host and port, no path."""
    try:
        given = base_address(value)
        has_path = bool(_web_parts(given).path)
    except ValueError as error:
        raise ValueError(f"{value!r} {error}") from None
    if has_path:
        raise ValueError(f"{value!r} must be an origin, without a path")
    return given


def host(value: str) -> str:
    """An address or a name to bind, without a scheme or a port."""
    try:
        ip_address(value)
    except ValueError:
        if not _HOST_NAME.fullmatch(value):
            raise ValueError(
                "must be an IP address or a host name, without a scheme or a port"
            ) from None
    return value


def proxies(values: Sequence[str]) -> tuple[str, ...]:
    """IP addresses and networks in CIDR (RFC 4632), or `*` alone, which is everybody."""
    if EVERYBODY in values and len(values) > 1:
        raise ValueError("* is everybody already; it stands alone or not at all")
    return tuple(value if value == EVERYBODY else _proxy(value) for value in values)


def _proxy(value: str) -> str:
    try:
        (ip_network if "/" in value else ip_address)(value)
    except ValueError:
        raise ValueError(
            f"{value!r} is no IP address and no network such as 10.0.0.0/8{_meant(value)}"
        ) from None
    return value


def _meant(value: str) -> str:
    """A network whose address has bits behind its prefix is nearly right, and never matches."""
    try:
        return f"; {ip_network(value, strict=False)} is meant, perhaps"
    except ValueError:
        return ""


def database_address(value: str) -> str:
    """SQLite's file or a PostgreSQL server; what the driver would refuse later is refused here."""
    scheme, _, rest = value.partition(":///")
    if scheme == "sqlite":
        if rest in _MEMORY or "?" in rest:
            raise ValueError("must name a file, as sqlite:////var/lib/tocsin/data.db does")
        return value
    # imported only where an address is set: a role without a database reads settings, too
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        port = make_url(value).port
    except (ArgumentError, ValueError):
        raise ValueError(
            "must look like postgresql://user:password@host:5432/name, with special characters in"
            " user and password percent-encoded"
        ) from None
    if port is not None and not 0 < port < 65536:
        raise ValueError("has a port that is no number from 1 to 65535")
    return value


def root_path(value: str) -> str:
    """A prefix behind a proxy: empty, or segments with a slash before each."""
    value = value.rstrip("/")
    if value and not value.startswith("/"):
        raise ValueError("must start with /")
    if _BLANK_OR_FOREIGN.search(value) or re.search(r"//|[?#]|/\.\.?(/|\Z)", value):
        raise ValueError("must be a plain path, such as /tocsin")
    return value


def token(value: str) -> str:
    """What travels in an `Authorization` header (RFC 9110, section 5.5): printable ASCII that
    neither begins nor ends with a blank."""
    if not value.isascii() or not value.isprintable() or value != value.strip():
        raise ValueError("must be printable ASCII without blanks around it, as headers carry it")
    return value


def secret(value: str) -> str:
    """A shared secret: anything but blanks."""
    if not value.strip():
        raise ValueError("must not be blank")
    return value


def environment(value: str) -> str:
    """Sentry's own rule: at most 64 characters, no blank, no slash, and not `None`."""
    if not _ENVIRONMENT.fullmatch(value):
        raise ValueError("must have 1 to 64 characters, no blank and no slash, and not be None")
    return value


def _web_parts(value: str) -> SplitResult:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    if _BLANK_OR_FOREIGN.search(value):
        raise ValueError("must hold no blank and nothing outside ASCII")
    try:
        parts = urlsplit(value)
        name, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("has a host or a port that cannot be one") from None
    if not name or not _is_host(name):
        raise ValueError("must name a host")
    return parts


def _is_host(name: str) -> bool:
    try:
        host(name)
    except ValueError:
        return False
    return True
