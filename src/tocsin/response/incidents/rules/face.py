"""The public face of an incident: what strangers know, derived from dated public updates.

The face is the phase of the newest public update; an impact lasts from the update that names it
until one that changes it, and a resolved update ends them all. Updates are read in the order of
`at`, and a late entry speaks only for the time up to the next update that was there before it: it
completes the past and never changes the present.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tocsin.kernel.lifecycle import Refusal
from tocsin.kernel.segments import Line, LineKind, Segment, SegmentSource, overlay
from tocsin.kernel.status import Status
from tocsin.response.incidents.model import Incident, Phase, Update, UpdateDraft

DEFAULT_TEXTS: Mapping[Phase, str] = {
    Phase.INVESTIGATING: "We are looking into it again.",
    Phase.RESOLVED: "It works again.",
}
"""What a verb says in public where neither the person nor the page's template has words."""


@dataclass(frozen=True, slots=True)
class FaceUpdate:
    """A public update that a verb must add in its own transaction; `text` None: the template."""

    phase: Phase
    text: str | None


@dataclass(frozen=True, slots=True)
class UpdateEffect:
    """What an update does. Internal ones and late entries leave phase and impacts as they are.

    `current` says that a public update is the newest word. `public_title` is what to store, None
    to keep what is stored; `first` asks for a public id as well. `resolves` asks for the verb
    resolve with `note` in the same transaction. `impacts` are those open afterwards.
    """

    at: datetime
    phase: Phase
    impacts: Mapping[str, Status]
    current: bool
    first: bool
    public_title: str | None
    resolves: bool
    note: str
    reason: str


def derive_phase(updates: Iterable[Update], now: datetime) -> Phase:
    """Where the public story stands at an instant."""
    told = _told(updates, now)
    return told[-1].phase if told else Phase.NONE


def open_impacts(updates: Iterable[Update], now: datetime) -> dict[str, Status]:
    """The services hit in public at an instant, each with its state; operational ones are left out."""
    segments = impact_segments(updates, now)
    return {segment.subject: segment.state for segment in segments if segment.covers(now)}


def impact_segments(
    updates: Iterable[Update], now: datetime, cause: str | None = None
) -> list[Segment]:
    """How each service was hit in public, as segments in order of time; open ones have no end.

    Each update paints from its own time to the next one that was written before it: what is
    written later holds where it was the newest word, and nowhere else.
    """
    painted = _painted(_told(updates, now), cause)
    services = sorted({segment.subject for segment in painted})
    hits = [hit for service in services for hit in _hits(painted, service)]
    return sorted(hits, key=lambda segment: (segment.start, segment.subject))


def judge_update(
    incident: Incident, updates: Iterable[Update], draft: UpdateDraft, now: datetime
) -> UpdateEffect | Refusal:
    """Say what an update would change, or why it may not be written."""
    at = draft.at or now
    wrong = _wrong_field(draft, at, now)
    if wrong is not None:
        return wrong
    told = _told(updates, now)
    current = draft.public and all(update.at <= at for update in told)
    if current and not incident.is_live and draft.phase is not Phase.RESOLVED:
        return Refusal(
            f"Cannot publish {draft.phase}: the incident is {incident.state}; reopen it first."
        )
    impacts = open_impacts(told, now)
    resolves = (
        current and incident.is_live and draft.phase is Phase.RESOLVED and not draft.keep_open
    )
    first = draft.public and incident.public_id is None
    return UpdateEffect(
        at=at,
        phase=draft.phase if current else incident.phase,
        impacts=_after(impacts, draft.phase, draft.impacts) if current else impacts,
        current=current,
        first=first,
        public_title=_public_title(incident, draft, first),
        resolves=resolves,
        note=next(iter(draft.texts.values())),
        reason=_update_reason(draft, current, resolves),
    )


def face_on_resolve(incident: Incident, message: str | None) -> FaceUpdate | Refusal | None:
    """What resolving says in public: an open face ends with the message, else the template."""
    if incident.phase.is_open:
        return FaceUpdate(Phase.RESOLVED, _words(message))
    return _only_if_public(incident, Phase.RESOLVED, message)


