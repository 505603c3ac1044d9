"""Whether a browser's request comes from one of our own pages."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from .credentials import WebSettings


def is_own_origin(connection: HTTPConnection, settings: WebSettings) -> bool:
    """Whether `Origin` is absent, ours (`PUBLIC_URL`, `CORS_ORIGINS`) or the host that was asked."""
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    if origin == settings.origin or origin in settings.cors_origins:
        return True
    host = connection.headers.get("host", "")
    return bool(host) and urlsplit(origin).netloc == host
