"""Routes of maintenance; strangers read windows of public services while the board is public."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from tocsin.platform.web import (
    Caller,
    CursorParam,
    Page,
    api_router,
    open_to_strangers,
    page_out,
    requires,
)

from . import verbs, views
from .model import Filter
from .schemas import WindowIn, WindowOut, WindowPatch, WindowUpdateIn, WindowUpdateOut

router = api_router(tag="Maintenance")

Anybody = Annotated[Caller, open_to_strangers("maintenance.read")]
Reader = Annotated[Caller, requires("maintenance.read")]
Writer = Annotated[Caller, requires("maintenance.write")]


@router.get("/maintenance")
async def list_maintenance(
    caller: Anybody,
    cursor: CursorParam,
    shown: Annotated[Filter, Query(alias="filter")] = Filter.UPCOMING,
) -> Page[WindowOut]:
    """Own and vendors' windows; upcoming and active ones the soonest first, others the latest."""
    found, public = await caller.read(
        views.listed, shown, cursor.after(datetime, UUID), cursor.fetch, caller.is_stranger
    )
    return page_out(
        found,
        cursor,
        lambda one: WindowOut.of(one, public),
        lambda one: (one.starts_at, one.id),
    )


@router.post("/maintenance", status_code=201, response_model=WindowOut)
async def schedule_maintenance(caller: Writer, body: WindowIn) -> Any:
    """Schedule a window; a start in the past starts now."""
    return await caller.write(verbs.schedule_window, body.draft(), answer=WindowOut.of)


@router.get("/maintenance/{window_id}")
async def show_maintenance(caller: Anybody, window_id: UUID) -> WindowOut:
    """One window."""
    shown = await caller.read(views.one, window_id, caller.is_stranger)
    caller.tag(shown.version)
    return shown


@router.patch("/maintenance/{window_id}", response_model=WindowOut)
@router.put("/maintenance/{window_id}", response_model=WindowOut, name="put_maintenance")
async def edit_maintenance(caller: Writer, window_id: UUID, body: WindowPatch) -> Any:
    """Change the fields given, as long as the window is not over."""
    return await caller.write(
        views.edited,
        window_id,
        body.change(),
        body.read_only(),
        caller.expected_version,
        answer=WindowOut.of,
    )


@router.delete("/maintenance/{window_id}", status_code=204)
async def archive_maintenance(caller: Writer, window_id: UUID) -> Response:
    """Hide a window; one that was to come takes the rest of its series with it."""
    await caller.write(verbs.archive_window, window_id, caller.expected_version)
    return Response(status_code=204)


@router.post("/maintenance/{window_id}/complete", response_model=WindowOut)
async def complete_maintenance(caller: Writer, window_id: UUID) -> Any:
    """The work is done before its time."""
    return await caller.write(
        verbs.complete_window, window_id, caller.expected_version, answer=WindowOut.of
    )


@router.post("/maintenance/{window_id}/cancel", response_model=WindowOut)
async def cancel_maintenance(caller: Writer, window_id: UUID) -> Any:
    """Call a window off, or break it off; the next of its series comes nevertheless."""
    return await caller.write(
        verbs.cancel_window, window_id, caller.expected_version, answer=WindowOut.of
    )


@router.get("/maintenance/{window_id}/updates")
async def list_maintenance_updates(
    caller: Reader, window_id: UUID, cursor: CursorParam
) -> Page[WindowUpdateOut]:
    """What people wrote about a window, the oldest first."""
    found, names = await caller.read(
        views.updates, window_id, cursor.after(datetime, UUID), cursor.fetch
    )
    return page_out(
        found,
        cursor,
        lambda one: views.update_out(one, names),
        lambda one: (one.at, one.id),
    )


@router.post("/maintenance/{window_id}/updates", status_code=201, response_model=WindowUpdateOut)
async def write_maintenance_update(caller: Writer, window_id: UUID, body: WindowUpdateIn) -> Any:
    """Write about a window, for people inside."""
    return await caller.write(
        views.update_written, window_id, body.message, answer=lambda made: made
    )
