"""The bar strip and its figure: one bar per day, named, and an uptime that never flatters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tocsin.communication.statuspage.rendering.faces import Face, day_face
from tocsin.communication.statuspage.rendering.language import Voice
from tocsin.communication.statuspage.rendering.views import ComponentView, DayView

PHONE_DAYS = 30
NAMED_DAYS = 10

_WHOLE = 10_000
_TROUBLE = (Face.DEGRADED, Face.PARTIAL_OUTAGE, Face.MAJOR_OUTAGE)


@dataclass(frozen=True, slots=True)
class Bar:
    """One day as drawn: its face, its name for people and for screen readers."""

    face: Face
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A component's days as drawn; figures are None where nothing is known."""

    bars: tuple[Bar, ...]
    percent: str | None
    phone_percent: str | None
    summary: str


def uptime_hundredths(days: Sequence[DayView]) -> int | None:
    """Uptime over the days in hundredths of a per cent, 0 to 10,000, always rounded down.

    Rounding down means that 100.00 % is only said when nothing was lost. None: nothing is known.
    """
    known = sum(_microseconds(day.known_seconds) for day in days)
    lost = sum(_microseconds(day.bad_seconds) for day in days)
    if known <= 0:
        return None
    return max(0, (known - lost) * _WHOLE // known)


def uptime_text(days: Sequence[DayView], voice: Voice) -> str | None:
    """Uptime over the days as people read it ("99.94 %"), None when nothing is known."""
    hundredths = uptime_hundredths(days)
    return None if hundredths is None else voice.percent(hundredths)


def strip(component: ComponentView, voice: Voice) -> Strip:
    """The component's days as bars, with both figures and a summary in words."""
    return Strip(
        bars=tuple(Bar(day_face(day), day_label(day, voice)) for day in component.days),
        percent=uptime_text(component.days, voice),
        phone_percent=uptime_text(component.days[-PHONE_DAYS:], voice),
        summary=summary(component, voice),
    )


def day_label(day: DayView, voice: Voice) -> str:
    """A day's name: "Wednesday 18 November 2026: degraded, 34 min"."""
    face = day_face(day)
    slots = {"day": voice.day_long(day.date), "state": voice.say(f"day.{face.value}")}
    if face not in _TROUBLE or not day.worst_seconds:
        return voice.say("day.label", **slots)
    lasted = voice.short_duration(timedelta(seconds=day.worst_seconds))
    return voice.say("day.label_for", duration=lasted, **slots)


def summary(component: ComponentView, voice: Voice) -> str:
    """The strip in words: figure, days with trouble (the newest named), days without data."""
    days = component.days
    figure = uptime_text(days, voice)
    troubled = [day for day in reversed(days) if day_face(day) in _TROUBLE]
    blank = sum(day_face(day) is Face.NO_DATA for day in days)
    said = [
        voice.say("summary.start", name=component.name, count=len(days)),
        voice.say("summary.uptime", percent=figure) if figure else voice.say("summary.no_uptime"),
        _troubled(troubled, voice),
    ]
    if blank:
        said.append(voice.sentence(voice.count("summary.no_data", blank)))
    return " ".join(said)


def _troubled(days: Sequence[DayView], voice: Voice) -> str:
    if not days:
        return voice.say("summary.quiet")
    named = [day_label(day, voice) for day in days[:NAMED_DAYS]]
    if len(days) > NAMED_DAYS:
        named.append(voice.count("summary.more", len(days) - NAMED_DAYS))
    start = voice.sentence(voice.count("summary.trouble", len(days)))
    return f"{start} {'; '.join(named)}."


def _microseconds(seconds: float) -> int:
    return round(seconds * 1_000_000)
