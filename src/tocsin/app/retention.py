"""Retention as the house runs it: every room's purges, under the settings that govern them."""

from collections.abc import Sequence
from datetime import timedelta

from tocsin.platform.agenda import VerbJob, see_to
from tocsin.platform.database import Lane, Tx
from tocsin.platform.retention import Purge, sweeping
from tocsin.platform.settings import Settings
from tocsin.platform.wiring import Wiring

SOON = timedelta(minutes=10)
"""When the first pass begins after a start: an interval is a week, and restarts must not eat it."""


def wire_retention(settings: Settings, wirings: Sequence[Wiring]) -> Wiring:
    """All purges of these rooms, each objected to by whoever still needs a row."""
    values = {
        name: value
        for name, value in settings
        if name.startswith("RETENTION_DAYS_") and isinstance(value, int)
    }
    every = timedelta(hours=settings.RETENTION_INTERVAL_HOURS)
    keepers = [keeper for wiring in wirings for keeper in wiring.keeps]
    purges = [(purge, purge.days(values)) for wiring in wirings for purge in wiring.purges]

    def begin(tx: Tx) -> None:
        for purge, days in purges:
            _see_to(tx, purge, days, every)

    return Wiring(
        room="retention",
        handlers=tuple(
            VerbJob(purge.kind, sweeping(purge, days, every, keepers)) for purge, days in purges
        ),
        at_start=(begin,),
    )


def _see_to(tx: Tx, purge: Purge, days: int, every: timedelta) -> None:
    if days == 0:
        tx.cancel(purge.kind, "all")
    else:
        see_to(tx, purge.kind, "all", tx.now + SOON, latest=tx.now + every, lane=Lane.BULK)
