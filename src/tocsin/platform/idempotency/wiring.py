"""Idempotency's part in the house: expired keys go away every hour."""

from datetime import timedelta

from tocsin.platform.agenda import Item, VerbJob
from tocsin.platform.database import Lane, Tx
from tocsin.platform.wiring import TableEntry, Wiring

from .store import PURGED_AT_ONCE, purge_expired

PURGE = "idempotency.purge"
EVERY = timedelta(hours=1)


def schedule_purge(tx: Tx) -> None:
    """See to it that the purge is on the agenda; renewing it is harmless."""
    tx.schedule(PURGE, "all", tx.now + EVERY, lane=Lane.BULK)


def _purge(tx: Tx, _: Item) -> None:
    more = purge_expired(tx) == PURGED_AT_ONCE
    tx.schedule(PURGE, "all", tx.now if more else tx.now + EVERY, lane=Lane.BULK)


WIRING = Wiring(
    room="idempotency",
    handlers=(VerbJob(PURGE, _purge),),
    at_start=(schedule_purge,),
    tables=(
        TableEntry("idempotency_keys", "what an answer held", "24 hours", "no", "with the tenant"),
    ),
)
