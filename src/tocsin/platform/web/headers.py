"""The few request headers that change what a verb does."""

import re

from starlette.datastructures import Headers
from starlette.requests import Request

from tocsin.kernel.errors import Invalid

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_VERSION = re.compile(r'(?:W/)?"(\d{1,15})(?:\.[0-9a-f]*)?"')
_PREFIX = re.compile(r"^/api(?:/v1)?(?=/)")
NO_VERSION = -1


def idempotency_key(headers: Headers) -> str | None:
    """The `Idempotency-Key`, or None; raises Invalid unless it is 1–200 printable ASCII signs."""
    key = headers.get("idempotency-key")
    if key is None:
        return None
    key = key.strip('"')
    if not _KEY.fullmatch(key):
        raise Invalid(
            "Idempotency-Key must be 1 to 200 printable ASCII characters without spaces.",
            code="idempotency_key_invalid",
        )
    return key


def version_of(if_match: str | None) -> int | None:
    """The version an entity tag carries (RFC 9110, section 13.1.1); None for no header or `*`."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = _VERSION.fullmatch(if_match.strip())
    return int(found[1]) if found else NO_VERSION


def route_name(request: Request) -> str:
    """The method and path of a request, alike under `/api` and `/api/v1`."""
    path: str = request.scope["path"]
    path = path.removeprefix(request.scope.get("root_path", "") or "")
    return f"{request.method} {_PREFIX.sub('', path)}"[:400]
