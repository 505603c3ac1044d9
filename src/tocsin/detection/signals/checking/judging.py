"""Pure judging in memory: what an answer is as an outcome, as a result, and whether it is news."""

from datetime import datetime, timedelta
from operator import attrgetter

from tocsin.detection.signals import rules
from tocsin.detection.signals.model import (
    CheckAnswer,
    CheckResult,
    PollFailure,
    PollFailureKind,
    Reading,
    Source,
    SourceState,
)
from tocsin.detection.signals.rules import Judged
from tocsin.kernel.status import Status

from .model import milliseconds

CATCH_UP_ABOVE = timedelta(minutes=5)
"""Checks with a longer interval that were missed while nothing ran are made at once."""

STEADY = Judged(SourceState(), "steady", counts=True)

_WORDS = attrgetter(
    "status",
    "maintenance",
    "detail",
    "health",
    "failures",
    "misses",
    "last_error",
    "moved_to",
    "known_names",
    "vanished",
    "unnamed",
)


def outcome_of(answer: CheckAnswer) -> Reading:
    """A check's answer as a source's reading."""
    return Reading(
        answer.status,
        answer.detail,
        response_ms=milliseconds(answer),
        status_code=answer.status_code,
        fault=answer.fault,
        phases=answer.phases,
        figures=answer.figures,
    )


def refusal_of(error: Exception) -> PollFailure:
    """Our own fault: nothing out there was looked at."""
    kind = getattr(error, "kind", PollFailureKind.INVALID_URL)
    if isinstance(error, ValueError) and isinstance(kind, PollFailureKind):
        return PollFailure(kind, str(error))
    return PollFailure(
        PollFailureKind.SCHEMA, f"Running the check failed ({type(error).__name__})."
    )


def result_of(answer: CheckAnswer, at: datetime) -> CheckResult:
    """The answer as it is kept."""
    ok = answer.status is Status.OPERATIONAL
    return CheckResult(at, ok, milliseconds(answer), answer.status_code, answer.fault)


def is_news(before: SourceState, judged: Judged) -> bool:
    """Whether a judgement is more than a new response time."""
    return _WORDS(before) != _WORDS(judged.state) or before.last_polled_at is None


def first_due(source: Source, interval_seconds: int, now: datetime) -> datetime:
    """When a source is checked first by a checker that has just begun.

    A source that was never checked, or whose bad answer is still doubted, is not kept waiting.
    """
    state = source.state
    if state.last_polled_at is None or (state.misses and not state.status.is_trouble):
        return now
    last = state.last_polled_at
    due = rules.next_poll(source, STEADY, interval_seconds, last, last)
    if due >= now:
        return due
    interval = timedelta(seconds=source.interval_seconds or interval_seconds)
    if interval > CATCH_UP_ABOVE:
        return now
    return rules.next_poll(source, STEADY, interval_seconds, now - interval, now)
