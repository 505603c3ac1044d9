"""Taking pings, and noticing those that do not come. Every wait is an agenda row.

A ping goes the way of a check's answer: judged, written and told at once, confirmed by nobody else.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tocsin.detection.signals.model import Reading, Source
from tocsin.detection.signals.queries import source_to_poll
from tocsin.detection.signals.verbs import Signals, take_answer
from tocsin.kernel.errors import NotFound
from tocsin.kernel.status import Status
from tocsin.platform.agenda import Item, VerbJob
from tocsin.platform.database import Tx

from . import store
from .model import Heartbeat, Ping, PingKind
from .waiting import DUE, HEARTBEAT, OVERRUN, fields_of, plan, wait

DONE = Reading(Status.OPERATIONAL, "The job reported success.")


def take_ping(tx: Tx, room: Signals, source_id: UUID, ping: Ping) -> None:
    """Take one ping; raises NotFound where nobody waits for it any more."""
    source = source_to_poll(tx, source_id)
    beat = store.heartbeat(tx, source_id)
    if source is None or beat is None or source.kind != HEARTBEAT:
        raise NotFound("Nobody waits for this ping.")
    if ping.kind is PingKind.START:
        _start(tx, source)
        return
    tx.cancel(OVERRUN, source.id.hex)
    took = None if beat.started_at is None else tx.now - beat.started_at
    values: dict[str, Any] = {
        "pinged_at": tx.now,
        "started_at": None,
        "last_kind": ping.kind.value,
        "exit_code": ping.exit_code,
        "text": ping.text,
    }
    store.write(tx, source_id, values)
    plan(tx, source, tx.now)
    take_answer(tx, room, source, _reading(ping, took))


def _start(tx: Tx, source: Source) -> None:
    store.write(tx, source.id, {"started_at": tx.now})
    most = fields_of(source).max_duration_seconds
    if most is not None:
        wait(tx, OVERRUN, source, tx.now + timedelta(seconds=most))


def _reading(ping: Ping, took: timedelta | None) -> Reading:
    milliseconds = None if took is None else took // timedelta(milliseconds=1)
    if not ping.failed:
        return Reading(DONE.status, DONE.detail, response_ms=milliseconds)
    code = ping.exit_code
    said = (
        "The job reported a failure." if code is None else f"The job ended with exit code {code}."
    )
    return Reading(Status.MAJOR_OUTAGE, said, response_ms=milliseconds, fault="failed")


def heartbeat_jobs(room: Signals) -> tuple[VerbJob, ...]:
    """What happens when a ping is overdue, or a run takes too long."""

    def miss(tx: Tx, item: Item) -> None:
        known = _still_waiting(tx, item)
        if known is None:
            return
        source, beat = known
        grace = timedelta(seconds=fields_of(source).grace_seconds)
        if beat.due_at is not None and beat.due_at + grace <= tx.now:
            said = f"No ping by {_written(beat.due_at + grace)}, due at {_written(beat.due_at)}."
            missed = Reading(Status.MAJOR_OUTAGE, said, fault="missed")
            take_answer(tx, room, source, missed)

    def overrun(tx: Tx, item: Item) -> None:
        known = _still_waiting(tx, item)
        if known is None:
            return
        source, beat = known
        most = fields_of(source).max_duration_seconds
        if beat.started_at is None or most is None:
            return
        if beat.started_at + timedelta(seconds=most) <= tx.now:
            said = f"Started at {_written(beat.started_at)}, not finished within {most} s."
            take_answer(tx, room, source, Reading(Status.MAJOR_OUTAGE, said, fault="overrun"))

    return VerbJob(DUE, miss), VerbJob(OVERRUN, overrun)


def _still_waiting(tx: Tx, item: Item) -> tuple[Source, Heartbeat] | None:
    source = source_to_poll(tx, UUID(item.payload["source"]))
    if source is None or source.kind != HEARTBEAT or source.version != item.payload["version"]:
        return None
    beat = store.heartbeat(tx, source.id)
    return None if beat is None else (source, beat)


def _written(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
