"""Serving the tree: a small ASGI app with every answer ready in memory.

No database, no session, no framework. One `readlink` per request tells whether a new generation
was switched in; then the page's answers are made anew from the files.
"""

import json
import os
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
    b"default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; "
    b"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


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
    """All answers of one generation of one page."""

    name: str
    answers: dict[str, Answer]


class PageServer:
    """ASGI app for `/status/{page}/…`; paths it does not hold go to `otherwise`."""

    def __init__(
        self,
        root: Path,
        otherwise: Callable[[Scope, Receive, Send], Awaitable[None]] | None = None,
        prefix: str = "/status/",
    ) -> None:
        self._root = root
        self._otherwise = otherwise
        self._prefix = prefix
        self._generations: dict[str, Generation] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._find(scope["path"]) if scope["method"] in ("GET", "HEAD") else None
        if answer is not None:
            await _send_answer(scope, send, answer)
        elif self._otherwise is not None:
            await self._otherwise(scope, receive, send)
        else:
            await _send_missing(send)

    def _find(self, path: str) -> Answer | None:
        page, _, rest = path.removeprefix(self._prefix).partition("/")
        generation = self._generation(page)
        if generation is None:
            return None
        rest = rest.rstrip("/")
        answers = generation.answers
        return answers.get(rest or "index.html") or answers.get(f"{rest}.html")

    def _generation(self, page: str) -> Generation | None:
        if not page or page.startswith("."):
            return None
        try:
            name = os.readlink(self._root / page / CURRENT)  # noqa: PTH115 - on every request
        except (OSError, ValueError):
            self._generations.pop(page, None)
            return None
        known = self._generations.get(page)
        if known is not None and known.name == name:
            return known
        self._generations[page] = loaded = _load(self._root / page / name, name)
        return loaded


def _load(directory: Path, name: str) -> Generation:
    manifest = json.loads((directory / MANIFEST).read_text())
    return Generation(
        name, {path: _answer(directory / path, entry) for path, entry in manifest.items()}
    )


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
    wanted, accepts_gzip = b"", False
    for name, value in scope["headers"]:
        if name == b"if-none-match":
            wanted = value
        elif name == b"accept-encoding":
            accepts_gzip = b"gzip" in value
    if wanted and (answer.etag in wanted or wanted == b"*"):
        await send(
            {"type": "http.response.start", "status": 304, "headers": answer.unchanged_headers}
        )
        await send({"type": "http.response.body", "body": b""})
        return
    if accepts_gzip and answer.packed is not None:
        headers, body = answer.packed_headers, answer.packed
    else:
        headers, body = answer.plain_headers, answer.plain
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _send_missing(send: Send) -> None:
    body = b"There is no such page."
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"22")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": body})
