"""Runs of polls: how long a service has been at a status or worse, at a status or better.

A status S is confirmed when each of the last `confirm_polls` successful polls was S or worse and
the first of that run is at least `min_duration` old; the worst such S wins. Being better takes
`recovery_polls` polls and no duration; the best such S wins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tocsin.detection.conditions.model import (
    ConfirmSettings,
    Evidence,
    Mark,
    PollSample,
    Run,
    Watch,
)
from tocsin.kernel.status import WORST_FIRST, Status

BEST_FIRST = tuple(reversed(WORST_FIRST))


def counted(watch: Watch, sample: PollSample) -> Watch:
    """The watch after one more poll: the runs it belongs to grow, all others end."""
    or_worse = BEST_FIRST[1 : BEST_FIRST.index(sample.status) + 1]
    or_better = WORST_FIRST[1 : WORST_FIRST.index(sample.status) + 1]
    return replace(
        watch,
        blind=False,
        maintenance=sample.maintenance,
        judged_at=sample.at,
        worse=_grown(watch.worse, sample.at, or_worse),
        better=_grown(watch.better, sample.at, or_better),
    )


def confirmed_worse(watch: Watch, settings: ConfirmSettings, now: datetime) -> Status | None:
    """The worst status above the confirmed one for which polls speak often and long enough."""
    for status in WORST_FIRST[: WORST_FIRST.index(watch.confirmed)]:
        run = watch.worse.get(status)
        if run is None or run.polls < settings.confirm_polls:
            continue
        if now - run.since >= settings.min_duration:
            return status
    return None


def confirmed_better(watch: Watch, settings: ConfirmSettings) -> Status | None:
    """The best status below the confirmed one for which polls speak often enough."""
    for status in BEST_FIRST[: BEST_FIRST.index(watch.confirmed)]:
        run = watch.better.get(status)
        if run is not None and run.polls >= _polls_to_better(watch, settings):
            return status
    return None


def nearest_worse(watch: Watch) -> Status:
    """What comes next if this goes on: the longest run above the confirmed status, worst first."""
    above = [status for status in watch.worse if status.rank > watch.confirmed.rank]
    trouble = [status for status in above if status.is_trouble]
    return max(trouble or above, key=lambda status: (watch.worse[status].polls, status.rank))


def nearest_better(watch: Watch) -> Status:
    """What comes next if this goes on: the longest run below the confirmed status, best first."""
    below = [status for status in watch.better if status.rank < watch.confirmed.rank]
    return max(below, key=lambda status: (watch.better[status].polls, -status.rank))


def worse_evidence(
    watch: Watch, status: Status, settings: ConfirmSettings, now: datetime
) -> Evidence:
    """What speaks for a status or worse: polls and age."""
    run = watch.worse[status]
    return Evidence(
        run.polls,
        settings.confirm_polls,
        (now - run.since).total_seconds(),
        settings.min_duration.total_seconds(),
    )


def better_evidence(watch: Watch, status: Status, settings: ConfirmSettings) -> Evidence:
    """What speaks for a status or better: polls, whatever their age."""
    return Evidence(watch.better[status].polls, _polls_to_better(watch, settings))


def worse_marks(watch: Watch, target: Status) -> tuple[Mark, ...]:
    """From when the line has each status on the way from the confirmed one to the target.

    A run of degraded that turned into a major outage before either was confirmed shows as both.
    """
    above = BEST_FIRST[BEST_FIRST.index(watch.confirmed) + 1 : BEST_FIRST.index(target) + 1]
    starts = {watch.worse[status].since: status for status in above}
    return tuple(Mark(start, status) for start, status in sorted(starts.items()))


def _polls_to_better(watch: Watch, settings: ConfirmSettings) -> int:
    """Without an episode there is nothing to recover from: the first better poll is enough."""
    return settings.recovery_polls if watch.episode else 1


def _grown(
    runs: Mapping[Status, Run], at: datetime, statuses: Sequence[Status]
) -> dict[Status, Run]:
    known = {status: runs.get(status, Run(at, 0)) for status in statuses}
    return {status: Run(run.since, run.polls + 1) for status, run in known.items()}
