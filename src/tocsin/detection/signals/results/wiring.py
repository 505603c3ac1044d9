"""What results hand to the room's wiring: jobs, tables, and the purge of what is old."""

from datetime import timedelta

from tocsin.detection.signals.model import SignalSettings
from tocsin.platform.agenda import Item, VerbJob
from tocsin.platform.database import Lane, Tx
from tocsin.platform.wiring import TableEntry

from . import folding, packing, store
from .store import FOLD
from .tables import Period, check_blocks, check_rollups

PURGE = "signals.purge_results"
HOURLY_ROLLUPS_KEPT = timedelta(days=35)
DAILY_ROLLUPS_KEPT = timedelta(days=1_100)
"""Three years, each beside the same month of the year before, and the month that now goes on."""
_PORTION = 500
_EVERY = timedelta(hours=1)

_ROLLED = ((Period.HOUR, HOURLY_ROLLUPS_KEPT), (Period.DAY, DAILY_ROLLUPS_KEPT))

RESULT_JOBS = (VerbJob(FOLD, folding.fold), VerbJob(folding.ROLL_DAY, folding.roll_day))

RESULT_TABLES = (
    TableEntry("check_results_minute", retention="an hour"),
    TableEntry("check_blocks", retention="RETENTION_DAYS_CHECK_RESULTS"),
    TableEntry("check_rollups", retention="hours: 35 days; days: 1,100 days"),
)


def purge_at_start(tx: Tx) -> None:
    """See to it that the purge is on the agenda; renewing it is harmless."""
    tx.schedule(PURGE, "all", tx.now + _EVERY, lane=Lane.BULK)


def purge_job(settings: SignalSettings) -> VerbJob:
    """Delete what is older than its retention, the oldest first, 500 rows a unit."""

    def purge(tx: Tx, _: Item) -> None:
        more = False
        for period, length in _ROLLED:
            rolled = packing.hour_of(tx.now - length)
            more = store.forget_before(tx, check_rollups, rolled, _PORTION, period) or more
        if settings.keep_results_days:
            kept = packing.hour_of(tx.now - timedelta(days=settings.keep_results_days))
            more = store.forget_before(tx, check_blocks, kept, _PORTION) or more
        tx.schedule(PURGE, "all", tx.now if more else tx.now + _EVERY, lane=Lane.BULK)

    return VerbJob(PURGE, purge)
