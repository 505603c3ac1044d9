"""Facts of triggers.

`trigger.fired` and `trigger.cleared` are what alerts follow: their payloads name the service with
its tier, so that a reaction need not look it up, and stay as they are. Texts are not in them: the
condition and the reason are in the room's rows.
"""

from typing import Any
from uuid import UUID

from tocsin.kernel.facts import Actor, ActorKind, Fact, subject_of

from .model import Trigger
from .rules import Change

FIRED = "trigger.fired"
CLEARED = "trigger.cleared"
ADDED = "trigger.added"
EDITED = "trigger.edited"
ARCHIVED = "trigger.archived"

RULE = Actor(ActorKind.RULE, "triggers")
"""Who acts when a trigger fires or clears by itself."""


def changed(trigger: Trigger, service_id: str, tier: int, change: Change) -> Fact:
    """A trigger fired or cleared for a service.

    `trigger` is the trigger's id in hex, `auto_create` whether an incident should open, `values`
    what was measured by operand (`{"response_time": 31000.0}`; null: no answer, or unknown).
    `since` is when the condition began (fired) or ceased (cleared) to hold. The fact happened when
    the values say so, which may be a little before it is recorded.
    """
    payload = {
        "trigger": trigger.id.hex,
        "service_id": service_id,
        "tier": tier,
        "severity": trigger.severity.value,
        "auto_create": trigger.auto_create_incident,
        "values": dict(change.values),
        "since": change.since.isoformat(),
    }
    kind = FIRED if change.fired else CLEARED
    return Fact(kind, _subject(trigger.id), payload, happened_at=change.at)


def fact(kind: str, trigger: Trigger, **more: Any) -> Fact:
    """A person added, edited or archived a trigger; ids and enums only."""
    payload = {
        "service_id": trigger.service_id,
        "severity": trigger.severity.value,
        "duration_minutes": trigger.duration_minutes,
        "auto_create": trigger.auto_create_incident,
        "enabled": trigger.enabled,
        "version": trigger.version,
        **more,
    }
    return Fact(kind, _subject(trigger.id), payload)


def _subject(trigger_id: UUID) -> str:
    return subject_of("trigger", trigger_id)
