"""Routes that read incidents, and the summary."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from tocsin.kernel.severity import Severity
from tocsin.platform.database import ReadTx
from tocsin.platform.web import (
    Caller,
    Cursor,
    CursorParam,
    api_router,
    open_to_strangers,
    page_out,
    requires,
)
from tocsin.registry import identity
from tocsin.response.incidents import queries, views
from tocsin.response.incidents.model import Phase, Priority, State
from tocsin.response.incidents.ports import Ports
from tocsin.response.incidents.queries import IncidentFilter
from tocsin.response.incidents.schemas import (
    AudienceOut,
    AuditOut,
    IncidentDetailOut,
    IncidentsOut,
    SummaryOut,
    TimelineOut,
)

Reader = Annotated[Caller, requires("incidents.read")]
Several = Query(max_length=20)
Word = Query(max_length=320)


def reading_routes(ports: Ports) -> APIRouter:
    """The routes over what `compose` filled in."""
    router = api_router(tag="Incidents")

    @router.get("/summary")
    async def show_summary(
        caller: Annotated[Caller, open_to_strangers("board.read")],
    ) -> SummaryOut:
        """How everything stands, and what is being worked on."""
        return await caller.read(views.summary, caller.is_stranger)

    @router.get("/incidents")
    async def list_incidents(
        caller: Reader,
        cursor: CursorParam,
        status: Annotated[list[State] | None, Several] = None,
        open: Annotated[bool | None, Query()] = None,  # noqa: A002 - the API's word
        severity: Annotated[list[Severity] | None, Several] = None,
        priority: Annotated[list[Priority] | None, Several] = None,
        service: Annotated[str | None, Word] = None,
        assigned_to: Annotated[str | None, Word] = None,
        q: Annotated[str | None, Word] = None,
        major: Annotated[bool | None, Query()] = None,
    ) -> IncidentsOut:
        """Incidents, newest first."""
        wanted = IncidentFilter(
            status or (), open, severity or (), priority or (), service, assigned_to, q, major
        )
        return await caller.read(_listed, wanted, cursor, caller.actor.id)

    @router.get("/incidents/{ref}")
    async def show_incident(caller: Reader, ref: str) -> IncidentDetailOut:
        """One incident with everything its page shows."""
        shown = await caller.read(_shown, ref, ports)
        caller.tag(shown.version)
        return shown

    @router.get("/incidents/{ref}/timeline")
    async def show_timeline(
        caller: Reader, ref: str, lang: Annotated[str, Query(max_length=35)] = "en"
    ) -> TimelineOut:
        """What happened, the oldest first."""
        return await caller.read(_told, ref, lang)

    @router.get("/incidents/{ref}/audit")
    async def show_audit(caller: Reader, ref: str) -> AuditOut:
        """Who changed which field."""
        return await caller.read(_audited, ref)

    @router.get("/incidents/{ref}/audience")
    async def show_audience(
        caller: Reader,
        ref: str,
        phase: Phase | None = None,
        service: Annotated[list[str] | None, Query(max_length=200)] = None,
        page: Annotated[list[str] | None, Query(max_length=50)] = None,
    ) -> AudienceOut:
        """Who would get a public update."""
        return await caller.read(_reached, ref, ports, service or (), page or ())

    return router


def _listed(tx: ReadTx, wanted: IncidentFilter, cursor: Cursor, me: str) -> IncidentsOut:
    found = queries.incidents(
        tx,
        _with_assignee(tx, wanted, me),
        before=cursor.after(datetime, UUID),
        limit=cursor.fetch,
    )
    shown = {one.id: out for one, out in zip(found, views.briefs(tx, found), strict=True)}
    page = page_out(found, cursor, lambda one: shown[one.id], lambda one: (one.opened_at, one.id))
    return IncidentsOut(items=page.items, next_cursor=page.next_cursor, counts=_counts(tx))


def _with_assignee(tx: ReadTx, wanted: IncidentFilter, me: str) -> IncidentFilter:
    """The filter with an id for the e-mail address, slug, `me` or `nobody` that was asked for."""
    if wanted.assignee is None:
        return wanted
    words = {"me": me, "nobody": queries.NOBODY}
    known = words.get(wanted.assignee)
    found = identity.resolve_assignee(tx, wanted.assignee).id if known is None else known
    return replace(wanted, assignee=found)


def _counts(tx: ReadTx) -> dict[str, int]:
    counted = queries.counts(tx)
    by_status = {state.value: counted.get(state, 0) for state in State}
    return {**by_status, "live": sum(counted.get(state, 0) for state in State if state.is_live)}


def _shown(tx: ReadTx, ref: str, ports: Ports) -> IncidentDetailOut:
    return views.detail(tx, queries.incident(tx, ref), ports)


def _told(tx: ReadTx, ref: str, language: str) -> TimelineOut:
    return views.timeline(tx, queries.incident(tx, ref), language)


def _audited(tx: ReadTx, ref: str) -> AuditOut:
    return views.audit(tx, queries.incident(tx, ref))


def _reached(tx: ReadTx, ref: str, ports: Ports, services: Any, pages: Any) -> AudienceOut:
    return views.audience_of(tx, queries.incident(tx, ref), ports, services, pages)
