"""Pings of jobs: no login but the unguessable address, and a plain answer for `curl`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse

from tocsin.detection.signals.heartbeats import Ping, PingKind, store
from tocsin.detection.signals.heartbeats.keys import hash_of
from tocsin.detection.signals.heartbeats.model import MOST_TEXT
from tocsin.detection.signals.heartbeats.verbs import take_ping
from tocsin.detection.signals.verbs import Signals
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context, Lane
from tocsin.platform.web import Caller, open_to_all

Anybody = Annotated[Caller, open_to_all()]
METHODS = ["GET", "HEAD", "POST"]
_EXIT_CODE = re.compile("[0-9]{1,3}")
_NOWHERE = Context(UUID(int=0), SYSTEM)


@dataclass(frozen=True, slots=True)
class PingRoutes:
    """Handlers of /ping, at the root."""

    room: Signals

    def router(self) -> APIRouter:
        """The routes, to be mounted at the root."""
        router = APIRouter(prefix="/ping", tags=["heartbeats"])
        routes: dict[str, Callable[..., Any]] = {
            "/{key}": self.done,
            "/{key}/start": self.start,
            "/{key}/fail": self.fail,
            "/{key}/{exit_code}": self.ended,
        }
        for path, handler in routes.items():
            for written in (path, f"{path}/"):  # who is redirected seldom follows, and is lost
                router.add_api_route(
                    written,
                    handler,
                    methods=METHODS,
                    response_class=PlainTextResponse,
                    include_in_schema=False,
                )
        return router

    async def done(self, key: str, caller: Anybody, request: Request) -> Response:
        """The job is done."""
        return await self._take(caller, key, Ping(PingKind.DONE, text=await _text(request)))

    async def start(self, key: str, caller: Anybody) -> Response:
        """The job has begun."""
        return await self._take(caller, key, Ping(PingKind.START))

    async def fail(self, key: str, caller: Anybody, request: Request) -> Response:
        """The job went wrong."""
        return await self._take(caller, key, Ping(PingKind.FAIL, text=await _text(request)))

    async def ended(self, key: str, exit_code: str, caller: Anybody, request: Request) -> Response:
        """The job ended with an exit code, 0 to 255."""
        if not (_EXIT_CODE.fullmatch(exit_code) and int(exit_code) <= 255):
            raise HTTPException(404, "The last part is start, fail or an exit code from 0 to 255.")
        ping = Ping.of_exit(int(exit_code), await _text(request))
        return await self._take(caller, key, ping)

    async def _take(self, caller: Caller, key: str, ping: Ping) -> Response:
        database = caller.web.database
        found = await database.read(_NOWHERE, store.find, hash_of(key))
        if found is None:
            return PlainTextResponse("unknown key\n", 404)
        tenant, source_id = found
        context = Context(tenant, SYSTEM)
        await database.write_in(Lane.NORMAL, context, take_ping, self.room, source_id, ping)
        return PlainTextResponse("OK\n", headers={"Cache-Control": "no-store"})


async def _text(request: Request) -> str | None:
    """What was sent along: the first 10,000 bytes, as text that a database stores.

    The rest is not waited for, so that a job may post its whole log.
    """
    if request.method != "POST":
        return None
    body = b""
    async for piece in request.stream():
        body += piece[: MOST_TEXT - len(body)]
        if len(body) == MOST_TEXT:
            break
    text = body.decode(errors="replace").replace("\0", "")
    return text or None
