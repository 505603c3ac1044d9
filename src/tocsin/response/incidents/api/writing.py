"""Routes that open, edit and archive incidents."""

from typing import Annotated, Any

from fastapi import APIRouter, Response

from tocsin.kernel.lifecycle import Refusal, Unchanged
from tocsin.platform.web import Caller, api_router, requires
from tocsin.response.incidents import lifecycle, queries, verbs
from tocsin.response.incidents.api.answering import write_and_show
from tocsin.response.incidents.api.patching import patched
from tocsin.response.incidents.bodies import IncidentIn, IncidentPatch
from tocsin.response.incidents.model import State
from tocsin.response.incidents.ports import Ports
from tocsin.response.incidents.schemas import IncidentDetailOut

Editor = Annotated[Caller, requires("incidents.edit")]


def writing_routes(ports: Ports) -> APIRouter:
    """The routes over what `compose` filled in."""
    router = api_router(tag="Incidents")
    whole = IncidentDetailOut

    @router.post("/incidents", status_code=201, response_model=whole)
    async def open_incident(
        caller: Annotated[Caller, requires("incidents.open")], body: IncidentIn
    ) -> Any:
        """Open an incident."""
        if body.assigned_to is not None:
            caller.also_requires("incidents.assign")
        return await write_and_show(caller, ports, verbs.open_incident, body.draft())

    @router.patch("/incidents/{ref}", response_model=whole)
    @router.put("/incidents/{ref}", response_model=whole, name="put_incident")
    async def edit_incident(caller: Editor, ref: str, body: IncidentPatch) -> Any:
        """Change the fields given, then run the verb that `status` means."""
        verb = await _verb_meant(caller, ref, body.wanted)
        if verb is not None:
            caller.also_requires(f"incidents.{verb}")
        if body.assigns:
            caller.also_requires("incidents.assign")
        return await write_and_show(
            caller, ports, patched, ref, body, verb, caller.expected_version, ports
        )

    @router.delete("/incidents/{ref}", status_code=204)
    async def archive_incident(
        caller: Annotated[Caller, requires("incidents.archive")], ref: str
    ) -> Response:
        """Hide an incident everywhere; its id and record are kept."""
        await caller.write(verbs.archive, ref, caller.expected_version)
        return Response(status_code=204)

    return router


async def _verb_meant(caller: Caller, ref: str, wanted: State | None) -> str | None:
    """The verb that a wanted status means now; the unit makes sure that it still does."""
    if wanted is None:
        return None
    found = await caller.read(queries.incident, ref)
    verb = lifecycle.verb_for(found.state, wanted)
    return None if isinstance(verb, Refusal | Unchanged) else verb.value
