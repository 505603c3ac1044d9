"""The console's built files, served from memory: hashed assets for ever, the page never."""

import gzip
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from tocsin.platform.pagetree import Headers, Receive, Scope, Send

_POLICY = (
    b"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    b"connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
_MISSING = b"The console is not built yet. Run `make run`, or `npm run build` in console/."

_BASE = b'<base href="/" />'


@dataclass(frozen=True, slots=True)
class ConsoleFile:
    """One built file with both of its encodings."""

    plain: bytes
    packed: bytes
    headers: Headers


class ConsoleFiles:
    """ASGI app: a file where there is one, else the single page itself."""

    def __init__(self, directory: Path, root_path: str = "") -> None:
        self._files = {
            "/" + path.relative_to(directory).as_posix(): _read(path, directory, root_path)
            for path in sorted(directory.rglob("*"))
            if path.is_file()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(scope, send, 405, [], b"Only GET and HEAD work here.")
            return
        path = scope["path"]
        file = self._files.get(path)
        if file is None and path.startswith("/assets/"):
            await _answer(scope, send, 404, [], b"There is no such file.")
            return
        file = file or self._files.get("/index.html")
        if file is None:
            await _answer(scope, send, 503, [(b"content-type", b"text/plain")], _MISSING)
            return
        wants_gzip = any(
            name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"]
        )
        if wants_gzip:
            headers = [*file.headers, (b"content-encoding", b"gzip")]
            await _answer(scope, send, 200, headers, file.packed)
        else:
            await _answer(scope, send, 200, file.headers, file.plain)


def _read(path: Path, directory: Path, root_path: str) -> ConsoleFile:
    plain = path.read_bytes()
    if path.name == "index.html":
        plain = plain.replace(_BASE, f'<base href="{root_path}/" />'.encode())
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".webmanifest":
        kind = "application/manifest+json"
    immutable = path.is_relative_to(directory / "assets")
    age = b"public, max-age=31536000, immutable" if immutable else b"no-cache"
    headers: Headers = [
        (
            b"content-type",
            (f"{kind}; charset=utf-8" if kind.startswith("text/") else kind).encode(),
        ),
        (b"cache-control", age),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"content-security-policy", _POLICY),
    ]
    return ConsoleFile(plain, gzip.compress(plain, mtime=0), headers)


async def _answer(scope: Scope, send: Send, status: int, headers: Headers, body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
