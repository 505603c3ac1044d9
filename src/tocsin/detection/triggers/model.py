"""What a trigger is, and where it stands for each service that it watches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tocsin.kernel.severity import Severity

MOST_MINUTES = 1_440
MOST_TRIGGERS = 200


@dataclass(frozen=True, slots=True)
class Monitor:
    """An own check of a service, as triggers see it.

    `answers` is false for checks without a response time of their own, such as heartbeats.
    """

    id: UUID
    name: str
    interval_seconds: float
    answers: bool = True


@dataclass(frozen=True, slots=True)
class TriggerDraft:
    """A trigger as somebody wants it; `service_id` None watches every service."""

    name: str
    condition: str
    service_id: str | None = None
    duration_minutes: int = 5
    auto_create_incident: bool = False
    severity: Severity = Severity.MEDIUM
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Trigger:
    """A condition that fires when it has held for `duration_minutes`.

    `effective_from` is when it began to mean what it means now: values from before decide nothing.
    """

    id: UUID
    name: str
    service_id: str | None
    condition: str
    duration_minutes: int
    auto_create_incident: bool
    severity: Severity
    enabled: bool
    version: int
    created_at: datetime
    updated_at: datetime
    effective_from: datetime

    @property
    def duration(self) -> timedelta:
        """How long the condition must hold."""
        return timedelta(minutes=self.duration_minutes)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a trigger stands for one service.

    `firing_since` is when the condition began to hold, `fired_at` when that had lasted long enough;
    both None while it does not fire. `values` are those of the last change (None: no answer or
    unknown), `reason` says why in a sentence. `held` is what the evaluation goes on from, by stream.
    """

    firing_since: datetime | None = None
    fired_at: datetime | None = None
    evaluated_at: datetime | None = None
    values: Mapping[str, float | None] = field(default_factory=dict)
    reason: str | None = None
    held: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def is_firing(self) -> bool:
        return self.fired_at is not None


@dataclass(frozen=True, slots=True)
class TriggerState:
    """A standing with the trigger and the service that it belongs to."""

    trigger_id: UUID
    service_id: str
    standing: Standing
