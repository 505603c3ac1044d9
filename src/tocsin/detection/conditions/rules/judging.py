"""What one look at a service leads to: confirmed, muted, improved, recovered, or not yet.

Failed polls are not seen here: they neither count nor reset. What a person reports is confirmed
at once. Unknown has its place in the order, so it is confirmed like any status and breaks runs
of trouble; but it is no answer: it raises no alert, and an episode outlives it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tocsin.detection.conditions.model import (
    ConfirmSettings,
    Decision,
    Episode,
    Evidence,
    Mark,
    PollSample,
    Verdict,
    Watch,
)
from tocsin.detection.conditions.rules import runs
from tocsin.detection.conditions.rules.sentences import reason
from tocsin.kernel.segments import SegmentSource
from tocsin.kernel.status import Status

Judged = tuple[Watch, Decision]


def observe(watch: Watch, sample: PollSample, settings: ConfirmSettings, now: datetime) -> Judged:
    """Judge one successful poll; one that is not newer than the last changes nothing.

    `now` is when it is judged: ages and the dedup window are counted up to it.
    """
    look = _Look(watch, sample.at, sample.status, SegmentSource.FEED)
    if watch.judged_at is not None and sample.at <= watch.judged_at:
        return look.leads_to(watch, Verdict.STALE, sample.status)
    seen = runs.counted(watch, sample)
    worse = runs.confirmed_worse(seen, settings, now)
    if worse is not None:
        evidence = runs.worse_evidence(seen, worse, settings, now)
        return _move(look, seen, worse, evidence, runs.worse_marks(seen, worse), settings, now)
    better = runs.confirmed_better(seen, settings)
    if better is not None:
        evidence = runs.better_evidence(seen, better, settings)
        marks = (Mark(seen.better[better].since, better),)
        return _move(look, seen, better, evidence, marks, settings, now)
    return _stay(look, seen, settings, now)


def corroborate(watch: Watch, dependents: int, settings: ConfirmSettings, now: datetime) -> Judged:
    """Believe the worst that was seen at once, because so many dependents are in trouble too."""
    seen = max((one for one in watch.worse if one.is_trouble), key=lambda one: one.rank)
    look = _Look(watch, now, seen, SegmentSource.FEED)
    evidence = runs.worse_evidence(watch, seen, settings, now)
    moved, decision = _move(
        look, watch, seen, evidence, runs.worse_marks(watch, seen), settings, now
    )
    said = (
        f"{seen.words} is confirmed before its time: {dependents} services that depend on it are"
        " in trouble as well."
    )
    return moved, replace(decision, reason=said)


def report(watch: Watch, status: Status, settings: ConfirmSettings, now: datetime) -> Judged:
    """Take a person's word: confirmed at once, and every run of polls starts anew."""
    told = replace(watch, blind=False, judged_at=now, worse={}, better={})
    look = _Look(watch, now, status, SegmentSource.PERSON)
    marks = (Mark(now, status),)
    if status is watch.confirmed:
        return look.leads_to(told, _seen_again(watch), status, marks=marks)
    return _move(look, told, status, None, marks, settings, now)


def lose_sight(watch: Watch, now: datetime) -> Judged:
    """Note that the poller is broken: the line shows unknown, what was confirmed is remembered."""
    look = _Look(watch, now, Status.UNKNOWN, SegmentSource.NO_ANSWER)
    if watch.blind:
        return look.leads_to(watch, Verdict.UNCHANGED, Status.UNKNOWN)
    lost = replace(watch, blind=True)
    marks = (Mark(now, Status.UNKNOWN),)
    return look.leads_to(lost, Verdict.SIGHT_LOST, Status.UNKNOWN, marks=marks)


