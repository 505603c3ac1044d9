"""The wire types of deliveries."""

from collections.abc import Mapping
from typing import Any

from tocsin.kernel.facts import Entry
from tocsin.platform.wire import Moment, WireModel

from .model import Delivery, DeliveryAttempt, DeliveryState, fill

HIDDEN = "(hidden)"


class RecipientOut(WireModel):
    """Who got it."""

    kind: str
    id: str
    label: str
    address: str


class CauseOut(WireModel):
    """The journal entry that caused it."""

    id: str
    kind: str
    subject: str


class DeliveryFactsOut(WireModel):
    """What lists and details tell of a delivery alike."""

    id: str
    channel: str
    recipient: RecipientOut
    reason: str
    purpose: str
    cause: CauseOut | None
    thread: str
    state: DeliveryState
    blocked_by: str | None
    created_at: Moment
    ready_at: Moment
    finished_at: Moment | None
    last_answer: str | None
    drill: bool


class DeliveryOut(DeliveryFactsOut):
    """A delivery in a list; `attempts` is how many there were."""

    attempts: int

    @classmethod
    def of(cls, one: Delivery, causes: Mapping[Any, Entry]) -> "DeliveryOut":
        return cls(**_values(one, causes), attempts=one.attempts)


class AttemptOut(WireModel):
    """One attempt, and the provider's answer."""

    number: int
    started_at: Moment
    ended_at: Moment
    outcome: str
    answer: str


class DeliveryDetailOut(DeliveryFactsOut):
    """A delivery with each attempt and what was said; personal links in it are hidden."""

    body: Any
    attempts: list[AttemptOut]

    @classmethod
    def told(
        cls, one: Delivery, causes: Mapping[Any, Entry], attempts: list[DeliveryAttempt]
    ) -> "DeliveryDetailOut":
        return cls(
            **_values(one, causes),
            body=fill(one.content, shown_slots(one.slots)),
            attempts=[AttemptOut.model_validate(each) for each in attempts],
        )


def shown_slots(slots: Mapping[str, str]) -> dict[str, str]:
    """Slots as others than the recipient may see them: their personal links act for them."""
    return {name: HIDDEN if name.endswith("_url") else value for name, value in slots.items()}


def _values(one: Delivery, causes: Mapping[Any, Entry]) -> dict[str, Any]:
    cause = causes.get(one.cause)
    to = one.recipient
    return {
        "id": one.id.hex,
        "channel": one.channel,
        "recipient": RecipientOut(kind=to.kind, id=to.id, label=to.label, address=to.address),
        "reason": one.reason,
        "purpose": one.purpose,
        "cause": CauseOut(id=cause.id.hex, kind=cause.kind, subject=cause.subject)
        if cause
        else None,
        "thread": one.thread,
        "state": one.state,
        "blocked_by": one.blocked_by,
        "created_at": one.created_at,
        "ready_at": one.ready_at,
        "finished_at": one.finished_at,
        "last_answer": one.last_answer,
        "drill": one.drill,
    }
