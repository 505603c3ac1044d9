"""Waiting for pings: what is on the agenda for a heartbeat."""

from datetime import datetime, timedelta

from tocsin.detection.signals.model import Source
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Lane, Tx

from . import store
from .fields import HeartbeatFields
from .keys import PingKeys, hash_of
from .rules import next_due

HEARTBEAT = "heartbeat"
DUE = "signals.heartbeat_due"
OVERRUN = "signals.heartbeat_overrun"


def begin(tx: Tx, pings: PingKeys, source: Source) -> None:
    """Wait for a heartbeat's pings; one that pinged before is due by its schedule of now."""
    store.add(tx, source.id, hash_of(pings.key_of(source.id)))
    beat = store.heartbeat(tx, source.id)
    end(tx, source)
    if beat is not None and beat.pinged_at is not None:
        plan(tx, source, beat.pinged_at)


def end(tx: Tx, source: Source) -> None:
    """Wait no longer."""
    tx.cancel(DUE, source.id.hex)
    tx.cancel(OVERRUN, source.id.hex)


def plan(tx: Tx, source: Source, last: datetime) -> None:
    """Wait for the ping after the one at `last`."""
    fields = fields_of(source)
    due = next_due(fields.schedule, last, fields.zone)
    store.write(tx, source.id, {"due_at": due})
    wait(tx, DUE, source, due + timedelta(seconds=fields.grace_seconds))


def wait(tx: Tx, kind: str, source: Source, at: datetime) -> None:
    """Look at a heartbeat then."""
    payload = {"source": source.id.hex, "version": source.version}
    tx.acting(actor=SYSTEM).schedule(kind, source.id.hex, at, payload, lane=Lane.URGENT)


def fields_of(source: Source) -> HeartbeatFields:
    """The configuration of a heartbeat."""
    return HeartbeatFields.model_validate(source.config)
