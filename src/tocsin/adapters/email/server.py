"""Which server takes the mail: SMTP_URL, read strictly."""

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlsplit

_SHAPE = "must look like smtp://user:password@host:587 or smtps://host:465"
_YES_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class StartTls(StrEnum):
    """Whether a plain connection is encrypted before anything is said on it."""

    AUTO = "auto"
    """When the server offers it; with a password, always, unless the server is this machine."""
    REQUIRED = "required"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server; `tls` is encryption from the first byte, `verify` its certificate's check."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    starttls: StartTls = StartTls.AUTO
    verify: bool = True

    @property
    def start_tls(self) -> bool | None:
        """What aiosmtplib calls it: True demands, False forbids, None takes what is offered."""
        if self.tls or self.starttls is StartTls.NEVER:
            return False
        if self.starttls is StartTls.REQUIRED:
            return True
        return True if self.user is not None and not self._is_here else None

    @property
    def _is_here(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def read_smtp_url(text: str) -> SmtpServer:
    """Read `smtp://[user:password@]host[:port][?starttls=auto|required|never][&verify=false]` or
    `smtps://…`; user and password may be percent-encoded. Raises ValueError with a sentence that
    never holds the password."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(_SHAPE) from None
    if parts.scheme not in ("smtp", "smtps") or not host or parts.path not in ("", "/"):
        raise ValueError(_SHAPE)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    tls = parts.scheme == "smtps"
    starttls = _starttls(options.pop("starttls", None), tls=tls)
    verify = _verify(options.pop("verify", "true"))
    if options:
        raise ValueError(f"knows no option {sorted(options)[0]!r}, only starttls and verify")
    return SmtpServer(
        host=host,
        port=port or _port(starttls, tls=tls),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=tls,
        starttls=starttls,
        verify=verify,
    )


def _starttls(value: str | None, *, tls: bool) -> StartTls:
    if value is None:
        return StartTls.AUTO
    if tls:
        raise ValueError("cannot have starttls with smtps://, which is encrypted from the start")
    try:
        return StartTls(value)
    except ValueError:
        raise ValueError("needs starttls to be auto, required or never") from None


def _verify(value: str) -> bool:
    if value not in _YES_NO:
        raise ValueError("needs verify to be true or false")
    return _YES_NO[value]


def _port(starttls: StartTls, *, tls: bool) -> int:
    if tls:
        return 465
    return 587 if starttls is StartTls.REQUIRED else 25
