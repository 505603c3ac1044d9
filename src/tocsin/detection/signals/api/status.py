"""Saying by hand how a service is; the answer is the service as everybody sees it now."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel

from tocsin.detection.signals import verbs
from tocsin.detection.signals.schemas import AdminStatusIn, StatusIn
from tocsin.detection.signals.verbs import Signals
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.platform.web import Caller, api_router, requires, requires_bearer
from tocsin.registry.catalog import ServiceView


@dataclass(frozen=True, slots=True)
class StatusRoutes:
    """Handlers for statuses set by hand."""

    room: Signals
    view: ServiceView

    def router(self) -> APIRouter:
        """The routes, to be mounted below the API's prefix."""
        router = api_router(tag="services")
        shown = self.view.schema
        router.add_api_route(
            "/services/{service_id}/status", self.set_status, methods=["POST"], response_model=shown
        )
        router.add_api_route(
            "/services/{service_id}/release", self.release, methods=["POST"], response_model=shown
        )
        router.add_api_route(
            "/admin/status", self.set_as_admin, methods=["POST"], response_model=shown
        )
        return router

    async def set_status(
        self, service_id: str, body: StatusIn, caller: Annotated[Caller, requires("status.set")]
    ) -> Any:
        """Set a service's status by hand, with a reason; it counts as confirmed at once."""
        return await self._set(caller, service_id, body)

    async def set_as_admin(
        self, body: AdminStatusIn, caller: Annotated[Caller, requires_bearer("status.set")]
    ) -> Any:
        """Set a service's status with a bearer token; refused while ADMIN_API_TOKEN is unset."""
        return await self._set(caller, body.service_id, body)

    async def release(
        self, service_id: str, caller: Annotated[Caller, requires("status.release")]
    ) -> Any:
        """Let the feed speak for the service again."""
        return await caller.write(self._release, service_id, answer=_as_shown)

    async def _set(self, caller: Caller, service_id: str, body: StatusIn) -> Any:
        said = (service_id, body.new_status, body.reason, body.detail)
        return await caller.write(self._say, *said, answer=_as_shown)

    def _say(
        self, tx: Tx, service_id: str, status: Status, reason: str, detail: str | None
    ) -> BaseModel:
        verbs.set_status_by_hand(tx, self.room, service_id, status, reason, detail)
        return self.view.show(tx, service_id)

    def _release(self, tx: Tx, service_id: str) -> BaseModel:
        verbs.release(tx, self.room, service_id)
        return self.view.show(tx, service_id)


def _as_shown(shown: BaseModel) -> BaseModel:
    return shown
