"""A server on this machine that keeps what is posted to it and answers as told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Posted:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass
class HttpSink:
    """`answer` decides per request; `hold` keeps requests waiting before they are answered."""

    posted: list[Posted] = field(default_factory=list)
    answer: Callable[[Posted], web.Response] = lambda _: web.Response(text="ok")
    hold: asyncio.Event | None = None
    url: str = ""
    flying: int = 0
    most_flying: int = 0

    def answers(self, status: int, text: str = "", **headers: str) -> None:
        """Answer everything alike from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = lambda _: web.Response(status=status, text=text, headers=named)

    async def handle(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        posted = Posted(request.path, headers, await request.read())
        self.posted.append(posted)
        self.flying += 1
        self.most_flying = max(self.most_flying, self.flying)
        try:
            if self.hold is not None:
                await self.hold.wait()
            return self.answer(posted)
        finally:
            self.flying -= 1


@asynccontextmanager
async def http_sink() -> AsyncIterator[HttpSink]:
    """Serve on a free port."""
    sink = HttpSink()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", sink.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    sink.url = f"http://{host}:{port}"
    try:
        yield sink
    finally:
        await runner.cleanup()
