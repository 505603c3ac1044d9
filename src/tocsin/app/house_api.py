"""The few routes that belong to no room: health, and the console's live socket."""

import time
from typing import Annotated

from fastapi import APIRouter, WebSocket

from tocsin import __version__
from tocsin.app.compose import House
from tocsin.app.findings import standing
from tocsin.app.sockets import serve_hints
from tocsin.platform.live import Subscriber
from tocsin.platform.web import (
    Caller,
    WireModel,
    api_router,
    is_own_origin,
    open_to_strangers,
    requires,
)
from tocsin.platform.wire import Moment

_FOREIGN_ORIGIN = 1008


class HealthOut(WireModel):
    """GET /health."""

    status: str
    version: str
    database: str
    uptime_seconds: int


class StandingOut(WireModel):
    """What one check of the auditor found and has not seen gone."""

    check: str
    since: Moment
    count: int


class StandingList(WireModel):
    """GET /audit; empty when all is well."""

    items: list[StandingOut]


def house_routes(house: House) -> APIRouter:
    """The routes over a composed house."""
    router = api_router(tag="House")
    began = time.monotonic()

    @router.get("/health")
    async def health() -> HealthOut:
        """Whether the web role answers and its database can be read."""
        await house.platform.database.read(house.context, lambda _: None)
        return HealthOut(
            status="ok",
            version=__version__,
            database=house.platform.database.kind,
            uptime_seconds=int(time.monotonic() - began),
        )

    @router.get("/audit")
    async def audit(caller: Annotated[Caller, requires("journal.read")]) -> StandingList:
        """What the hourly audit found that is late, lost, stale or failed for good."""
        found = await caller.read(standing)
        return StandingList(
            items=[
                StandingOut(check=one.check, since=one.since, count=len(one.subjects))
                for one in found.values()
            ]
        )

    @router.websocket("/live")
    async def live(
        socket: WebSocket, caller: Annotated[Caller, open_to_strangers("board.read")]
    ) -> None:
        """Hints `{kind, subject, version}`: something changed, fetch it again."""
        if not is_own_origin(socket, caller.web.settings):
            await socket.close(_FOREIGN_ORIGIN)
            return
        await socket.accept()
        subscriber = Subscriber(caller.tenant, public_only=caller.is_stranger)
        await serve_hints(socket, house.hub, subscriber)

    return router
