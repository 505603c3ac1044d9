"""Routes that change the catalog; reading services is answered by `conditions`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Response

from tocsin.platform.web import Caller, api_router, requires

from . import queries, verbs
from .entry import ServiceIn
from .ports import ServiceView, SourceKinds
from .registry_file import RegistryReader, RegistryRefused
from .schemas import RegistryFileOut, ReloadOut, ServicePatch
from .views import Answering

Writer = Annotated[Caller, requires("services.write")]


@dataclass(frozen=True, slots=True)
class ServiceRoutes:
    """Handlers of the writes to /services, over what `compose` filled in."""

    kinds: SourceKinds
    view: ServiceView
    registry: RegistryReader

    def router(self) -> APIRouter:
        router = api_router(tag="services")
        shown = self.view.schema
        router.add_api_route(
            "/services", self.declare, methods=["POST"], status_code=201, response_model=shown
        )
        router.add_api_route(
            "/services/reload", self.reload, methods=["POST"], response_model=ReloadOut
        )
        router.add_api_route(
            "/registry-file", self.registry_file, methods=["GET"], response_model=RegistryFileOut
        )
        for method in ("PATCH", "PUT"):
            router.add_api_route(
                "/services/{service_id}", self.edit, methods=[method], response_model=shown
            )
        router.add_api_route(
            "/services/{service_id}", self.archive, methods=["DELETE"], status_code=204
        )
        return router

    async def declare(self, body: ServiceIn, caller: Writer) -> Any:
        """Add a service; its source's address is followed to where it leads."""
        draft = body.draft(await self._settled(body.source))
        return await caller.write(Answering(self.view).declare, draft, answer=_as_shown)

    async def edit(self, service_id: str, body: ServicePatch, caller: Writer) -> Any:
        """Change the fields given; services of the registry file are read-only here."""
        source = await self._new_source(service_id, body, caller)
        return await caller.write(
            Answering(self.view).edit,
            service_id,
            body.change(source),
            body.read_only(),
            caller.expected_version,
            answer=_as_shown,
        )

    async def archive(self, service_id: str, caller: Writer) -> Response:
        """Hide a service; its id and history are kept."""
        await caller.write(verbs.archive_service, service_id, caller.expected_version)
        return Response(status_code=204)

    async def registry_file(
        self, caller: Annotated[Caller, requires("services.read")]
    ) -> RegistryFileOut:
        """Whether the registry file could be read the last time, and what is wrong with it."""
        return RegistryFileOut.of(await caller.read(queries.registry_reading))

    async def reload(self, caller: Writer) -> ReloadOut:
        """Read the registry file again; mistakes come back with their lines."""
        await caller.read(queries.require_registry_owner)
        try:
            file, loaded = await self.registry.load(caller.read, caller.write)
        except RegistryRefused as refusal:
            await caller.write(verbs.note_refused, refusal.mistakes)
            raise
        await caller.write(verbs.note_loaded, loaded, file)
        return ReloadOut.of(file, loaded)

    async def _settled(self, source: Mapping[str, Any]) -> dict[str, Any]:
        return await self.kinds.settle(self.kinds.check(source))

    async def _new_source(
        self, service_id: str, body: ServicePatch, caller: Caller
    ) -> dict[str, Any] | None:
        """The source to store; what is stored already needs no look at where it leads."""
        if not body.gives_source:
            return None
        checked = self.kinds.check(body.source)
        service = await caller.read(queries.service, service_id)
        if checked == service.source:
            return checked
        return await self.kinds.settle(checked)


def _as_shown(shown: Any) -> Any:
    return shown
