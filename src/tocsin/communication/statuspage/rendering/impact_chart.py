"""What was affected, when: one track per component on a common axis, in per cent of its width."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tocsin.communication.statuspage.rendering.faces import Face, face_of
from tocsin.communication.statuspage.rendering.language import Voice
from tocsin.communication.statuspage.rendering.views import (
    ImpactSpanView,
    ImpactView,
    PublicIncidentView,
)
from tocsin.kernel.intervals import Interval
from tocsin.kernel.status import Status

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_STEPS = tuple(
    timedelta(seconds=seconds)
    for seconds in (
        *(minutes * _MINUTE for minutes in (1, 2, 5, 10, 15, 30)),
        *(hours * _HOUR for hours in (1, 2, 3, 6, 12)),
        *(days * _DAY for days in (1, 2, 7, 14, 28)),
    )
)
_TICKS = 4
_LAST_TICK = 78.0
_LABELLED = 34.0
_DATED = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Tick:
    """A named instant on the axis, `at` per cent from its left edge."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a track; `label` is empty where it would not fit."""

    at: float
    width: float
    face: Face
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Track:
    """One component's row; `words` say the same as the drawing, `crowded` that labels are missing."""

    name: str
    spans: tuple[Span, ...]
    words: str
    crowded: bool


@dataclass(frozen=True, slots=True)
class ImpactChart:
    """The whole drawing; `dated` axes have long labels, of which a phone shows the outer two."""

    ticks: tuple[Tick, ...]
    tracks: tuple[Track, ...]
    dated: bool


def impact_chart(incident: PublicIncidentView, voice: Voice, now: datetime) -> ImpactChart | None:
    """The drawing of an incident's impacts up to its end or `now`; None when it had none."""
    if not incident.impacts:
        return None
    seen = _window(incident, now)
    step = next((step for step in _STEPS if seen.duration <= step * _TICKS), _STEPS[-1])
    axis = Interval(_floor(seen.start, step, voice), seen.end)
    tracks = tuple(_track(impact, axis, voice, now) for impact in incident.impacts)
    return ImpactChart(_ticks(axis, step, voice, now), tracks, axis.duration > _DATED)


def _window(incident: PublicIncidentView, now: datetime) -> Interval:
    spans = [span for impact in incident.impacts for span in impact.spans]
    start = min(incident.started_at, *(span.started_at for span in spans))
    ends = [span.ended_at or incident.resolved_at or now for span in spans]
    end = max(incident.resolved_at or now, *ends)
    return Interval(start, max(end, start + timedelta(minutes=1)))


def _floor(at: datetime, step: timedelta, voice: Voice) -> datetime:
    """The step before an instant, counted from midnight where the page is."""
    offset = at.astimezone(voice.zone).utcoffset() or timedelta()
    seconds = at.timestamp() + offset.total_seconds()
    return at - timedelta(seconds=seconds % step.total_seconds())


def _ticks(axis: Interval, step: timedelta, voice: Voice, now: datetime) -> tuple[Tick, ...]:
    dated = axis.duration > _DATED
    instants = [axis.start + step * number for number in range(2 * _TICKS)]
    inner = [at for at in instants if _share(at, axis) <= _LAST_TICK]
    labels = [(_share(at, axis), at) for at in inner] + [(100.0, axis.end)]
    return tuple(
        Tick(share, voice.dated(at, now) if dated else voice.clock(at)) for share, at in labels
    )


def _track(impact: ImpactView, axis: Interval, voice: Voice, now: datetime) -> Track:
    troubled = (span for span in impact.spans if span.status is not Status.OPERATIONAL)
    spans = tuple(_span(span, axis, voice, now) for span in troubled)
    return Track(
        name=impact.name,
        spans=spans,
        words="; ".join(span.words for span in spans),
        crowded=any(not span.label for span in spans),
    )


def _span(span: ImpactSpanView, axis: Interval, voice: Voice, now: datetime) -> Span:
    start = max(0.0, _share(span.started_at, axis))
    width = min(100.0, _share(span.ended_at or axis.end, axis)) - start
    face = face_of(span.status)
    status = voice.say(f"status.{face.value}")
    return Span(
        at=round(start, 2),
        width=round(max(width, 0.5), 2),
        face=face,
        label=status if width >= _LABELLED else "",
        words=_words(span, status, voice, now),
    )


def _words(span: ImpactSpanView, status: str, voice: Voice, now: datetime) -> str:
    start = voice.moment(span.started_at, now)
    if span.ended_at is None:
        return voice.say("incident.page.impact_span_open", status=status, start=start)
    end = voice.moment(span.ended_at, now)
    return voice.say("incident.page.impact_span", status=status, start=start, end=end)


def _share(at: datetime, axis: Interval) -> float:
    return 100.0 * ((at - axis.start) / axis.duration)
