"""Edit an incident: fields first, then the state, as one version."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tocsin.kernel.errors import invalid_field
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.response.incidents import events, rules
from tocsin.response.incidents.model import Incident, State
from tocsin.response.incidents.verbs import steps
from tocsin.response.incidents.verbs.opening import join_open_alerts, require_past
from tocsin.response.incidents.verbs.steps import NO_WORDS, Words
from tocsin.response.incidents.verbs.work import Work, begin

_TEXTS = frozenset({"title", "description", "category", "tags", "public_title", "resolution_note"})
_WEIGHTS = frozenset({"severity", "impact", "urgency"})
_WEIGHED = ("impact", "urgency", "priority")


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants different: `fields` by name, whom to assign it to, the state to reach."""

    fields: dict[str, Any]
    assigns: bool = False
    assigned_to: str | None = None
    state: State | None = None
    words: Words = NO_WORDS


def edit(tx: Tx, ref: str | UUID, change: Change, expected_version: int | None = None) -> Incident:
    """Change fields, then assign, then run the verb that the wanted state means.

    A change that changes nothing is no new version. Raises NotFound, LostRace, Invalid for a wrong
    field and IllegalTransition for a state that no verb reaches from here.
    """
    work = begin(tx, ref, expected_version)
    fields, words = _sorted_out(work.incident, change)
    edit_fields(work, fields)
    if change.assigns and not _has_it(work.incident, change.assigned_to):
        steps.assign(work, change.assigned_to)
    if change.state is not None:
        steps.reach(work, change.state, words)
    added = set(work.incident.affected_services) - set(work.before.affected_services)
    edited = work.finish()
    if edited.is_live:
        join_open_alerts(tx, edited.id, tuple(sorted(added)))
    return edited


def _sorted_out(incident: Incident, change: Change) -> tuple[dict[str, Any], Words]:
    """A note goes with the verb resolve where that runs, else it is a field like others."""
    moves = change.state is not None and change.state is not incident.state
    waits = change.words.pending_reason
    if waits not in (None, incident.pending_reason) and change.state is not State.PENDING:
        raise invalid_field("pending_reason", "goes with status pending")
    if waits not in (None, incident.pending_reason) and not moves:
        raise invalid_field("pending_reason", "resume it before it is held for another reason")
    _refuse_idle_words(change.words, moves)
    fields = dict(change.fields)
    if moves and change.state is State.RESOLVED and "resolution_note" in fields:
        return fields, replace(change.words, resolution_note=fields.pop("resolution_note"))
    return fields, change.words


def _refuse_idle_words(words: Words, moves: bool) -> None:
    for field in ("reason", "public_message"):
        if getattr(words, field) is not None and not moves:
            raise invalid_field(field, "goes with a status that runs a verb")


def _has_it(incident: Incident, to: str | None) -> bool:
    """Whether it is assigned so already: then whoever left since may stay, and no verb runs."""
    return (incident.assigned_to.id if incident.assigned_to else None) == (to or None)


def edit_fields(work: Work, fields: dict[str, Any]) -> None:
    """Apply the fields that differ and note which; raises Invalid."""
    before = work.incident
    wanted = {name: value for name, value in fields.items() if getattr(before, name) != value}
    if not wanted:
        return
    _check(work, wanted)
    after = _weighed(before, replace(before, **wanted), wanted)
    if after.severity is not before.severity:
        after = replace(after, severity_reason=None)
    work.incident = after
    moved = {name for name in _WEIGHED if getattr(after, name) != getattr(before, name)}
    changed = sorted({*wanted, *moved})
    work.tell(
        events.EDITED,
        {"fields": changed, "before": _named(before, changed), "after": _named(after, changed)},
    )


def _check(work: Work, wanted: dict[str, Any]) -> None:
    if "affected_services" in wanted:
        new = set(wanted["affected_services"]) - set(work.incident.affected_services)
        catalog.require_services(work.tx, sorted(new))
    if "started_at" in wanted:
        require_past(work.tx, wanted["started_at"])
    if "public_title" in wanted and not work.incident.public:
        raise invalid_field("public_title", "nobody outside knows of it yet")
    if "resolution_note" in wanted and work.incident.resolved_at is None:
        raise invalid_field("resolution_note", "it is not resolved yet")


def _weighed(before: Incident, after: Incident, wanted: dict[str, Any]) -> Incident:
    """With the priority that the axes make; axes as the old severity supplies them follow it."""
    if not _WEIGHTS & wanted.keys():
        return after
    usual = rules.prioritise(before.severity)
    follows_impact = "impact" not in wanted and before.impact is usual.impact
    follows_urgency = "urgency" not in wanted and before.urgency is usual.urgency
    weighed = rules.prioritise(
        after.severity,
        None if follows_impact else after.impact,
        None if follows_urgency else after.urgency,
    )
    return replace(after, impact=weighed.impact, urgency=weighed.urgency, priority=weighed.priority)


def _named(incident: Incident, fields: list[str]) -> dict[str, Any]:
    """The fields' values as facts may hold them: what people wrote is left out."""
    return {name: _plain(getattr(incident, name)) for name in fields if name not in _TEXTS}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
