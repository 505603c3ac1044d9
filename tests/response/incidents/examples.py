"""Incidents and updates to begin a test with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tocsin.kernel.facts import Actor, ActorKind
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.response.incidents.model import (
    Impact,
    Incident,
    Pause,
    PendingReason,
    Phase,
    Priority,
    State,
    Update,
    Urgency,
)

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
PERSON = Actor(ActorKind.PERSON, "0190")
RULE = Actor(ActorKind.RULE, "default")

NEW = Incident(
    id=UUID(int=1),
    number=1,
    title="Checkout fails",
    severity=Severity.HIGH,
    impact=Impact.HIGH,
    urgency=Urgency.MEDIUM,
    priority=Priority.P2,
    started_at=START,
    opened_at=START,
    opened_by=RULE,
)


def minute(n: float) -> datetime:
    return START + timedelta(minutes=n)


def in_state(state: State, **more) -> Incident:
    """An incident that got into this state at minute 10, held since then if it is pending."""
    stamps: dict[State, dict[str, Any]] = {
        State.PENDING: {
            "pending_reason": PendingReason.VENDOR,
            "pauses": (Pause(minute(10), None, PendingReason.VENDOR),),
        },
        State.RESOLVED: {"resolved_at": minute(10), "resolution_note": "Restarted."},
        State.CLOSED: {"resolved_at": minute(10), "closed_at": minute(10)},
        State.CANCELLED: {"cancelled_at": minute(10), "cancel_reason": "A test."},
    }
    return replace(NEW, state=state, **{**stamps.get(state, {}), **more})


def update(
    at: float,
    phase: Phase,
    impacts: dict[str, Status] | None = None,
    *,
    written: float | None = None,
    public: bool = True,
    number: int = 0,
) -> Update:
    """An update of minute `at`, written then or at minute `written`."""
    return Update(
        id=UUID(int=number),
        at=minute(at),
        recorded_at=minute(at if written is None else written),
        phase=phase,
        public=public,
        texts={"en": "Words."},
        impacts=impacts or {},
    )
