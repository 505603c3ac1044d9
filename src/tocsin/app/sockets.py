"""Live sockets: the console's at `/api/v1/live`, the pages' at `/status/{slug}/live`."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from tocsin.kernel.facts import subject_of
from tocsin.platform.live import Hub, Subscriber
from tocsin.platform.pagetree import PageTree, Receive, Scope, Send

_SILENCE_SECONDS = 25.0
_MOST_SOCKETS = 5_000
_TRY_LATER = 1013
_POLICY = 1008


async def serve_hints(socket: WebSocket, hub: Hub, subscriber: Subscriber) -> None:
    """Feed hints to an accepted socket until it closes; a word every 25 s keeps proxies awake."""
    if len(hub) >= _MOST_SOCKETS:
        await socket.close(_TRY_LATER)
        return
    hub.join(subscriber)
    sender = asyncio.create_task(_feed(socket, subscriber))
    try:
        while True:
            await socket.receive_text()  # what clients say is not read; a close raises
    except (WebSocketDisconnect, RuntimeError, KeyError):
        return
    finally:
        hub.leave(subscriber)
        sender.cancel()


async def _feed(socket: WebSocket, subscriber: Subscriber) -> None:
    while True:
        message: dict[str, Any]
        try:
            message = await asyncio.wait_for(subscriber.queue.get(), _SILENCE_SECONDS)
        except TimeoutError:
            message = {"kind": "silence", "subject": "", "version": 0}
        await socket.send_text(json.dumps(message, separators=(",", ":")))


@dataclass(frozen=True, slots=True)
class PageSockets:
    """ASGI app for the sockets of public pages: strangers, one page each, hints only."""

    hub: Hub
    tree: PageTree

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        slug = scope["path"].removeprefix("/status/").removesuffix("/live")
        if "/" in slug or not self._exists(slug):
            await socket.close(_POLICY)
            return
        await socket.accept()
        subscriber = Subscriber(None, public_only=True, subject=subject_of("page", slug))
        await serve_hints(socket, self.hub, subscriber)

    def _exists(self, slug: str) -> bool:
        return bool(slug) and not slug.startswith(".") and self.tree.current(slug) is not None
