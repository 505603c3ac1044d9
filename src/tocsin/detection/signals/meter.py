"""The figures of looking: each check and each poll as it ends, and how busy the checker is.

Whoever keeps figures hands in what takes them. They hold kinds and outcomes, both of which there
are few of; no service, no address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tocsin.kernel.status import Status

from .model import CheckAnswer, PollFailure, PollOutcome, Unchanged

NOT_RUN = "not_run"
"""Our own fault: nothing out there was looked at."""

_CHECKED = {
    Status.OPERATIONAL: "ok",
    Status.DEGRADED: "degraded",
    Status.PARTIAL_OUTAGE: "down",
    Status.MAJOR_OUTAGE: "down",
    Status.UNKNOWN: "unknown",
}


@dataclass(frozen=True, slots=True)
class Busy:
    """How a checker stands: checks under way, those that are due and wait, seconds that the first
    of them has waited, and how many it watches all told."""

    running: int = 0
    waiting: int = 0
    waited_seconds: float = 0.0
    watched: int = 0


def _nobody_counts(*_: Any) -> None:
    """Take a figure and do nothing with it."""


@dataclass(frozen=True, slots=True)
class Meter:
    """`checked` takes kind, outcome and seconds after its time, `polled` kind and outcome."""

    checked: Callable[[str, str, float], None] = _nobody_counts
    polled: Callable[[str, str], None] = _nobody_counts
    busy: Callable[[Busy], None] = _nobody_counts


def outcome_of_check(answer: CheckAnswer | PollFailure) -> str:
    """A check's outcome in one word: ok, degraded, down, unknown or not_run."""
    return NOT_RUN if isinstance(answer, PollFailure) else _CHECKED[answer.status]


def outcome_of_poll(outcome: PollOutcome) -> str:
    """A poll's outcome in one word: read, unchanged, or why it brought no reading."""
    match outcome:
        case PollFailure(kind=kind):
            return kind.value
        case Unchanged():
            return "unchanged"
        case _:
            return "read"
