"""Triggers: conditions over what is measured of services, which fire when they hold long enough."""

from .model import Standing, Trigger, TriggerDraft, TriggerState
from .queries import all_triggers as triggers
from .queries import states_of, trigger, triggers_by_id
from .verbs import add_trigger, archive_trigger, edit_trigger

__all__ = [
    "Standing",
    "Trigger",
    "TriggerDraft",
    "TriggerState",
    "add_trigger",
    "archive_trigger",
    "edit_trigger",
    "states_of",
    "trigger",
    "triggers",
    "triggers_by_id",
]