def face_on_cancel(incident: Incident, message: str | None) -> FaceUpdate | Refusal | None:
    """What cancelling says in public: no template knows why, so an open face needs a message."""
    if incident.phase.is_open and _words(message) is None:
        return Refusal("the public knows of it: say how it ends", field="public_message")
    return _only_if_public(incident, Phase.RESOLVED, message)


def face_on_reopen(incident: Incident, message: str | None) -> FaceUpdate | Refusal | None:
    """What reopening says in public: a face goes back to investigating, without impacts."""
    if incident.public:
        return FaceUpdate(Phase.INVESTIGATING, _words(message))
    return _only_if_public(incident, Phase.INVESTIGATING, message)


def _only_if_public(
    incident: Incident, phase: Phase, message: str | None
) -> FaceUpdate | Refusal | None:
    """A message may follow what was public already; it never makes an incident public."""
    text = _words(message)
    if text is None:
        return None
    if not incident.public:
        return Refusal(
            "nobody outside knows of it; write a public update instead", field="public_message"
        )
    return FaceUpdate(phase, text)


def _words(message: str | None) -> str | None:
    return (message or "").strip() or None


def _told(updates: Iterable[Update], now: datetime) -> list[Update]:
    """The public updates so far in the order of what they tell; of one instant, as written."""
    public = (update for update in updates if update.public and update.at <= now)
    return sorted(public, key=lambda update: (update.at, update.recorded_at, update.id))


def _after(
    impacts: Mapping[str, Status], phase: Phase, changes: Mapping[str, Status]
) -> dict[str, Status]:
    if phase is Phase.RESOLVED:
        return {}
    changed = {**impacts, **changes}
    return {name: status for name, status in changed.items() if status is not Status.OPERATIONAL}


def _hits(painted: Sequence[Segment], service: str) -> Line:
    """One service's trouble, without the brush strokes it was painted with."""
    line = overlay(segment for segment in painted if segment.subject == service)
    return overlay(replace(segment, rank=0) for segment in line if segment.state.is_trouble)


def _painted(told: Sequence[Update], cause: str | None) -> list[Segment]:
    """One segment for each service and update that says something of it, the later written on top."""
    services = {service for update in told for service in update.impacts}
    written = sorted(told, key=lambda update: (update.recorded_at, update.at, update.id))
    segments: list[Segment] = []
    for rank, update in enumerate(written):
        later = [other.at for other in written[:rank] if other.at > update.at]
        ended = dict.fromkeys(services, Status.OPERATIONAL)
        says = ended if update.phase is Phase.RESOLVED else update.impacts
        segments += [
            Segment(
                service,
                LineKind.COMPONENT,
                update.at,
                min(later, default=None),
                status,
                source=SegmentSource.IMPACT,
                cause=cause,
                rank=rank,
            )
            for service, status in says.items()
        ]
    return segments


def _wrong_field(draft: UpdateDraft, at: datetime, now: datetime) -> Refusal | None:
    if draft.phase is Phase.NONE:
        return Refusal("an update is investigating, identified, monitoring or resolved", "phase")
    if not draft.texts or not all(text.strip() for text in draft.texts.values()):
        return Refusal("say something", "message")
    if at > now:
        return Refusal("an update cannot be dated in the future", "at")
    if draft.impacts and not draft.public:
        return Refusal("impacts are what the public sees; make the update public", "impacts")
    if Status.UNKNOWN in draft.impacts.values():
        return Refusal("nobody can be told that an impact is unknown", "impacts")
    if draft.phase is Phase.RESOLVED and any(one.is_trouble for one in draft.impacts.values()):
        return Refusal("a resolved update ends all impacts", "impacts")
    return None


def _public_title(incident: Incident, draft: UpdateDraft, first: bool) -> str | None:
    if not draft.public:
        return None
    return draft.title or (incident.title if first else None)


def _update_reason(draft: UpdateDraft, current: bool, resolves: bool) -> str:
    if not draft.public:
        return "Internal: nothing leaves the building."
    if not current:
        return "A late entry: it completes the past and leaves the present as it is."
    if resolves:
        return "The public is told that it is resolved, so the incident is resolved with it."
    return f"The public face is {draft.phase}."
