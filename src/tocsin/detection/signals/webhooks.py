"""What a status page sends to a subscriber: signed as seed and vendors' relays do it, read as a hint."""

import hashlib
import hmac
import json
from typing import Any

from tocsin.kernel.errors import Invalid, invalid_field

_SCHEME = "sha256="
_KINDS = ("incident", "component_update", "component", "page")


def is_signed(secret: str, body: bytes, header: str) -> bool:
    """Whether `sha256=<hex>` is the HMAC-SHA256 of exactly these bytes, compared in constant time."""
    expected = _SCHEME + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(header.strip().lower().encode(), expected.encode())


def read_hint(body: bytes) -> str:
    """What the webhook is about: `incident`, `component_update` or whatever it carries first.

    Raises Invalid where it is no JSON object. Nothing else of it is believed.
    """
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise invalid_field("body", "is not JSON") from error
    if not isinstance(said, dict):
        raise Invalid("body: expected a JSON object")
    return next((kind for kind in _KINDS if kind in said), "other")
