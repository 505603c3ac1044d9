"""Messages on their way out, and what became of them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from tocsin.platform.database import Lane


class DeliveryState(StrEnum):
    """Where a delivery stands; `blocked` waits for a setting that is named on the row."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    SUPERSEDED = "superseded"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets it: `kind` (subscriber, channel, user, webhook …), its id, and the address used."""

    kind: str
    id: str
    address: str
    label: str = ""

    @property
    def key(self) -> str:
        """One queue per recipient: messages of one thread leave in order."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Body:
    """What is said: stored once per content; `{{slot}}` marks are filled per recipient."""

    content: Mapping[str, Any]

    @property
    def digest(self) -> bytes:
        """SHA-256 of the canonical JSON: the body's address."""
        canonical = json.dumps(self.content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).digest()


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one recipient. `cause` is the journal entry, `reason` says why this recipient.

    `key` makes it one of its kind for ever: sending it again enters nothing. `purpose` names what
    the endpoint is used for: `subscriber` and `webhook` endpoints may disable themselves,
    `paging` and `ops` never do.
    """

    channel: str
    recipient: Recipient
    body: Body
    key: str
    cause: UUID | None
    reason: str
    purpose: str
    thread: str
    slots: Mapping[str, str] = field(default_factory=dict)
    lane: Lane = Lane.NORMAL
    drill: bool = False


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery one owner is about to send. `message_id` is the same on every attempt."""

    id: UUID
    tenant: UUID
    channel: str
    recipient: Recipient
    content: Mapping[str, Any]
    slots: Mapping[str, str]
    thread: str
    purpose: str
    attempt: int
    owner: str

    @property
    def message_id(self) -> str:
        return self.id.hex


@dataclass(frozen=True, slots=True)
class SendResult:
    """The provider's answer to a message it took."""

    answer: str


@dataclass(frozen=True, slots=True)
class Limits:
    """A channel's tempo: how many at once per process, how often, how long between."""

    at_once: int
    lease: timedelta = timedelta(seconds=60)
    tries: int = 12
    first: timedelta = timedelta(seconds=2)
    most: timedelta = timedelta(hours=1)

    def delay(self, attempt: int) -> timedelta:
        """Wait before the next attempt, after so many (≥ 1); doubles up to `most`."""
        return min(self.most, self.first * (1 << min(attempt - 1, 20)))


def fill(content: Any, slots: Mapping[str, str]) -> Any:
    """Put slot values into every text of a body: `{{name}}` becomes the value."""
    if isinstance(content, str):
        for name, value in slots.items():
            content = content.replace("{{" + name + "}}", value)
        return content
    if isinstance(content, Mapping):
        return {key: fill(value, slots) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [fill(value, slots) for value in content]
    return content
