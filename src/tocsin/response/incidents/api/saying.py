"""Routes that write updates and comments."""

from typing import Annotated, Any

from fastapi import APIRouter

from tocsin.platform.database import Tx
from tocsin.platform.web import Caller, requires
from tocsin.response.incidents import queries, verbs
from tocsin.response.incidents.bodies import CommentIn, UpdateIn
from tocsin.response.incidents.ports import Ports
from tocsin.response.incidents.schemas import CommentOut, UpdateOut
from tocsin.response.incidents.views.updates import update_out


def saying_routes(ports: Ports) -> APIRouter:
    """The routes over what `compose` filled in."""
    router = APIRouter(tags=["Incidents"])

    @router.post("/incidents/{ref}/updates", status_code=201, response_model=UpdateOut)
    async def post_update(
        caller: Annotated[Caller, requires("incidents.update")], ref: str, body: UpdateIn
    ) -> Any:
        """Write a dated message, internal or public."""
        if body.resolves:
            caller.also_requires("incidents.resolve")

        def unit(tx: Tx) -> UpdateOut:
            posted = verbs.post_update(
                tx, ref, body.draft(), ports.pages, body.pages, caller.expected_version
            )
            return update_out(tx, queries.incident(tx, ref), posted.id)

        return await caller.write(unit, answer=_as_made)

    @router.post("/incidents/{ref}/comments", status_code=201, response_model=CommentOut)
    async def comment(
        caller: Annotated[Caller, requires("incidents.comment")], ref: str, body: CommentIn
    ) -> Any:
        """Write a comment for people inside."""

        def unit(tx: Tx) -> CommentOut:
            written = verbs.comment(tx, ref, body.draft())
            return CommentOut(id=written.hex, at=tx.now, **body.model_dump())

        return await caller.write(unit, answer=_as_made)

    return router


def _as_made(made: Any) -> Any:
    return made
