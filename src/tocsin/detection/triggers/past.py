"""Trying a condition on the past, without saving anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tocsin.kernel.errors import invalid_field
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog

from .ports import Samples
from .rounds import seen
from .rules import MONITOR_METRICS, Preview, Rule, preview
from .verbs import require_condition

USUAL_DAYS = 7
MOST_DAYS = 31
MOST_VALUES = 400_000
PUSHED_EVERY_SECONDS = 10
"""How often a pushed metric is reckoned with; more often only makes the answer slower."""


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
    window = _window(trial, tx.now)
    if not catalog.services_by_id(tx, [trial.service_id]):
        raise invalid_field("service_id", f"there is no service “{trial.service_id}”")
    condition = require_condition(tx, samples, trial.condition, trial.service_id)
    monitors = samples.monitors(tx, [trial.service_id])
    pushed = [name for name in condition.names if name not in MONITOR_METRICS]
    rates = [1 / one.interval_seconds for one in monitors.get(trial.service_id, ())]
    _require_bounded(window, sum(rates) + len(pushed) / PUSHED_EVERY_SECONDS)
    rule = Rule(condition, trial.duration_minutes * 60.0)
    ids = [trial.service_id]
    streams = seen(tx, samples, condition, rule, monitors, ids, window)[trial.service_id]
    return Tried(window, preview(rule, streams, window.start, window.end))


def _window(trial: Trial, now: datetime) -> Interval:
    end = min(trial.end or now, now)
    start = trial.start or end - timedelta(days=USUAL_DAYS)
    if start >= end:
        raise invalid_field("from", "expected a time before the end, and in the past")
    if end - start > timedelta(days=MOST_DAYS):
        raise invalid_field("from", f"expected at most {MOST_DAYS} days before the end")
    return Interval(start, end)


def _require_bounded(window: Interval, per_second: float) -> None:
    if window.duration.total_seconds() * per_second > MOST_VALUES:
        days = MOST_VALUES / per_second / 86_400
        raise invalid_field(
            "from", f"expected at most {days:.1f} days before the end, as often as this is measured"
        )
