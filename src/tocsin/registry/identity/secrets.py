"""Secrets that are kept as hashes only, and the values derived from them."""

import base64
import hashlib
import hmac
from uuid import UUID

from tocsin.kernel.ids import new_secret

TOKEN_PREFIX = "tcs_"  # noqa: S105 - the public beginning of every token


def new_token() -> str:
    """A fresh API token."""
    return TOKEN_PREFIX + new_secret()


def digest(secret: str) -> bytes:
    """The SHA-256 of a random secret; 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def csrf_token(session_secret: str) -> str:
    """The CSRF token of a session: bound to its secret, useless for finding it."""
    return _derived(session_secret.encode("utf-8", "surrogatepass"), b"csrf")


def setup_token(secret_key: bytes, link: UUID) -> str:
    """The set-up link's token: the same at every start, kept nowhere."""
    return _derived(secret_key, b"set-up " + link.bytes)


def is_same(given: str, expected: str) -> bool:
    """Compare in constant time, whatever the lengths."""
    return hmac.compare_digest(digest(given), digest(expected))


def _derived(key: bytes, purpose: bytes) -> str:
    mac = hmac.new(key, b"tocsin " + purpose, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")
