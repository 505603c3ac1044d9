"""Flapping: a service that changes between well and unwell too often to be told of each time.

It begins with 4 changes within two confirm windows, or 6 within twelve of them (three slow rounds).
It ends when nothing has changed for twice the usual time between changes, at least two windows. A
window counts as ten minutes where less is enough to confirm.
Only answers of sources count: what a person says is no change, and no answer is none either.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from tocsin.detection.conditions.model import (
    ConfirmSettings,
    Decision,
    Evidence,
    Flapping,
    PollSample,
    Verdict,
    Watch,
)
from tocsin.kernel.segments import SegmentSource
from tocsin.kernel.status import Status

QUICK, SLOW = 4, 6
KEPT = 12
LEAST_WINDOW = timedelta(minutes=10)


def turned(watch: Watch, sample: PollSample) -> Watch:
    """The watch after a successful poll: one more change where well became unwell or back."""
    if sample.status is Status.UNKNOWN:
        return watch
    well = not sample.status.is_trouble
    if watch.well is None or watch.well is well:
        return watch if watch.well is well else replace(watch, well=well)
    turns = (*watch.turns, sample.at)[-KEPT:]
    flapping = watch.flapping
    if flapping is not None:
        flapping = replace(flapping, changes=flapping.changes + 1)
    return replace(watch, well=well, turns=turns, flapping=flapping)


def begin(
    watch: Watch, sample: PollSample, settings: ConfirmSettings
) -> tuple[Watch, Decision | None]:
    """Whether the last change made the service one that flaps, and why."""
    if watch.flapping is not None or not watch.turns or watch.turns[-1] != sample.at:
        return watch, None
    window = _window(settings)
    for needed, span in ((QUICK, window * 2), (SLOW, window * 12)):
        if len(watch.turns) < needed:
            continue
        since = watch.turns[-needed]
        seen = sample.at - since
        if seen <= span:
            evidence = Evidence(needed, needed, seen.total_seconds(), span.total_seconds())
            flapping = Flapping(since, needed)
            began = replace(watch, flapping=flapping)
            reason = f"{needed} changes between well and unwell within {_words(seen)}."
            return began, _decision(
                Verdict.FLAPPING_BEGAN, began, sample.at, f"Flapping began: {reason}", evidence
            )
    return watch, None


def settle(watch: Watch, settings: ConfirmSettings, now: datetime) -> tuple[Watch, Decision | None]:
    """Whether a flapping service has been quiet for long enough, and since when."""
    if watch.flapping is None or now < quiet_at(watch, settings):
        return watch, None
    quiet = now - watch.turns[-1]
    calm = replace(watch, flapping=None, turns=())
    changes = watch.flapping.changes
    reason = f"no change for {_words(quiet)}, after {changes} changes."
    evidence = Evidence(changes, 0, quiet.total_seconds(), quiet.total_seconds())
    return calm, _decision(
        Verdict.FLAPPING_ENDED,
        calm,
        now,
        f"Flapping ended: {reason}",
        evidence,
        since=watch.flapping.since,
    )


def quiet_at(watch: Watch, settings: ConfirmSettings) -> datetime:
    """When a flapping service counts as quiet if nothing changes until then."""
    rounds = max(len(watch.turns) - 1, 1)
    usual = (watch.turns[-1] - watch.turns[0]) / rounds
    return watch.turns[-1] + max(_window(settings) * 2, usual * 2)


def _window(settings: ConfirmSettings) -> timedelta:
    return max(settings.window, LEAST_WINDOW)


def _decision(
    verdict: Verdict,
    watch: Watch,
    at: datetime,
    reason: str,
    evidence: Evidence,
    since: datetime | None = None,
) -> Decision:
    return Decision(
        verdict,
        at=at,
        observed=watch.shown,
        before=watch.shown,
        after=watch.shown,
        target=watch.shown,
        reason=reason,
        since=since or (watch.flapping.since if watch.flapping else None),
        evidence=evidence,
        maintenance=watch.maintenance,
        source=SegmentSource.FEED,
        episode=watch.episode.number if watch.episode else None,
    )


def _words(span: timedelta) -> str:
    seconds = span.total_seconds()
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
