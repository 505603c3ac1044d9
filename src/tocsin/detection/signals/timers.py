"""The poll: an agenda item per source, which ends in the unit that schedules the next one."""

from datetime import timedelta
from uuid import UUID

from tocsin.platform.agenda import Done, EdgeJob, Item, Retry
from tocsin.platform.database import Database

from . import queries, verbs
from .verbs import POLL, Signals

_FOR_EVER = Retry(tries=1_000_000, first=timedelta(seconds=5), most=timedelta(minutes=5))


def poll_job(room: Signals) -> EdgeJob:
    """Ask a source and write what it said. Only our own trouble makes the job itself fail, and
    then it is tried again for ever: a poll that stops would be the one failure nobody sees."""

    async def poll(database: Database, item: Item, done: Done) -> None:
        source_id = UUID(item.payload["source"])
        source = await database.read(item.context, queries.source_to_poll, source_id)
        if source is None:
            await done()
            return
        outcome, validators = await room.kinds.poll(source)
        await done(verbs.take_poll, room, source, item.planned_at, outcome, validators)

    return EdgeJob(POLL, poll, _FOR_EVER)
