"""The poll: an agenda item per source, which ends in the unit that schedules the next one.

When a worker boots, sources without such an item get one: a database may have been restored.
"""

from datetime import timedelta
from uuid import UUID

from tocsin.platform.agenda import Done, EdgeJob, Item, Retry, VerbJob
from tocsin.platform.database import Database, Lane, Tx

from . import queries, verbs
from .meter import outcome_of_poll
from .verbs import POLL, Signals

RESUME = "signals.resume_polling"

_PORTION = 100
_FOR_EVER = Retry(tries=1_000_000, first=timedelta(seconds=5), most=timedelta(minutes=5))


def poll_job(room: Signals, kind: str = POLL) -> EdgeJob:
    """Ask a source and write what it said. Only our own trouble makes the job itself fail, and
    then it is tried again for ever: a poll that stops would be the one failure nobody sees."""

    async def poll(database: Database, item: Item, done: Done) -> None:
        source_id = UUID(item.payload["source"])
        source = await database.read(item.context, queries.source_to_poll, source_id)
        if source is None or room.kinds.checks(source.kind):
            await done()
            return
        outcome, validators = await room.kinds.poll(source)
        room.meter.polled(source.kind, outcome_of_poll(outcome))
        await done(verbs.take_poll, room, source, item.planned_at, outcome, validators)

    return EdgeJob(kind, poll, _FOR_EVER)


def resume_at_start(tx: Tx) -> None:
    """Have sources that nobody polls polled again."""
    tx.schedule(RESUME, "sources", lane=Lane.BULK)


def _resume(tx: Tx, item: Item) -> None:
    idle = queries.idle_sources(tx, POLL, _PORTION)
    for source in idle:
        verbs.schedule_poll(tx, source)
    if len(idle) == _PORTION:
        tx.schedule(RESUME, "sources", lane=Lane.BULK)


RESUME_JOB = VerbJob(RESUME, _resume)
