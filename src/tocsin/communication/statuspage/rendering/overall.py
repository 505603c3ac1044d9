"""The first line of a page: one state and one sentence built from its components."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tocsin.communication.statuspage.rendering.faces import Face, component_face
from tocsin.communication.statuspage.rendering.language import Voice
from tocsin.communication.statuspage.rendering.views import ComponentView, PageView, PublicPhase
from tocsin.kernel.intervals import day_of
from tocsin.kernel.status import Status

NAMED_PARTS = 3

_WORST_FIRST = (
    Face.MAJOR_OUTAGE,
    Face.PARTIAL_OUTAGE,
    Face.DEGRADED,
    Face.UNKNOWN,
    Face.MAINTENANCE,
    Face.OPERATIONAL,
)


@dataclass(frozen=True, slots=True)
class Overall:
    """Does it work for me? A face, a headline that answers, and one line of detail."""

    face: Face
    headline: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components sorted by what they show, worst first within their kind."""

    all: tuple[ComponentView, ...]
    troubled: tuple[ComponentView, ...]
    down: tuple[ComponentView, ...]
    unseen: tuple[ComponentView, ...]
    maintained: tuple[ComponentView, ...]

    @property
    def working(self) -> int:
        return len(self.all) - len(self.troubled) - len(self.unseen) - len(self.maintained)

    @property
    def has_several_kinds(self) -> bool:
        """Whether more than one kind of part does not work as usual, so "the other" is unclear."""
        return sum(map(bool, (self.troubled, self.unseen, self.maintained))) > 1


def overall(view: PageView, voice: Voice, now: datetime) -> Overall:
    """The page's state and sentence at `now`; order: outages, degraded, unknown, maintenance."""
    parts = _sort(view.components)
    face = overall_face(view.components)
    if not parts.all:
        return Overall(face, *_without_parts(view, voice))
    if parts.troubled:
        return Overall(face, _trouble(parts, voice), _trouble_detail(parts, view, voice))
    if parts.unseen:
        return Overall(face, _unseen(parts, voice), _unseen_detail(parts, view, voice))
    if parts.maintained:
        headline = voice.say("overall.maintenance", names=_names(parts.maintained, voice))
        return Overall(face, headline, _maintained_detail(parts, view, voice))
    return Overall(face, _calm(view, voice), _calm_detail(view, voice, now))


def overall_face(components: Sequence[ComponentView]) -> Face:
    """The worst face of all; of no component at all, that there is no data."""
    faces = {component_face(component) for component in components}
    return next((face for face in _WORST_FIRST if face in faces), Face.NO_DATA)


def _sort(components: Sequence[ComponentView]) -> _Parts:
    worst_first = sorted(components, key=lambda part: _WORST_FIRST.index(component_face(part)))
    troubled = tuple(part for part in worst_first if part.status.is_trouble)
    return _Parts(
        all=tuple(components),
        troubled=troubled,
        down=tuple(part for part in troubled if part.status is Status.MAJOR_OUTAGE),
        unseen=tuple(part for part in worst_first if component_face(part) is Face.UNKNOWN),
        maintained=tuple(part for part in worst_first if component_face(part) is Face.MAINTENANCE),
    )


def _without_parts(view: PageView, voice: Voice) -> tuple[str, str]:
    detail = voice.say("overall.detail.empty", page=view.page.name)
    if any(incident.is_open for incident in view.incidents):
        return voice.say("overall.looking"), detail
    return voice.say("overall.empty"), detail


def _trouble(parts: _Parts, voice: Voice) -> str:
    total, troubled, down = len(parts.all), len(parts.troubled), len(parts.down)
    if total > 1 and down == total:
        return voice.say("overall.all_down")
    if troubled <= NAMED_PARTS:
        return _named_trouble(parts, voice)
    if troubled == total:
        return voice.say("overall.all_problems", total=voice.number(total))
    counted = {"count": voice.number(troubled), "total": voice.number(total)}
    return voice.sentence(voice.say("overall.many_problems", **counted))


def _named_trouble(parts: _Parts, voice: Voice) -> str:
    limping = parts.troubled[len(parts.down) :]
    said = []
    if parts.down:
        names = voice.names([part.name for part in parts.down])
        said.append(voice.count("overall.down", len(parts.down), names=names))
    if limping:
        names = voice.names([part.name for part in limping])
        said.append(voice.count("overall.problems", len(limping), names=names))
    return " ".join(said)


def _trouble_detail(parts: _Parts, view: PageView, voice: Voice) -> str:
    said = []
    if len(parts.troubled) > NAMED_PARTS and 0 < len(parts.down) < len(parts.all):
        said.append(voice.sentence(voice.count("overall.detail.down", len(parts.down))))
    said.extend(_rest(parts, view, voice))
    return " ".join(said)


def _rest(parts: _Parts, view: PageView, voice: Voice) -> list[str]:
    said = []
    if parts.working:
        key = "some" if parts.has_several_kinds else "rest"
        working = voice.count(f"overall.detail.{key}", parts.working, page=view.page.name)
        said.append(voice.sentence(working))
    if parts.unseen and parts.troubled:
        unseen = voice.count("overall.detail.unseen", len(parts.unseen))
        said.append(voice.sentence(unseen))
    return said


def _unseen(parts: _Parts, voice: Voice) -> str:
    total, unseen = len(parts.all), len(parts.unseen)
    if total > 1 and unseen == total:
        return voice.say("overall.unseen_all")
    if unseen == 1:
        return voice.say("overall.unseen", names=parts.unseen[0].name)
    if unseen <= NAMED_PARTS:
        names = voice.names([part.name for part in parts.unseen])
        return voice.say("overall.unseen_several", names=names)
    counted = {"count": voice.number(unseen), "total": voice.number(total)}
    return voice.say("overall.unseen_many", **counted)


def _unseen_detail(parts: _Parts, view: PageView, voice: Voice) -> str:
    return " ".join([*_rest(parts, view, voice), voice.say("overall.detail.unseen_why")])


def _maintained_detail(parts: _Parts, view: PageView, voice: Voice) -> str:
    rest = _rest(parts, view, voice)
    return " ".join([voice.say("overall.detail.maintenance_why"), *rest])


def _names(components: Sequence[ComponentView], voice: Voice) -> str:
    names = [component.name for component in components]
    if len(names) <= NAMED_PARTS:
        return voice.names(names)
    return voice.count("overall.parts", len(names))


def _calm(view: PageView, voice: Voice) -> str:
    phases = {incident.phase for incident in view.incidents if incident.is_open}
    if not phases:
        return voice.say("overall.works")
    if phases <= {PublicPhase.MONITORING, PublicPhase.RESOLVED}:
        return voice.say("overall.works_again")
    return voice.say("overall.looking")


def _calm_detail(view: PageView, voice: Voice, now: datetime) -> str:
    up = voice.count("overall.detail.all", len(view.components), page=view.page.name)
    ended = [incident.resolved_at for incident in view.incidents if incident.resolved_at]
    if not ended or any(incident.is_open for incident in view.incidents):
        return up
    return f"{up} {_last_ended(max(ended), voice, now)}"


def _last_ended(at: datetime, voice: Voice, now: datetime) -> str:
    days = (day_of(now, voice.zone) - day_of(at, voice.zone)).days
    if days <= 0:
        return voice.say("overall.detail.last_today")
    if days == 1:
        return voice.say("overall.detail.last_yesterday")
    return voice.count("overall.detail.last_days", days)
