"""Pure rules of signals: what a poll leads to, what a service's sources say together, when next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tocsin.kernel.status import Status

from .model import (
    ManualStatus,
    PollerHealth,
    PollFailure,
    PollOutcome,
    Reading,
    Source,
    SourceState,
    Unchanged,
)

RETRY_AFTER = timedelta(seconds=10)
LONGEST_PATIENCE = timedelta(minutes=15)
MOST_VANISHED = 500

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a poll leads to: the state from now on, and what is new.

    `counts`: there was a reading and it is believed. `retry`: ask again soon, before the bad
    answer of an own check is believed. `moved`: it redirects to an address that is news.
    `vanished`: watched components that are missing since now.
    """

    state: SourceState
    reason: str
    counts: bool = False
    retry: bool = False
    broke: bool = False
    recovered: bool = False
    moved: bool = False
    vanished: tuple[str, ...] = ()


def after_poll(
    source: Source,
    outcome: PollOutcome,
    failure_threshold: int,
    now: datetime,
    interval_seconds: int = 60,
) -> Judged:
    """What a poll's outcome makes of a source.

    A source that fails and wants to be left alone is left alone, but not believed for longer: every
    interval that passed since its last failure counts as another one.
    """
    match outcome:
        case PollFailure():
            every = timedelta(seconds=source.interval_seconds or interval_seconds)
            failed = _failures(source.state, every, now)
            return _after_failure(source.state, outcome, failed, failure_threshold, now)
        case Unchanged():
            return _after_unchanged(source.state, outcome, now)
        case Reading():
            return _after_reading(source, outcome, now)


