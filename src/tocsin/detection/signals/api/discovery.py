"""Finding out what an address is, before anything is saved."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter

from tocsin.detection.signals.discovery_schemas import DiscoverIn, DiscoveryOut
from tocsin.detection.signals.verbs import Signals
from tocsin.platform.web import Caller, api_router, requires


@dataclass(frozen=True, slots=True)
class DiscoveryRoutes:
    """Handlers of /sources."""

    room: Signals

    def router(self) -> APIRouter:
        """The routes, to be mounted below the API's prefix."""
        router = api_router(tag="monitors")
        router.add_api_route(
            "/sources/discover", self.discover, methods=["POST"], response_model=DiscoveryOut
        )
        return router

    async def discover(
        self, body: DiscoverIn, caller: Annotated[Caller, requires("monitors.write")]
    ) -> DiscoveryOut:
        """Find the kind that reads an address and what it lists; nothing is saved.

        422 `nothing_found` says why where nobody answers. A website without status data has the
        kind null, and suggestions.
        """
        return DiscoveryOut.of(await self.room.kinds.discover(body.url))
