"""The burn job: one agenda item per tenant that looks at all burn rates, portion by portion."""

from datetime import datetime, timedelta

import structlog

from tocsin.kernel.facts import SYSTEM
from tocsin.platform.agenda import Item, Retry, VerbJob
from tocsin.platform.database import Lane, Tx

from . import queries, rules, verbs
from .model import ObjectiveSettings

WATCH = "objectives.watch_burn"

log = structlog.get_logger("tocsin.objectives")

_KEY = "burn"
_PORTION = 100
_FOR_EVER = Retry(tries=1_000_000, first=timedelta(seconds=5), most=timedelta(minutes=5))


def watch_job(settings: ObjectiveSettings) -> VerbJob:
    """Judge a portion, then go on with the next, or wait until the next round is due.

    Rounds are counted from when they began, so that a long one does not put off the next. Tried
    again for ever: a watch that stops would be the one failure nobody sees.
    """

    def watch(tx: Tx, item: Item) -> None:
        if not settings.is_alerting:
            if verbs.end_all_breaches(tx, _PORTION):
                _go_on(tx, tx.now, {})
            return
        began = datetime.fromisoformat(item.payload.get("began") or item.planned_at.isoformat())
        last = verbs.watch_portion(tx, settings, item.payload.get("after", ""), _PORTION)
        if last is not None:
            _go_on(tx, tx.now, {"began": began.isoformat(), "after": last})
        else:
            _go_on(tx, max(began + settings.check_interval, tx.now), {})

    return VerbJob(WATCH, watch, _FOR_EVER)


def start_watching(settings: ObjectiveSettings, tx: Tx) -> None:
    """Have burn rates watched from now on; switched off, have what still burns ended."""
    if settings.is_alerting:
        tx.after_commit(lambda: warn_of_scaled(settings))
        _go_on(tx, tx.now, {})
    elif queries.burning_services(tx, "", 1):
        _go_on(tx, tx.now, {})
    else:
        tx.cancel(WATCH, _KEY)


def warn_of_scaled(settings: ObjectiveSettings) -> None:
    """Say which thresholds the installation's target can never reach, and what is taken instead."""
    for pair in rules.pairs_for(settings, settings.target_percent):
        if pair.scaled_from is not None:
            log.warning(
                "objectives.threshold_scaled",
                pair=pair.name,
                target_percent=settings.target_percent,
                threshold=pair.scaled_from,
                taken=round(pair.threshold, 4),
            )


def _go_on(tx: Tx, at: datetime, payload: dict[str, str]) -> None:
    tx.acting(actor=SYSTEM).schedule(WATCH, _KEY, at, payload, lane=Lane.NORMAL)
