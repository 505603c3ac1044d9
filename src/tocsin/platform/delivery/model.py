"""Messages on their way out, and what became of them."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from tocsin.platform.database import Lane

DRILL = "drill"
"""The route every drill's message takes, whatever its channel."""

CHANGED = "delivery.changed"
"""What open screens hear, about a thread, when a delivery of it moved on."""

PROGRAMS = "webhook"
"""The purpose of endpoints behind which programs listen: they get every event, stale or not."""

_SLOT = re.compile(r"\{\{(\w+)\}\}")


class DeliveryState(StrEnum):
    """Where a delivery stands; `blocked` waits for a setting that is named on the row."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    SUPERSEDED = "superseded"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets it: `kind` (subscriber, channel, user …), its id, and the address used.

    `address` may be shown to people. Where the real one is a secret (a Slack webhook's URL),
    `sealed` carries it, sealed, and `address` says only the host.
    """

    kind: str
    id: str
    address: str
    label: str = ""
    sealed: str = ""

    @property
    def key(self) -> str:
        """One queue per recipient: messages of one thread leave in order."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Body:
    """What is said: stored once per content; `{{slot}}` marks are filled per recipient.

    `digest`, the SHA-256 of the canonical JSON, is the body's address.
    """

    content: Mapping[str, Any]
    digest: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        canonical = json.dumps(self.content, sort_keys=True, separators=(",", ":"))
        object.__setattr__(self, "digest", hashlib.sha256(canonical.encode()).digest())


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

    @property
    def route(self) -> str:
        """Which sender takes it: its channel's, or the drill sink."""
        return DRILL if self.drill else self.channel


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery one owner is about to send. `message_id` is the same on every attempt.

    `attempt` counts all attempts from 1; `tries` those of this round, which `send_again` restarts.
    `failing` says that earlier messages to this address failed, so that a success must be noted.
    """

    id: UUID
    tenant: UUID
    channel: str
    route: str
    recipient: Recipient
    digest: bytes
    content: Mapping[str, Any]
    slots: Mapping[str, str]
    thread: str
    purpose: str
    attempt: int
    tries: int
    owner: str
    failing: bool = False

    @property
    def message_id(self) -> str:
        return self.id.hex


@dataclass(frozen=True, slots=True)
class SendResult:
    """The provider's answer to a message it took."""

    answer: str


@dataclass(frozen=True, slots=True)
class Limits:
    """A channel's tempo: how many at once per process, how often, how long between.

    `one_per_recipient` keeps a slow recipient from taking every place of the channel.
    """

    at_once: int
    lease: timedelta = timedelta(seconds=30)
    tries: int = 12
    first: timedelta = timedelta(seconds=2)
    most: timedelta = timedelta(hours=1)
    one_per_recipient: bool = False

    def delay(self, tries: int) -> timedelta:
        """Wait before the next try, after so many (≥ 1); doubles up to `most`."""
        doublings: int = 2 ** min(tries - 1, 20)
        return min(self.most, self.first * doublings)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the ledger as people read it; `content` is there where one delivery was asked for."""

    id: UUID
    channel: str
    recipient: Recipient
    cause: UUID | None
    reason: str
    purpose: str
    thread: str
    state: DeliveryState
    blocked_by: str | None
    attempts: int
    created_at: datetime
    ready_at: datetime
    finished_at: datetime | None
    last_answer: str | None
    drill: bool
    slots: Mapping[str, str]
    content: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DeliveryAttempt:
    """One attempt: `outcome` is sent, failed or interrupted; `answer` is the provider's."""

    number: int
    started_at: datetime
    ended_at: datetime
    outcome: str
    answer: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A recipient's address that failed lately: how often, since when, and whether it is off."""

    channel: str
    recipient_id: str
    failures: int
    failing_since: datetime
    disabled_at: datetime | None


def fill(content: Any, slots: Mapping[str, str]) -> Any:
    """Put slot values into every text of a body: `{{name}}` becomes the value, once."""
    if isinstance(content, str):
        return _SLOT.sub(lambda mark: slots.get(mark[1], mark[0]), content)
    if isinstance(content, Mapping):
        return {key: fill(value, slots) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [fill(value, slots) for value in content]
    return content
