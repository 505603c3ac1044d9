"""What pushed metrics hand to the room's wiring: tables, and the purge of what is old."""

from datetime import timedelta

from tocsin.detection.signals.model import SignalSettings
from tocsin.detection.signals.results.packing import hour_of
from tocsin.platform.agenda import Item, VerbJob
from tocsin.platform.database import Lane, Tx
from tocsin.platform.wiring import TableEntry

from . import store

PURGE = "signals.purge_metrics"
_PORTION = 500
_EVERY = timedelta(hours=1)

METRIC_TABLES = (
    TableEntry("metric_names"),
    TableEntry("metric_blocks", retention="RETENTION_DAYS_CHECK_RESULTS"),
)


def metric_purge_at_start(tx: Tx) -> None:
    """See to it that the purge is on the agenda; renewing it is harmless."""
    tx.schedule(PURGE, "all", tx.now + _EVERY, lane=Lane.BULK)


def metric_purge_job(settings: SignalSettings) -> VerbJob:
    """Delete samples that are older than raw results are kept, 500 blocks a unit."""

    def purge(tx: Tx, _: Item) -> None:
        more = False
        if settings.keep_results_days:
            kept = hour_of(tx.now - timedelta(days=settings.keep_results_days))
            more = store.forget_before(tx, kept, _PORTION)
        tx.schedule(PURGE, "all", tx.now if more else tx.now + _EVERY, lane=Lane.BULK)

    return VerbJob(PURGE, purge)