@dataclass(frozen=True, slots=True)
class _Look:
    """Who looked, when, at which watch, and what they saw."""

    before: Watch
    at: datetime
    observed: Status
    source: SegmentSource

    def leads_to(
        self,
        after: Watch,
        verdict: Verdict,
        target: Status,
        evidence: Evidence | None = None,
        marks: tuple[Mark, ...] = (),
        since: datetime | None = None,
    ) -> Judged:
        """The watch from now on, and the decision in full; an ended episode is still named."""
        episode = after.episode or self.before.episode
        return after, Decision(
            verdict,
            at=self.at,
            observed=self.observed,
            before=self.before.shown,
            after=after.shown,
            target=target,
            reason=reason(verdict, target, evidence, self.source),
            since=since or next((mark.start for mark in marks if mark.status is target), None),
            evidence=evidence,
            marks=marks,
            maintenance=after.maintenance,
            source=self.source,
            episode=episode.number if episode else None,
        )


def _move(
    look: _Look,
    seen: Watch,
    to: Status,
    evidence: Evidence | None,
    marks: tuple[Mark, ...],
    settings: ConfirmSettings,
    now: datetime,
) -> Judged:
    """Confirm another status, and say what that means for the episode and its alert."""
    moved, episode = replace(seen, confirmed=to), seen.episode
    if to is Status.UNKNOWN:
        return look.leads_to(moved, Verdict.SIGHT_LOST, to, evidence, marks)
    if to is Status.OPERATIONAL:
        verdict = Verdict.RECOVERED if episode else Verdict.SIGHT_REGAINED
        return look.leads_to(replace(moved, episode=None), verdict, to, evidence, marks)
    if episode is None or to.rank > episode.status.rank:
        return _alarm(look, moved, evidence, marks, settings, now)
    verdict = Verdict.SIGHT_REGAINED if to is episode.status else Verdict.IMPROVED
    changed = replace(moved, episode=replace(episode, status=to))
    return look.leads_to(changed, verdict, to, evidence, marks)


def _alarm(
    look: _Look,
    moved: Watch,
    evidence: Evidence | None,
    marks: tuple[Mark, ...],
    settings: ConfirmSettings,
    now: datetime,
) -> Judged:
    """Trouble worse than what the alert stands at goes out, unless the episode sent it lately."""
    to = moved.confirmed
    episode = replace(moved.episode or _opened(moved, marks), status=to)
    sent_at = episode.sent.get(to)
    if sent_at is not None and now - sent_at < settings.dedup_window:
        muted = replace(
            evidence or Evidence(),
            sent_seconds_ago=(now - sent_at).total_seconds(),
            window_seconds=settings.dedup_window.total_seconds(),
        )
        return look.leads_to(replace(moved, episode=episode), Verdict.MUTED, to, muted, marks)
    sent = replace(episode, sent={**episode.sent, to: now})
    alarmed = replace(moved, episode=sent, episodes=sent.number)
    return look.leads_to(alarmed, Verdict.CONFIRMED, to, evidence, marks)


def _opened(watch: Watch, marks: Sequence[Mark]) -> Episode:
    first = next(mark for mark in marks if mark.status.is_trouble)
    return Episode(watch.episodes + 1, first.start, first.status)


def _stay(look: _Look, seen: Watch, settings: ConfirmSettings, now: datetime) -> Judged:
    """Keep what is confirmed, and say what is still missing for anything else."""
    kept = seen.confirmed
    redrawn = look.before.blind or look.before.maintenance != seen.maintenance
    marks = (Mark(look.at, kept),) if redrawn else ()
    if look.observed is kept:
        return look.leads_to(seen, _seen_again(look.before), kept, marks=marks)
    if look.observed.rank > kept.rank:
        target = runs.nearest_worse(seen)
        evidence = runs.worse_evidence(seen, target, settings, now)
        since = seen.worse[target].since
    else:
        target = runs.nearest_better(seen)
        evidence = runs.better_evidence(seen, target, settings)
        since = seen.better[target].since
    return look.leads_to(seen, Verdict.NOT_YET, target, evidence, marks, since)


def _seen_again(before: Watch) -> Verdict:
    """What it means to see what is confirmed: news only after there was no answer at all."""
    known = before.confirmed is not Status.UNKNOWN
    return Verdict.SIGHT_REGAINED if before.blind and known else Verdict.UNCHANGED
