"""Routes of the lifecycle's verbs; each answers with the whole incident."""

from typing import Annotated, Any

from fastapi import APIRouter

from tocsin.platform.web import Caller, api_router, requires
from tocsin.response.incidents import verbs
from tocsin.response.incidents.api.answering import write_and_show
from tocsin.response.incidents.bodies import (
    AssignIn,
    CancelIn,
    HoldIn,
    NothingIn,
    ReopenIn,
    ResolveIn,
)
from tocsin.response.incidents.ports import Ports
from tocsin.response.incidents.schemas import IncidentDetailOut


def verb_routes(ports: Ports) -> APIRouter:
    """The routes over what `compose` filled in."""
    router = api_router(tag="Incidents")
    whole = IncidentDetailOut

    @router.post("/incidents/{ref}/acknowledge", response_model=whole)
    async def acknowledge(
        caller: Annotated[Caller, requires("incidents.acknowledge")],
        ref: str,
        _: NothingIn | None = None,
    ) -> Any:
        """Say that you have seen it; repeating is fine."""
        version = caller.expected_version
        return await write_and_show(caller, ports, verbs.acknowledge, ref, version)

    @router.post("/incidents/{ref}/assign", response_model=whole)
    async def assign(
        caller: Annotated[Caller, requires("incidents.assign")], ref: str, body: AssignIn
    ) -> Any:
        """Give it to a person or team; a person on a new incident starts it."""
        version = caller.expected_version
        return await write_and_show(caller, ports, verbs.assign, ref, body.assigned_to, version)

    @router.post("/incidents/{ref}/start", response_model=whole)
    async def start(
        caller: Annotated[Caller, requires("incidents.start")],
        ref: str,
        _: NothingIn | None = None,
    ) -> Any:
        """Begin to work on it."""
        return await write_and_show(caller, ports, verbs.start, ref, caller.expected_version)

    @router.post("/incidents/{ref}/hold", response_model=whole)
    async def hold(
        caller: Annotated[Caller, requires("incidents.hold")], ref: str, body: HoldIn
    ) -> Any:
        """Wait for somebody else."""
        version = caller.expected_version
        return await write_and_show(caller, ports, verbs.hold, ref, body.pending_reason, version)

    @router.post("/incidents/{ref}/resume", response_model=whole)
    async def resume(
        caller: Annotated[Caller, requires("incidents.resume")],
        ref: str,
        _: NothingIn | None = None,
    ) -> Any:
        """Go on after a hold."""
        return await write_and_show(caller, ports, verbs.resume, ref, caller.expected_version)

    @router.post("/incidents/{ref}/resolve", response_model=whole)
    async def resolve(
        caller: Annotated[Caller, requires("incidents.resolve")], ref: str, body: ResolveIn
    ) -> Any:
        """Say that it works again; an open public face ends with it."""
        return await write_and_show(
            caller,
            ports,
            verbs.resolve,
            ref,
            body.resolution_note,
            body.public_message,
            caller.expected_version,
        )

    @router.post("/incidents/{ref}/close", response_model=whole)
    async def close(
        caller: Annotated[Caller, requires("incidents.close")],
        ref: str,
        _: NothingIn | None = None,
    ) -> Any:
        """Say that it is verified."""
        return await write_and_show(caller, ports, verbs.close, ref, caller.expected_version)

    @router.post("/incidents/{ref}/reopen", response_model=whole)
    async def reopen(
        caller: Annotated[Caller, requires("incidents.reopen")],
        ref: str,
        body: ReopenIn | None = None,
    ) -> Any:
        """Say that it came back."""
        message = body.public_message if body else None
        version = caller.expected_version
        return await write_and_show(caller, ports, verbs.reopen, ref, message, version)

    @router.post("/incidents/{ref}/cancel", response_model=whole)
    async def cancel(
        caller: Annotated[Caller, requires("incidents.cancel")], ref: str, body: CancelIn
    ) -> Any:
        """Say that it was none."""
        return await write_and_show(
            caller,
            ports,
            verbs.cancel,
            ref,
            body.reason,
            body.public_message,
            caller.expected_version,
        )

    return router
