"""What people do with triggers, and what a round of evaluation writes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tocsin.kernel.errors import Conflict, LostRace, invalid_field
from tocsin.kernel.facts import SYSTEM
from tocsin.kernel.ids import new_id
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx, Tx
from tocsin.registry import catalog

from . import events, queries, store
from .model import MOST_TRIGGERS, Standing, Trigger, TriggerDraft
from .ports import Samples
from .rounds import Outcome, Portion
from .rules import MONITOR_METRICS, Change, Condition, Mistake, read_condition, require_known
from .tables import triggers

EVALUATE = "triggers.evaluate"
EVALUATE_EVERY = timedelta(seconds=15)

_ROUND = "round"
_MEANING = ("condition", "duration_minutes", "service_id", "enabled")
_KNOWN_FOR = timedelta(days=1)


def add_trigger(tx: Tx, samples: Samples, draft: TriggerDraft) -> Trigger:
    """Add a trigger; it looks at values from now on. Raises Invalid, and Conflict for too many."""
    if queries.count_triggers(tx) >= MOST_TRIGGERS:
        raise Conflict(f"There are {MOST_TRIGGERS} triggers already.", code="too_many")
    _require_service(tx, draft.service_id)
    require_condition(tx, samples, draft.condition, draft.service_id)
    added = Trigger(
        id=new_id(),
        name=draft.name,
        service_id=draft.service_id,
        condition=draft.condition,
        duration_minutes=draft.duration_minutes,
        auto_create_incident=draft.auto_create_incident,
        severity=draft.severity,
        enabled=draft.enabled,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
        effective_from=tx.now,
    )
    store.add(tx, added)
    tx.record(events.fact(events.ADDED, added))
    _begin_rounds(tx, added)
    return added


def edit_trigger(
    tx: Tx,
    samples: Samples,
    trigger_id: UUID,
    change: Mapping[str, Any],
    expected_version: int | None = None,
) -> Trigger:
    """Change the fields given. One that means something else now clears and begins anew.

    Raises NotFound, LostRace, Invalid.
    """
    found = _held(tx, trigger_id, expected_version)
    fields = {name: value for name, value in change.items() if value != getattr(found, name)}
    if not fields:
        return found
    if "service_id" in fields:
        _require_service(tx, fields["service_id"])
    edited = replace(found, **fields, version=found.version + 1, updated_at=tx.now)
    if fields.keys() & {"condition", "service_id"}:
        require_condition(tx, samples, edited.condition, edited.service_id)
    if fields.keys() & set(_MEANING):
        edited = replace(edited, effective_from=tx.now)
        _clear_all(tx, found)
    store.save(tx, edited)
    tx.record(events.fact(events.EDITED, edited, fields=sorted(fields)))
    _begin_rounds(tx, edited)
    return edited


def archive_trigger(tx: Tx, trigger_id: UUID, expected_version: int | None = None) -> None:
    """Take a trigger away; what it fired for clears. Raises NotFound, LostRace."""
    found = _held(tx, trigger_id, expected_version)
    _clear_all(tx, found)
    store.archive(tx, found.id)
    tx.record(events.fact(events.ARCHIVED, found))


def require_condition(tx: ReadTx, samples: Samples, text: str, service_id: str | None) -> Condition:
    """Read a condition; raises Invalid for `condition`, with the character in the message."""
    found = check_condition(tx, samples, text, service_id)
    if isinstance(found, Mistake):
        raise invalid_field("condition", found.message)
    return found


def check_condition(
    tx: ReadTx, samples: Samples, text: str, service_id: str | None
) -> Condition | Mistake:
    """Read a condition, and give it or what is wrong with it."""
    try:
        condition = read_condition(text)
        require_known(condition, _pushed_lately(tx, samples, condition, service_id))
    except Mistake as wrong:
        return wrong
    return condition


def take_round(tx: Tx, portion: Portion, until: datetime) -> None:
    """Write what a portion of a round found, and go on with the next portion or the next round.

    What was edited, or evaluated by somebody else, in the meantime is left alone.
    """
    found = portion.outcomes
    tx.lock(triggers, *{one.trigger.id for one in found})
    now = queries.triggers_by_id(tx, {one.trigger.id for one in found}) if found else {}
    kept = queries.states_of(tx, {one.trigger.id for one in found}) if found else []
    before = {(one.trigger_id, one.service_id): one.standing for one in kept}
    services = catalog.services_by_id(tx, {one.service_id for one in found if one.changes})
    ruled = tx.acting(actor=events.RULE)
    for outcome in found:
        trigger = now.get(outcome.trigger.id)
        if trigger is None or not _still_so(outcome, trigger, before):
            continue
        store.keep(tx, trigger.id, outcome.service_id, outcome.after)
        service = services.get(outcome.service_id)
        for change in outcome.changes:
            tier = service.tier if service else 3
            ruled.record(events.changed(trigger, outcome.service_id, tier, change))
    _go_on(tx, portion, until)


def begin_at_start(tx: Tx) -> None:
    """Have the rounds run where a trigger is enabled; a database may have been restored."""
    if queries.enabled_triggers(tx):
        _schedule(tx, tx.now)


def _still_so(
    outcome: Outcome, trigger: Trigger, before: Mapping[tuple[UUID, str], Standing]
) -> bool:
    return (
        trigger.enabled
        and trigger.effective_from == outcome.trigger.effective_from
        and before.get((trigger.id, outcome.service_id)) == outcome.before
    )


def _go_on(tx: Tx, portion: Portion, until: datetime) -> None:
    if portion.last is not None:
        trigger_id, service_id = portion.last
        _schedule(tx, tx.now, {"until": until.isoformat(), "after": [trigger_id.hex, service_id]})
    elif portion.any_enabled:
        _schedule(tx, max(tx.now, until + EVALUATE_EVERY))


def _begin_rounds(tx: Tx, trigger: Trigger) -> None:
    if trigger.enabled:
        _schedule(tx, tx.now)


def _schedule(tx: Tx, at: datetime, payload: Mapping[str, Any] | None = None) -> None:
    """Nobody in particular evaluates."""
    tx.acting(actor=SYSTEM).schedule(EVALUATE, _ROUND, at, payload)


def _clear_all(tx: Tx, trigger: Trigger) -> None:
    """Clear a trigger for every service for which it fires, and forget where it stood."""
    states = [one for one in queries.states_of(tx, [trigger.id]) if one.standing.is_firing]
    services = catalog.services_by_id(tx, {one.service_id for one in states})
    store.forget(tx, trigger.id)
    for state in states:
        service = services.get(state.service_id)
        over = Change(False, tx.now, tx.now, "The trigger was changed.", {})
        tx.record(events.changed(trigger, state.service_id, service.tier if service else 3, over))


def _held(tx: Tx, trigger_id: UUID, expected: int | None) -> Trigger:
    tx.lock(triggers, trigger_id)
    found = queries.trigger(tx, trigger_id)
    if expected is not None and expected != found.version:
        raise LostRace(f"The trigger is at version {found.version}; read it again.")
    return found


def _require_service(tx: ReadTx, service_id: str | None) -> None:
    if service_id is not None and not catalog.services_by_id(tx, [service_id]):
        raise invalid_field("service_id", f"there is no service “{service_id}”")


def _pushed_lately(
    tx: ReadTx, samples: Samples, condition: Condition, service_id: str | None
) -> set[str]:
    """Which of the names somebody pushes for the service, so that they are no slips."""
    names = [name for name in condition.names if name not in MONITOR_METRICS]
    if service_id is None or not names:
        return set()
    lately = Interval(tx.now - _KNOWN_FOR, tx.now)
    return {
        name for name, values in samples.pushed(tx, service_id, names, lately).items() if values
    }
