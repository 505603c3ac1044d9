"""Routes that write updates and comments."""

from typing import Annotated, Any

from fastapi import APIRouter

from tocsin.platform.database import Tx
from tocsin.platform.web import Caller, api_router, requires
from tocsin.response.incidents import queries, verbs, views
from tocsin.response.incidents.bodies import CommentIn, UpdateIn
from tocsin.response.incidents.ports import Ports
from tocsin.response.incidents.schemas import CommentOut, CommentsOut, UpdateOut, UpdatesOut


def saying_routes(ports: Ports) -> APIRouter:
    """The routes over what `compose` filled in."""
    router = api_router(tag="Incidents")

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
            return views.update_out(tx, queries.incident(tx, ref), posted.id)

        return await caller.write(unit, answer=_as_made)

    @router.get("/incidents/{ref}/updates")
    async def list_updates(
        caller: Annotated[Caller, requires("incidents.read")], ref: str
    ) -> UpdatesOut:
        """All updates, internal and public, the oldest first."""
        return await caller.read(lambda tx: views.updates(tx, queries.incident(tx, ref)))

    @router.get("/incidents/{ref}/comments")
    async def list_comments(
        caller: Annotated[Caller, requires("incidents.read")], ref: str
    ) -> CommentsOut:
        """All comments, the oldest first."""
        return await caller.read(lambda tx: views.comments(tx, queries.incident(tx, ref)))

    @router.post("/incidents/{ref}/comments", status_code=201, response_model=CommentOut)
    async def comment(
        caller: Annotated[Caller, requires("incidents.comment")], ref: str, body: CommentIn
    ) -> Any:
        """Write a comment for people inside."""

        def unit(tx: Tx) -> CommentOut:
            written = verbs.comment(tx, ref, body.draft())
            return views.comment_out(tx, queries.incident(tx, ref), written)

        return await caller.write(unit, answer=_as_made)

    return router


def _as_made(made: Any) -> Any:
    return made
