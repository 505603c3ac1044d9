"""Live sockets: the console's at `/api/v1/live`, the pages' at `/status/{slug}/live`."""

import asyncio
import json
from typing import Any
from uuid import UUID

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from tocsin.platform.live import Hub, Subscriber

_SILENCE_SECONDS = 25.0
_MOST_SOCKETS = 5_000


async def serve_hints(socket: WebSocket, hub: Hub, tenant: UUID, *, public_only: bool) -> None:
    """Feed hints to an accepted socket until it closes; a word every 25 s keeps proxies awake."""
    if len(hub) >= _MOST_SOCKETS:
        await socket.close(1013)
        return
    subscriber = Subscriber(tenant, public_only)
    hub.join(subscriber)
    sender = asyncio.create_task(_feed(socket, subscriber))
    try:
        while socket.client_state is WebSocketState.CONNECTED:
            await socket.receive()  # what clients say is not read; a close raises below
    except (WebSocketDisconnect, RuntimeError):
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
