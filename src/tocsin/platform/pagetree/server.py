"""Serving the tree: a small ASGI app with every answer ready in memory.

No database, no session, no framework. One `readlink` per request tells whether a new generation
was switched in; then the page's answers are made anew from the files.
"""

import json
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .tree import CURRENT, MANIFEST

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_POLICY = (
    b"default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; "
    b"connect-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)
_NOT_FOUND = "404.html"
_NO_GZIP = re.compile(rb"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")
_TRIES = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """One file, ready to send."""

    etag: bytes
    plain: bytes
    plain_headers: Headers
    packed: bytes | None
    packed_headers: Headers
    unchanged_headers: Headers


@dataclass(frozen=True, slots=True)
class Generation:
    """All answers of one generation of one page; `missing` is what it says of everything else."""

    name: str
    answers: dict[str, Answer]
    missing: Answer | None


class PageServer:
    """ASGI app for `/status/{page}/…`; paths it does not hold go to `otherwise`.

    What neither knows is answered with the page's own `404.html`.
    """

    def __init__(
        self,
        root: Path,
        otherwise: Callable[[Scope, Receive, Send], Awaitable[None]] | None = None,
        prefix: str = "/status/",
    ) -> None:
        self._root = root
        self._otherwise = otherwise
        self._prefix = prefix
        self._links = f"{root}{os.sep}{{}}{os.sep}{CURRENT}".format
        self._generations: dict[str, Generation] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await self._pass_on(scope, receive, send)
            return
        page, _, rest = scope["path"].removeprefix(self._prefix).partition("/")
        generation = self._generation(page)
        answer = _find(generation, rest) if generation else None
        if answer is not None:
            await _send_answer(scope, send, answer)
            return
        missing = generation.missing if generation else None
        if missing is not None:
            send = _OwnMissing(scope, send, missing)
        await self._pass_on(scope, receive, send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._otherwise is not None:
            await self._otherwise(scope, receive, send)
        else:
            await _send_missing(scope, send)

    def _generation(self, page: str) -> Generation | None:
        if not page or page.startswith("."):
            return None
        for _ in range(_TRIES):
            try:
                name = os.readlink(self._links(page))  # noqa: PTH115 - on every request
            except (OSError, ValueError):
                self._generations.pop(page, None)
                return None
            known = self._generations.get(page)
            if known is not None and known.name == name:
                return known
            try:
                self._generations[page] = _load(self._root / page / name, name)
            except FileNotFoundError:
                continue  # it was swept away while it was read: a newer one is current
            return self._generations[page]
        return self._generations.get(page)


@dataclass(slots=True)
class _OwnMissing:
    """Replaces a bare 404 by the page's own; a 404 that is HTML already says more."""

    scope: Scope
    send: Send
    missing: Answer
    replaced: bool = False

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start" and message["status"] == 404:
            self.replaced = not _is_html(message["headers"])
            if self.replaced:
                await _send_body(self.scope, self.send, 404, self.missing)
        if not self.replaced:
            await self.send(message)


def _is_html(headers: Any) -> bool:
    kinds = (value for name, value in headers if bytes(name).lower() == b"content-type")
    return any(bytes(kind).startswith(b"text/html") for kind in kinds)


def _find(generation: Generation, rest: str) -> Answer | None:
    rest = rest.rstrip("/")
    answers = generation.answers
    return answers.get(rest or "index.html") or answers.get(f"{rest}.html")


def _load(directory: Path, name: str) -> Generation:
    manifest = json.loads((directory / MANIFEST).read_text())
    answers = {path: _answer(directory / path, entry) for path, entry in manifest.items()}
    return Generation(name, answers, answers.pop(_NOT_FOUND, None))


def _answer(path: Path, entry: dict[str, Any]) -> Answer:
    plain = path.read_bytes()
    packed = path.with_name(path.name + ".gz").read_bytes() if entry["gzip"] else None
    etag = f'"{entry["etag"]}"'.encode()
    common: Headers = [
        (b"etag", etag),
        (b"cache-control", f"public, max-age={entry['max_age']}, must-revalidate".encode()),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"access-control-allow-origin", b"*"),
    ]
    shown = [
        *common,
        (b"content-type", entry["type"].encode()),
        (b"content-security-policy", _POLICY),
    ]
    packed_headers: Headers = []
    if packed is not None:
        packed_headers = [
            *shown,
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(packed)).encode()),
        ]
    plain_headers = [*shown, (b"content-length", str(len(plain)).encode())]
    return Answer(etag, plain, plain_headers, packed, packed_headers, common)


async def _send_answer(scope: Scope, send: Send, answer: Answer) -> None:
    wanted = _header(scope, b"if-none-match")
    if wanted and (answer.etag in wanted or wanted == b"*"):
        await send(
            {"type": "http.response.start", "status": 304, "headers": answer.unchanged_headers}
        )
        await send({"type": "http.response.body", "body": b""})
        return
    await _send_body(scope, send, 200, answer)


async def _send_body(scope: Scope, send: Send, status: int, answer: Answer) -> None:
    if answer.packed is not None and _accepts_gzip(scope):
        headers, body = answer.packed_headers, answer.packed
    else:
        headers, body = answer.plain_headers, answer.plain
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _accepts_gzip(scope: Scope) -> bool:
    accepted = _header(scope, b"accept-encoding")
    return b"gzip" in accepted and (b";" not in accepted or not _NO_GZIP.search(accepted))


def _header(scope: Scope, wanted: bytes) -> bytes:
    for name, value in scope["headers"]:
        if name == wanted:
            found: bytes = value
            return found
    return b""


async def _send_missing(scope: Scope, send: Send) -> None:
    body = b"There is no such page."
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"22")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
