"""Routes of service health; readable without login while the dashboard is public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from tocsin.detection.conditions import board
from tocsin.detection.conditions.board import Reader
from tocsin.detection.conditions.boards import Boards
from tocsin.detection.conditions.schemas import (
    EventOut,
    GraphOut,
    ServiceDetailOut,
    ServicesOut,
    UptimesOut,
)
from tocsin.platform.web import (
    Caller,
    CursorParam,
    Page,
    ZoneName,
    api_router,
    open_to_strangers,
    page_out,
    tagged_json,
    zone_named,
)
from tocsin.registry.catalog import Category

router = api_router(tag="Service health")
Anybody = Annotated[Caller, open_to_strangers("board.read")]
ServiceParam = Annotated[str | None, Query(max_length=63)]


@dataclass(frozen=True, slots=True)
class BoardRoutes:
    """The handler of the whole board, over the boards that this process keeps."""

    boards: Boards

    def router(self) -> APIRouter:
        """The route, to be mounted below the API's prefix."""
        whole = api_router(tag="Service health")
        whole.add_api_route(
            "/services", self.list_services, methods=["GET"], response_model=ServicesOut
        )
        return whole

    async def list_services(self, caller: Anybody, time_zone: ZoneName = "UTC") -> Response:
        """All services, worst first."""
        zone = zone_named(time_zone)
        shown = await caller.read(self.boards.show, _reader(caller), zone, caller.has)
        return tagged_json(shown.tag, shown.body)


@router.get("/services/uptime")
async def service_uptime(caller: Anybody, time_zone: ZoneName = "UTC") -> UptimesOut:
    """The worst status of each of the last seven days, per service."""
    return await caller.read(board.uptime, _reader(caller), zone_named(time_zone))


@router.get("/services/graph")
async def service_graph(caller: Anybody) -> GraphOut:
    """Services and what they depend on."""
    return await caller.read(board.graph, _reader(caller))


@router.get("/services/{service_id}")
async def show_service(
    caller: Anybody, service_id: str, time_zone: ZoneName = "UTC"
) -> ServiceDetailOut:
    """One service with its neighbours, events, decisions and sources."""
    page = await caller.read(board.service_page, service_id, _reader(caller), zone_named(time_zone))
    caller.tag(page.version)
    return page


@router.get("/timeline")
async def timeline(
    caller: Anybody,
    cursor: CursorParam,
    service: ServiceParam = None,
    category: Category | None = None,
) -> Page[EventOut]:
    """Recent changes of status, newest first; of one service or one category where asked."""
    reader = _reader(caller)
    asked = board.Asked(service, category)
    events, names = await caller.read(
        board.timeline, reader, asked, cursor.after(datetime, UUID), cursor.fetch
    )
    return page_out(
        events,
        cursor,
        lambda event: board.event_out(event, names, reader),
        lambda event: (event.at, event.id),
    )


def _reader(caller: Caller) -> Reader:
    return Reader(caller.is_stranger)
