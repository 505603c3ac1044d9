"""A post-mortem draft as Markdown: the sections of Google's Site Reliability Engineering book
(appendix D, *Example Postmortem*), filled with what is known; what only people know is asked for.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from tocsin.kernel.clock import moment
from tocsin.learning.reviews.model import Draft

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_NO_SLUG = re.compile(r"[^a-z0-9-]+")
_LONGEST_SLUG = 63
_LONGEST_TEXT = 1000


def file_name(draft: Draft) -> str:
    """`2026-11-29-payments-1f2e3d4c.md`: the day it began, the service, the end of the alert's id."""
    slug = _NO_SLUG.sub("-", draft.service_id.lower()).strip("-")[:_LONGEST_SLUG] or "service"
    return f"{draft.began_at:%Y-%m-%d}-{slug}-{draft.alert[-8:]}.md"


def render(draft: Draft) -> str:
    """The whole document."""
    return "\n".join(_document(draft))


def words_of(span: timedelta) -> str:
    """A span as people say it: `2 h 5 min`, `45 s`."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def plain(text: str) -> str:
    """Somebody else's words on one line, with every mark of Markdown taken for itself."""
    one_line = " ".join(text.split())
    cut = one_line if len(one_line) <= _LONGEST_TEXT else one_line[: _LONGEST_TEXT - 1] + "…"
    return _MARKS.sub(r"\\\1", cut)


def _document(draft: Draft) -> Iterator[str]:
    service = plain(draft.service)
    yield f"# Post-mortem: {service}, {draft.began_at:%Y-%m-%d}"
    yield ""
    yield f"**Date:** {draft.began_at:%Y-%m-%d}  "
    yield "**Authors:**  "
    yield "**Status:** draft  "
    yield f"**Summary:** {service} was in trouble for {words_of(draft.lasted)}, at worst:"
    yield f"{draft.worst.lower()}."
    yield from _section("Impact", _impact(draft))
    yield from _section("Root causes", [_asked("What made this possible? Ask why until it is.")])
    yield from _section("Trigger", [_asked("What set it off, at that moment?")])
    yield from _section("Resolution", _resolution(draft))
    yield from _section("Detection", _detection(draft))
    yield from _section(
        "Action items",
        [
            "| Action | Type | Owner | Due |",
            "|---|---|---|---|",
            "| | prevent | | |",
            "| | detect sooner | | |",
            "| | mitigate | | |",
        ],
    )
    yield "## Lessons learned"
    for heading, ask in (
        ("What went well", "What helped, and should stay?"),
        ("What went wrong", "What made it last longer or hurt more?"),
        ("Where we got lucky", "What could have made it worse, and did not by chance?"),
    ):
        yield from ("", f"### {heading}", "", _asked(ask))
    yield ""
    yield from _section("Timeline", _timeline(draft))


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", f"## {heading}", "", *lines, "")


def _impact(draft: Draft) -> Iterator[str]:
    yield f"- Duration: {words_of(draft.lasted)} ({_span(draft)})"
    yield f"- Worst status: {draft.worst}"
    yield f"- Service: {plain(draft.service)} (`{draft.service_id}`), tier {draft.tier}"
    if draft.dependents:
        yield f"- Depend on it: {', '.join(plain(name) for name in draft.dependents)}"
    if draft.incident is not None:
        found = draft.incident
        yield f"- Incident: {found.reference}, {plain(found.title)}, {found.severity}"
        others = [name for name in found.services if name != draft.service]
        if others:
            yield f"- Affected with it: {', '.join(plain(name) for name in others)}"
    yield _asked("Who felt it and how: users, requests, revenue?")


def _resolution(draft: Draft) -> Iterator[str]:
    yield f"Operational again at {moment(draft.ended_at)}."
    if draft.incident is not None and draft.incident.resolution:
        yield f"{draft.incident.reference} says: {plain(draft.incident.resolution)}"
    yield _asked("What ended it: which change, by whom? Does it last?")


def _detection(draft: Draft) -> Iterator[str]:
    if draft.reason:
        yield f"{plain(draft.reason)}"
        yield ""
    yield from (f"- {plain(each)}" for each in draft.evidence)
    yield f"- Time to detect: {words_of(draft.undetected)} from the first sign to the alert"
    if draft.acknowledged_at is not None:
        taken = draft.acknowledged_at - draft.raised_at
        yield f"- Time to acknowledge: {words_of(taken)} from the alert"
    else:
        yield "- Nobody acknowledged the alert"
    yield _asked("Did we notice before those who were hit?")


def _timeline(draft: Draft) -> Iterator[str]:
    yield "All times are UTC."
    yield ""
    for entry in draft.timeline:
        yield f"- {entry.at:%Y-%m-%d %H:%M:%S}: {plain(entry.words)}"


def _asked(question: str) -> str:
    return f"_{question}_"


def _span(draft: Draft) -> str:
    return f"{moment(draft.began_at)} to {moment(draft.ended_at)}"
