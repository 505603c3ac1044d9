"""Trying a condition on the past, without saving anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tocsin.kernel.errors import invalid_field
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog

from .looking import Sight, longest, seen
from .ports import Samples
from .rules import Preview, Rule, preview
from .verbs import require_condition

USUAL_DAYS = 7
MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Trial:
    """A condition to try on a service; `start` and `end` None: the last seven days."""

    service_id: str
    condition: str
    duration_minutes: int
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What it would have done within the window."""

    window: Interval
    preview: Preview


def try_on_the_past(tx: ReadTx, samples: Samples, trial: Trial) -> Tried:
    """Evaluate a condition over the past, as the rounds would have. Raises Invalid."""
    if not catalog.services_by_id(tx, [trial.service_id]):
        raise invalid_field("service_id", f"there is no service “{trial.service_id}”")
    condition = require_condition(tx, samples, trial.condition, trial.service_id)
    ids = [trial.service_id]
    rule = Rule(condition, trial.duration_minutes * 60.0)
    sight = Sight(rule, samples.monitors(tx, ids))
    window = _window(trial, tx.now, longest(tx, samples, sight, trial.service_id))
    [(_, streams)] = seen(tx, samples, sight, ids, window)
    return Tried(window, preview(rule, streams, window.start, window.end))


def _window(trial: Trial, now: datetime, longest: timedelta) -> Interval:
    """What was asked for; without a start, seven days, or as much as can be looked at at once."""
    end = min(trial.end or now, now)
    start = trial.start or end - min(timedelta(days=USUAL_DAYS), longest)
    if start >= end:
        raise invalid_field("from", "expected a time before the end, and in the past")
    most = min(timedelta(days=MOST_DAYS), longest)
    if end - start > most:
        days = f"{most / timedelta(days=1):.1f}".removesuffix(".0")
        raise invalid_field(
            "from", f"expected at most {days} days before the end, as often as this is measured"
        )
    return Interval(start, end)