def _failures(state: SourceState, every: timedelta, now: datetime) -> int:
    if not state.failures or state.last_polled_at is None:
        return state.failures + 1
    return state.failures + max(1, (now - state.last_polled_at) // every)


def _after_failure(
    state: SourceState, failure: PollFailure, failures: int, threshold: int, now: datetime
) -> Judged:
    failed = replace(
        state,
        failures=failures,
        last_polled_at=now,
        last_error=failure.sentence,
        moved_to=failure.redirected_to or state.moved_to,
    )
    moved = failure.redirected_to is not None and failure.redirected_to != state.moved_to
    if failures < threshold and state.last_good_at is not None:
        failing = replace(failed, health=PollerHealth.FAILING)
        return Judged(failing, f"{failures} of {threshold} failures in a row", moved=moved)
    broken = replace(
        failed,
        health=PollerHealth.BROKEN,
        status=Status.UNKNOWN,
        maintenance=False,
        detail=failure.sentence,
        signature=None,
        misses=0,
    )
    never = state.last_good_at is None
    reason = "there never was a reading" if never else f"{failures} failures in a row"
    return Judged(broken, reason, broke=state.health is not PollerHealth.BROKEN, moved=moved)


def _after_unchanged(state: SourceState, unchanged: Unchanged, now: datetime) -> Judged:
    return _good(state, replace(state, response_ms=unchanged.response_ms), now, "unchanged")


def _after_reading(source: Source, reading: Reading, now: datetime) -> Judged:
    state = source.state
    answered = replace(
        state, response_ms=reading.response_ms, misses=_misses(source, reading.status)
    )
    if _is_doubted(source, reading.status):
        waiting = replace(
            answered, last_polled_at=now, failures=0, last_error=reading.detail or None
        )
        reason = f"bad answer {answered.misses}, believed after {source.retries} retries"
        return Judged(waiting, reason, retry=True)
    gone = sorted({drift.wanted for drift in reading.missing if drift.vanished})
    vanished = tuple(gone[:MOST_VANISHED])
    read = replace(
        answered,
        status=reading.status,
        maintenance=reading.maintenance,
        detail=reading.detail,
        signature=reading.signature,
        known_names=_known_names(source, reading),
        vanished=vanished,
        unnamed=_unnamed(state, reading),
    )
    new = tuple(sorted(set(vanished) - set(state.vanished)))
    return replace(_good(state, read, now, "read"), vanished=new)


def _good(before: SourceState, state: SourceState, now: datetime, reason: str) -> Judged:
    good = replace(
        state,
        health=PollerHealth.OK,
        failures=0,
        last_error=None,
        moved_to=None,
        last_polled_at=now,
        last_good_status=state.status,
        last_good_at=now,
    )
    recovered = before.health is PollerHealth.BROKEN
    return Judged(good, reason, counts=True, recovered=recovered)


def _misses(source: Source, status: Status) -> int:
    """Counted until the bad answer is believed, so that a steady outage changes nothing."""
    return min(source.state.misses, source.retries) + 1 if status.is_trouble else 0


def _is_doubted(source: Source, status: Status) -> bool:
    """A bad answer of an own check is asked about again, unless the trouble is known already."""
    if not status.is_trouble or source.state.status.is_trouble:
        return False
    return source.state.misses < source.retries


def _known_names(source: Source, reading: Reading) -> dict[str, str]:
    """What the watched components are called, kept for those that went missing."""
    missing = {drift.wanted for drift in reading.missing}
    wanted = set(source.components)
    names = {wish: name for wish, name in source.state.known_names.items() if wish in wanted}
    seen = (part for part in reading.components if part.id in wanted - missing)
    unreadable = (drift for drift in reading.missing if drift.says is not None)
    said = {drift.wanted: drift.name for drift in list(unreadable)[:MOST_VANISHED]}
    return names | {part.id: part.label for part in seen} | said


def _unnamed(state: SourceState, reading: Reading) -> tuple[str, ...]:
    """What was not named in any answer since the source was configured as it is."""
    anew = reading.remembers or state.last_good_at is None
    so_far = None if anew else set(state.unnamed)
    return tuple(one for one in reading.unnamed if so_far is None or one in so_far)


@dataclass(frozen=True, slots=True)
class Together:
    """What a service's sources say together: the worst of them.

    `settled`: own checks say so, which need no confirming. `source` is the one that decided.
    """

    status: Status
    maintenance: bool
    detail: str | None
    health: PollerHealth
    settled: bool = False
    source: Source | None = None


NOBODY_TO_ASK = Together(Status.UNKNOWN, False, None, PollerHealth.MANUAL)


def together(sources: Sequence[Source]) -> Together | None:
    """The sources of a service as one; None as long as none of the polled ones was asked.

    A broken source makes a healthy rest unknown, but hides no trouble that another one shows.
    """
    asked = [source for source in sources if source.polled and source.stopped_at is None]
    if not asked:
        return NOBODY_TO_ASK
    seen = [source for source in asked if source.state.last_polled_at is not None]
    if not seen:
        return None
    worst = max(seen, key=lambda source: source.state.status.rank)
    status = worst.state.status
    return Together(
        status,
        any(source.state.maintenance for source in seen),
        worst.state.detail,
        _health(seen, status),
        _is_settled(seen, status),
        worst,
    )


def feed_status(sources: Sequence[Source]) -> Status | None:
    """What the feed reports; None where there is none, or no answer from it."""
    said = together(sources)
    if said is None or said.health in (PollerHealth.MANUAL, PollerHealth.BROKEN):
        return None
    return said.status


def still_holds(held: ManualStatus, feed: Status | None) -> bool:
    """Whether a status set by hand holds: until the feed reports something else than it did then.

    A feed that does not answer (None) reports nothing.
    """
    return feed is None or held.feed_status is feed


def next_poll(
    source: Source, judged: Judged, interval_seconds: int, planned: datetime, now: datetime
) -> datetime:
    """When to ask again: at the source's own place in the interval, so that not all ask at once.

    `planned` is when this poll was due, however late it was. Two polls are planned at least half
    an interval apart; doubted answers are asked about again soon.
    """
    interval = timedelta(seconds=source.interval_seconds or interval_seconds)
    if judged.retry:
        return now + min(interval, RETRY_AFTER)
    place = interval * (_fraction(source.id) / 2**32)
    passed = (now - _EPOCH - place) % interval
    due = now - passed + interval
    return due if due - planned >= interval / 2 else due + interval


def patience(outcome: PollOutcome) -> timedelta:
    """How long a source wants to be left alone, within reason."""
    wished = outcome.retry_after_seconds if isinstance(outcome, PollFailure) else None
    return min(timedelta(seconds=wished or 0), LONGEST_PATIENCE)


def _fraction(identifier: UUID) -> int:
    """32 random bits of the id; the first bytes of a UUID version 7 are its time."""
    return int.from_bytes(identifier.bytes[-4:])


def _health(seen: Sequence[Source], status: Status) -> PollerHealth:
    found = {source.state.health for source in seen}
    if PollerHealth.BROKEN in found:
        unseen = status is Status.UNKNOWN
        return PollerHealth.BROKEN if unseen else PollerHealth.FAILING
    return PollerHealth.FAILING if PollerHealth.FAILING in found else PollerHealth.OK


def _is_settled(seen: Sequence[Source], status: Status) -> bool:
    if not status.is_trouble:
        return all(source.settles for source in seen)
    return any(source.settles and source.state.status is status for source in seen)
