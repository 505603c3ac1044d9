"""Pure rules of identity: addresses, names, passwords, expiry, rate limits."""

import ipaddress
import re
import unicodedata
from datetime import datetime, timedelta

from tocsin.kernel.errors import invalid_field

IDLE = timedelta(days=7)
ABSOLUTE = timedelta(days=30)
TOUCH_EVERY = timedelta(minutes=5)
INVITATION_LASTS = timedelta(days=7)

LOG_IN_WINDOW = timedelta(minutes=15)
TRIES_PER_EMAIL = 10
TRIES_PER_ADDRESS = 50

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD_BYTES = 1024

_EMAIL = re.compile(r"[^@\s<>\"(),:;\[\]\\]{1,64}@[^@\s<>\"(),:;\[\]\\]{1,189}")
_SLUG = re.compile(r"[a-z0-9-]{1,63}")


def normal_email(text: str, field: str = "email") -> str:
    """The one spelling under which an address is kept and found; raises Invalid."""
    email = unicodedata.normalize("NFKC", text).strip().lower()
    if not _EMAIL.fullmatch(email) or not email.isprintable():
        raise invalid_field(field, "expected an e-mail address")
    return email


def normal_name(text: str, field: str = "name") -> str:
    """A name of 1 to 200 printable characters; raises Invalid."""
    name = text.strip()
    if not 0 < len(name) <= 200 or not name.isprintable():
        raise invalid_field(field, "expected 1 to 200 printable characters")
    return name


def normal_slug(text: str, field: str = "slug") -> str:
    """A slug; raises Invalid."""
    if not _SLUG.fullmatch(text):
        raise invalid_field(field, "expected 1 to 63 of the characters a-z, 0-9 and -")
    return text


def normal_password(text: str) -> str:
    """A password as it is hashed: NFKC, so that every keyboard types the same one (RFC 8265)."""
    return unicodedata.normalize("NFKC", text)


def require_good_password(text: str, email: str, field: str = "password") -> str:
    """A new password in its normal form; raises Invalid where it is too short, long or obvious."""
    password = normal_password(text)
    if len(password) < SHORTEST_PASSWORD:
        raise invalid_field(field, f"expected at least {SHORTEST_PASSWORD} characters")
    if len(password.encode()) > LONGEST_PASSWORD_BYTES:
        raise invalid_field(field, f"expected at most {LONGEST_PASSWORD_BYTES} bytes")
    if password.lower() == email or len(set(password)) == 1:
        raise invalid_field(field, "is too easy to guess")
    return password


def session_is_alive(seen_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Whether a session is neither idle for 7 days nor older than 30."""
    return now < expires_at and now - seen_at < IDLE


def address_key(address: str) -> str:
    """The network a caller is counted under: an IPv4 address, or an IPv6 /64."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return address
