"""A vendor on loopback: a status page and a website that do as the test says."""

import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from tests.adapters.feeds.pages import component, summary

Answer = Callable[[web.Request], web.StreamResponse | Awaitable[web.StreamResponse]]


class Vendor:
    """Its page carries an ETag and answers 304 to who knows it; `mood` replaces every answer."""

    def __init__(self) -> None:
        self.page: dict[str, Any] = summary([component("api"), component("web")], [], [])
        self.mood: Answer | None = None
        self.asked: list[web.Request] = []
        self.port = 0

    def url(self, host: str = "status.vendor.example") -> str:
        """The page's address under any name; every name leads to this machine."""
        return f"http://{host}:{self.port}"

    def shows(self, **states: str) -> None:
        """List these components, in these states."""
        self.page = summary([component(name, state) for name, state in states.items()], [], [])
        self.mood = None

    def is_down(self, status: int = 500) -> None:
        """Answer everything with an error."""
        self.mood = lambda _: web.Response(status=status, text="sorry")

    def says(self, body: str, content_type: str = "text/html") -> None:
        """Answer everything with this text."""
        self.mood = lambda _: web.Response(text=body, content_type=content_type)

    def moves_to(self, host: str) -> None:
        """Redirect whoever asks elsewhere."""

        def redirect(request: web.Request) -> web.StreamResponse:
            if request.host.startswith(host):
                return self._show(request)
            return web.Response(status=301, headers={"Location": self.url(host) + request.path})

        self.mood = redirect

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        self.asked.append(request)
        said = self.mood(request) if self.mood else self._show(request)
        return await said if inspect.isawaitable(said) else said

    def _show(self, request: web.Request) -> web.StreamResponse:
        text = json.dumps(self.page)
        tag = f'"{abs(hash(text)):x}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(text=text, content_type="application/json", headers={"ETag": tag})


def host_of(url: str) -> str:
    """The host of an address, without its port."""
    return urlsplit(url).hostname or ""
