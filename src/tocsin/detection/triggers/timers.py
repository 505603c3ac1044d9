"""The round: one agenda item per tenant, which ends in the unit that schedules the next one."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tocsin.platform.agenda import Done, EdgeJob, Item, Retry
from tocsin.platform.database import Database, ReadTx

from .ports import Samples
from .rounds import Portion, look
from .verbs import EVALUATE, take_round

_FOR_EVER = Retry(tries=1_000_000, first=timedelta(seconds=5), most=timedelta(minutes=1))


def evaluate_job(samples: Samples) -> EdgeJob:
    """Evaluate a portion on a reader, then write what changed. It is tried again for ever: a
    round that stops would be triggers that silently watch nothing."""

    async def evaluate(database: Database, item: Item, done: Done) -> None:
        portion, until = await database.read(item.context, _looked, samples, item.payload)
        await done(take_round, portion, until)

    return EdgeJob(EVALUATE, evaluate, _FOR_EVER)


def _looked(tx: ReadTx, samples: Samples, payload: Any) -> tuple[Portion, datetime]:
    """A round ends where it began, however many portions it takes."""
    until = datetime.fromisoformat(payload["until"]) if "until" in payload else tx.now
    after = payload.get("after")
    return look(tx, samples, until, (UUID(after[0]), after[1]) if after else None), until
