"""Identifiers: time-ordered inside the house, opaque outside it."""

import secrets
from uuid import UUID

from uuid_utils import compat

_OPAQUE_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def new_id() -> UUID:
    """Return a fresh UUID version 7 (RFC 9562): 16 bytes, ordered by creation time."""
    return compat.uuid7()


def new_public_id() -> str:
    """Return an opaque 12-character id (59 bits) that tells strangers neither order nor number."""
    return "".join(secrets.choice(_OPAQUE_ALPHABET) for _ in range(12))


def new_secret() -> str:
    """Return 256 bits of randomness as URL-safe text, for tokens and one-time links."""
    return secrets.token_urlsafe(32)
