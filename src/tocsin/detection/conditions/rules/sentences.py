"""The reason of every decision, in one sentence for people."""

from collections.abc import Callable

from tocsin.detection.conditions.model import Evidence, Verdict
from tocsin.kernel.segments import SegmentSource
from tocsin.kernel.status import Status

_SPEAKS = {
    SegmentSource.PERSON: "set by hand",
    SegmentSource.NO_ANSWER: "the poller is broken",
}


def reason(
    verdict: Verdict, target: Status, evidence: Evidence | None, source: SegmentSource
) -> str:
    """Say what was decided about the target status, and on which figures."""
    spoken = _SPEAKS.get(source) or _figures(evidence or Evidence())
    return _SENTENCES[verdict](target.words, spoken, evidence or Evidence())


def _figures(evidence: Evidence) -> str:
    polls = "1 poll" if evidence.polls == 1 else f"{evidence.polls} polls in a row"
    counted = f"{polls} ({evidence.polls_needed} needed)"
    if not evidence.age_needed:
        return counted
    return f"{counted} over {evidence.age_seconds:.0f} s ({evidence.age_needed:.0f} s needed)"


def _missing(evidence: Evidence) -> str:
    """What there is of what is needed: "2 of 3 polls; 240 s of 600 s"."""
    counted = f"{min(evidence.polls, evidence.polls_needed)} of {evidence.polls_needed} polls"
    if not evidence.age_needed:
        return counted
    age = min(evidence.age_seconds, evidence.age_needed)
    return f"{counted}; {age:.0f} s of {evidence.age_needed:.0f} s"


def _muted(words: str, spoken: str, evidence: Evidence) -> str:
    ago, window = evidence.sent_seconds_ago or 0.0, evidence.window_seconds or 0.0
    return (
        f"{words} is confirmed again, {spoken}; nothing is sent, because this episode sent it"
        f" {ago:.0f} s ago and repeats are muted for {window:.0f} s."
    )


_SENTENCES: dict[Verdict, Callable[[str, str, Evidence], str]] = {
    Verdict.CONFIRMED: lambda words, spoken, _: f"{words} is confirmed: {spoken}.",
    Verdict.MUTED: _muted,
    Verdict.IMPROVED: lambda words, spoken, _: (
        f"Improved to {words.lower()}: {spoken}. The alert changes, nothing is sent."
    ),
    Verdict.RECOVERED: lambda words, spoken, _: f"{words} again: {spoken}. The episode ends.",
    Verdict.SIGHT_LOST: lambda words, spoken, _: f"{words}: {spoken}. No alert is sent for that.",
    Verdict.SIGHT_REGAINED: lambda words, spoken, _: f"Known again: {words.lower()}.",
    Verdict.NOT_YET: lambda words, spoken, evidence: (
        f"{words} is not confirmed yet: {_missing(evidence)}."
    ),
    Verdict.UNCHANGED: lambda words, spoken, _: f"Still {words.lower()}.",
    Verdict.STALE: lambda words, spoken, _: "Not newer than what was judged already.",
}
