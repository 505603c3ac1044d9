"""The first thing a request meets: pages and probes before the framework, the console after it."""

from collections.abc import Awaitable, Callable

from tocsin.app.console_files import ConsoleFiles
from tocsin.platform.pagetree import Headers, PageServer, Receive, Scope, Send

App = Callable[[Scope, Receive, Send], Awaitable[None]]
Probe = Callable[[], tuple[int, str, bytes]]


_ROOTS = frozenset({"/api", "/ping", "/intake", "/v2"})
_BELOW_ROOTS = ("/ping/", "/intake/", "/v2/")
"""Addresses of programs: one that nothing answers is a problem, never the console's page."""


class Dispatcher:
    """Sends each path where it belongs. `ROOT_PATH` is taken off where a proxy left it on.

    `/status/*` pages, `/healthz` and `/metrics` never enter the framework and its middleware.
    """

    def __init__(
        self,
        api: App,
        pages: PageServer,
        page_live: App,
        console: ConsoleFiles,
        probes: dict[str, Probe],
        root_path: str,
    ) -> None:
        self._api = api
        self._pages = pages
        self._page_live = page_live
        self._console = console
        self._probes = probes
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        path = self._without_root(scope)
        if scope["type"] == "websocket":
            app = self._page_live if path.startswith("/status/") else self._api
            await app(scope, receive, send)
        elif path.startswith("/status/"):
            await self._pages(scope, receive, send)
        elif path in self._probes:
            await _answer(scope, send, *self._probes[path]())
        elif path == "/":
            await _redirect(send, f"{self._root_path}/board")
        elif path.startswith("/api/") or path in _ROOTS or path.startswith(_BELOW_ROOTS):
            await self._api(scope, receive, send)
        else:
            await self._console(scope, receive, send)

    def _without_root(self, scope: Scope) -> str:
        path: str = scope["path"]
        if self._root_path and path.startswith(self._root_path + "/"):
            path = path.removeprefix(self._root_path)
            scope["path"] = path
        return path


async def _lifespan(receive: Receive, send: Send) -> None:
    """The web role starts and stops the house itself."""
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})


async def _answer(scope: Scope, send: Send, status: int, kind: str, body: bytes) -> None:
    headers: Headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _redirect(send: Send, location: str) -> None:
    headers: Headers = [(b"location", location.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 307, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
