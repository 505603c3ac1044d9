"""What goes around every answer: request id, security headers, entity tags, and the last net."""

import hashlib
import re
import time
from collections.abc import Callable

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.kernel.ids import new_id

from .problems import problem_response
from .tags import tags_in

log = structlog.get_logger("tocsin.web")

_REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")
_TAGGED_MOST = 8_000_000

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}
STRICT_TRANSPORT = "max-age=31536000"


RequestObserver = Callable[[str, str, int, float], None]
"""Takes a request's route template, method, status and seconds."""


def _nobody_watches(*_: object) -> None:
    """Take an observation and do nothing with it."""


class Envelope:
    """Pure ASGI, outermost: headers an answer sets itself are kept; an unexpected error is logged
    with the request's id and answered as a 500 that tells nothing else."""

    def __init__(
        self, app: ASGIApp, https: bool = False, observe: RequestObserver = _nobody_watches
    ) -> None:
        self._app = app
        self._observe = observe
        self._defaults = dict(SECURITY_HEADERS)
        if https:
            self._defaults["Strict-Transport-Security"] = STRICT_TRANSPORT

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request_id = _request_id(scope)
        answer = _Answer(scope, send, {**self._defaults, "X-Request-ID": request_id})
        began = time.perf_counter()
        try:
            await self._handle(scope, receive, answer, request_id)
        finally:
            seconds = time.perf_counter() - began
            self._observe(_template(scope), scope["method"], answer.status, seconds)

    async def _handle(
        self, scope: Scope, receive: Receive, answer: "_Answer", request_id: str
    ) -> None:
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            if _has_nul(scope):
                refusal = problem_response(400, "malformed", "The address holds a NUL character.")
                return await refusal(scope, receive, answer.send)
            try:
                await self._app(scope, receive, answer.send)
            except Exception:
                log.exception("request failed", method=scope["method"], path=scope["path"])
                if answer.started:
                    raise
                failure = problem_response(
                    500, "internal_error", f"Something broke here. Quote {request_id} to support."
                )
                await failure(scope, receive, answer.send)


class _Answer:
    """Holds an answer's start until its first body message, so that the tag can be computed."""

    def __init__(self, scope: Scope, send: Send, defaults: dict[str, str]) -> None:
        self._scope = scope
        self._send = send
        self._defaults = defaults
        self._start: Message | None = None
        self.started = False
        self.status = 500

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in self._defaults.items():
                headers.setdefault(name, value)
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            message = self._tagged(start, message)
            self.started, self.status = True, start["status"]
            await self._send(start)
        await self._send(message)

    def _tagged(self, start: Message, body: Message) -> Message:
        headers = MutableHeaders(scope=start)
        if not _is_taggable(start, body, headers):
            return body
        headers.setdefault("Cache-Control", "private, no-cache")
        if "etag" not in headers:
            headers["ETag"] = _tag(self._scope.get("tocsin.version"), body.get("body", b""))
        if not _is_fresh(self._scope, headers["ETag"]):
            return body
        start["status"] = 304
        del headers["content-length"]
        del headers["content-type"]
        return {"type": "http.response.body", "body": b""}


def _template(scope: Scope) -> str:
    """The address a route was declared with, so that no id becomes a label; else `(none)`."""
    path: str = getattr(scope.get("route"), "path", "(none)")
    return path.removeprefix("/api/v1").removeprefix("/api") or "(none)"


def _is_taggable(start: Message, body: Message, headers: MutableHeaders) -> bool:
    return (
        200 <= start["status"] < 300
        and start["status"] != 204
        and not body.get("more_body", False)
        and len(body.get("body", b"")) <= _TAGGED_MOST
        and headers.get("content-type", "").startswith("application/json")
        and headers.get("cache-control") != "no-store"
    )


def _tag(version: int | None, body: bytes) -> str:
    """A strong tag: the version, where there is one, and a hash of what was sent."""
    digest = hashlib.blake2b(body, digest_size=8).hexdigest()
    return f'"{digest}"' if version is None else f'"{version}.{digest}"'


def _is_fresh(scope: Scope, tag: str) -> bool:
    if scope["method"] not in ("GET", "HEAD"):
        return False
    return tag in tags_in(Headers(scope=scope).get("if-none-match"))


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else new_id().hex


def _has_nul(scope: Scope) -> bool:
    return "\0" in scope["path"] or b"%00" in scope.get("query_string", b"")
