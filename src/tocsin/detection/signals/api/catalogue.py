"""Well-known services to choose from."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.detection.signals import queries
from tocsin.detection.signals.catalogue import matching
from tocsin.detection.signals.catalogue_schemas import CatalogueEntryOut, CatalogueOut
from tocsin.detection.signals.verbs import Signals
from tocsin.platform.web import Caller, api_router, requires
from tocsin.registry.catalog import Category


@dataclass(frozen=True, slots=True)
class CatalogueRoutes:
    """Handlers of /catalogue."""

    room: Signals

    def router(self) -> APIRouter:
        """The routes, to be mounted below the API's prefix."""
        router = api_router(tag="services")
        router.add_api_route("/catalogue", self.list, methods=["GET"], response_model=CatalogueOut)
        return router

    async def list(
        self,
        caller: Annotated[Caller, requires("services.read")],
        q: Annotated[str, Query(max_length=100)] = "",
        category: Category | None = None,
    ) -> CatalogueOut:
        """Well-known services by name; each with the body that adds it with POST /services."""
        entries = matching(q, category)
        added = await caller.read(queries.added_entries, entries)
        return CatalogueOut(
            items=[CatalogueEntryOut.of(entry, entry.id in added) for entry in entries]
        )
