"""Mail addresses: whose name stands on a letter, and whom it goes to."""

import re
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from yarl import URL

_ADDRESS = re.compile(
    r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}@[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]+")
_LONGEST = 254


@dataclass(frozen=True, slots=True)
class Sender:
    """MAIL_FROM: the name people see and the address that bounces come to."""

    name: str
    address: str

    @property
    def host(self) -> str:
        """The address's domain, which makes message ids our own."""
        return self.address.rpartition("@")[2]

    def header(self, name: str | None = None) -> str:
        """The From header's value; a name outside ASCII is encoded (RFC 2047)."""
        return formataddr((one_line(name or self.name), self.address))


def read_sender(text: str) -> Sender:
    """Read `Name <address>` or a bare address; raises ValueError with a sentence."""
    name, address = parseaddr(one_line(text))
    routable = deliverable(address)
    if routable is None or not routable.isascii():
        raise ValueError("must be a mail address, such as Tocsin <tocsin@example.org>")
    return Sender(name, routable)


def deliverable(address: str) -> str | None:
    """The address with its domain in ASCII (IDNA), or None where it cannot be one.

    The part before the @ may stay outside ASCII; then the server must speak SMTPUTF8 (RFC 6531).
    """
    if not _ADDRESS.fullmatch(address):
        return None
    local, _, domain = address.rpartition("@")
    try:
        host = domain if domain.isascii() else URL.build(scheme="http", host=domain).raw_host
    except ValueError:
        return None
    routable = f"{local}@{host}"
    return routable if host and len(routable.encode()) <= _LONGEST else None


def one_line(text: str) -> str:
    """The text without any character that could begin another header."""
    return _CONTROL.sub(" ", text).strip()
