"""The route to the journal."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query

from tocsin.platform.history.schemas import EntryOut
from tocsin.platform.journal import recent_entries
from tocsin.platform.web import Caller, CursorParam, Page, api_router, page_out, requires

router = api_router("/journal", tag="Journal")

Subject = Annotated[str | None, Query(max_length=120)]
Kinds = Annotated[list[Annotated[str, Query(max_length=80)]], Query(max_length=50)]


@router.get("")
async def list_entries(
    caller: Annotated[Caller, requires("journal.read")],
    cursor: CursorParam,
    kind: Kinds = [],  # noqa: B006 - FastAPI copies it
    thread: Subject = None,
    subject: Subject = None,
) -> Page[EntryOut]:
    """What was recorded, the newest first; `kind` may be given several times."""
    found = await caller.read(
        recent_entries,
        kinds=kind,
        thread=thread,
        subject=subject,
        before=cursor.after(datetime, UUID),
        limit=cursor.fetch,
    )
    return page_out(found, cursor, EntryOut.of, lambda entry: (entry.recorded_at, entry.id))
