"""Routes of uptime and objectives; reading is open while the dashboard is public."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from tocsin.detection.conditions import Reader
from tocsin.platform.web import (
    Caller,
    ZoneName,
    api_router,
    open_to_strangers,
    require_extras_unchanged,
    requires,
    zone_named,
)

from . import verbs, wire
from .board import Figures
from .model import ObjectiveSettings
from .schemas import HistoriesOut, ObjectiveIn, ObjectiveOut, SlasOut, SloDetailOut, SlosOut

Anybody = Annotated[Caller, open_to_strangers("board.read")]
Days = Annotated[int, Query(ge=1, le=90, description="How many days, with today.")]


@dataclass(frozen=True, slots=True)
class ObjectiveRoutes:
    """Handlers of this room, over what the installation promises."""

    settings: ObjectiveSettings
    figures: Figures

    def router(self) -> APIRouter:
        """The routes, to be mounted below the API's prefix."""
        router = api_router(tag="Service health")
        add = router.add_api_route
        add("/services/sla", self.sla, methods=["GET"], response_model=SlasOut)
        add("/services/sla/history", self.history, methods=["GET"], response_model=HistoriesOut)
        add("/services/slo", self.slo, methods=["GET"], response_model=SlosOut)
        add("/services/{service_id}/slo", self.detail, methods=["GET"])
        add("/services/{service_id}/objective", self.show_objective, methods=["GET"])
        add(
            "/services/{service_id}/objective",
            self.put_objective,
            methods=["PUT"],
            response_model=ObjectiveOut,
        )
        return router

    async def sla(self, caller: Anybody) -> Response:
        """Uptime of every service over 24 hours, 7 and 30 days."""
        return _json(await caller.read(self.figures.sla, _reader(caller)))

    async def history(
        self,
        caller: Anybody,
        days: Days = 30,
        time_zone: ZoneName = "UTC",
        service: Annotated[str | None, Query(max_length=63)] = None,
    ) -> Response:
        """Daily uptime of every service, or of one."""
        zone = zone_named(time_zone)
        body = await caller.read(self.figures.history, _reader(caller), days, zone, service)
        return _json(body)

    async def slo(self, caller: Anybody) -> Response:
        """Error budget and burn of every service, the emptiest budget first."""
        return _json(await caller.read(self.figures.slo, _reader(caller)))

    async def detail(
        self, caller: Anybody, service_id: str, time_zone: ZoneName = "UTC"
    ) -> SloDetailOut:
        """One service's error budget: day by day, and where it went."""
        zone = zone_named(time_zone)
        return await caller.read(self.figures.detail, _reader(caller), service_id, zone)

    async def show_objective(
        self, caller: Annotated[Caller, requires("services.read")], service_id: str
    ) -> ObjectiveOut:
        """What a service promises."""
        shown = await caller.read(self.figures.objective, service_id)
        caller.tag(shown.version)
        return shown

    async def put_objective(
        self,
        caller: Annotated[Caller, requires("objectives.write")],
        service_id: str,
        body: ObjectiveIn,
    ) -> Any:
        """Give a service a target of its own, or with null the installation's again."""
        require_extras_unchanged(body, await caller.read(self.figures.objective, service_id))
        return await caller.write(
            verbs.set_objective,
            self.settings,
            service_id,
            body.target_percent,
            caller.expected_version,
            answer=partial(wire.objective_out, settings=self.settings),
        )


def _reader(caller: Caller) -> Reader:
    return Reader(caller.is_stranger)


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")
