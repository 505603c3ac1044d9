"""The draft as agenda work: read, write the file, record that it is there.

A directory that cannot be written makes the item fail, and after its tries stay as dead work that
the auditor tells of.
"""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import structlog

from tocsin.kernel.facts import Entry, id_of
from tocsin.learning.reviews import events, queries, rules
from tocsin.learning.reviews.files import write_once
from tocsin.learning.reviews.model import DraftSettings
from tocsin.platform.agenda import Done, EdgeJob, Item
from tocsin.platform.database import Database, Lane, Task, Tx
from tocsin.platform.journal import Schedule

log = structlog.get_logger("tocsin.reviews")

DRAFT = "reviews.draft"
PAUSE = timedelta(minutes=1)
"""How long after a recovery, so that what follows from it is in the draft."""


def plan_draft(settings: DraftSettings, cause: Entry) -> Iterable[Schedule]:
    """A recovery asks for a draft; drills and what is entered silently about the past do not."""
    if not settings.enabled or cause.drill or cause.silent:
        return ()
    alert = id_of(cause.subject)
    at = cause.recorded_at + PAUSE
    return (Schedule(Task(DRAFT, alert, at, {"alert": alert}, Lane.BULK)),)


def draft_job(settings: DraftSettings) -> EdgeJob:
    """Write the draft of an alert; one that is open again gets its draft at its next end."""

    async def run(database: Database, item: Item, done: Done) -> None:
        alert_id = UUID(item.payload["alert"])
        draft = await database.read(item.context, queries.draft_of, alert_id)
        if draft is None:
            await done()
            return
        name = rules.file_name(draft)
        text = rules.render(draft)
        if not await asyncio.to_thread(write_once, settings.folder, name, text):
            log.info("reviews.draft_kept", file=name)
            await done()
            return
        await done(_note, alert_id, draft.service_id, name)

    return EdgeJob(DRAFT, run)


def _note(tx: Tx, alert_id: UUID, service_id: str, name: str) -> None:
    tx.record(events.drafted(alert_id, service_id, name))
