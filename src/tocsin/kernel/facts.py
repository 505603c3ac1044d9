"""Facts: what happened, to which subject, by whom; the words of the one record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class ActorKind(StrEnum):
    """Who can cause a fact."""

    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - the word, not a secret
    RULE = "rule"
    SYSTEM = "system"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts; `id` is the user's or token's id, or the rule's name."""

    kind: ActorKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Actor":
        """Read back what `str(actor)` wrote."""
        kind, _, identifier = text.partition(":")
        return cls(ActorKind(kind), identifier)

    @property
    def is_person(self) -> bool:
        """People and the programs that act with their tokens count as touching an incident."""
        return self.kind in (ActorKind.PERSON, ActorKind.TOKEN)


SYSTEM = Actor(ActorKind.SYSTEM, "tocsin")


class Visibility(StrEnum):
    """Who may learn of a fact: strangers, or only people inside."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, in past tense (`incident.resolved`).

    `subject` is `noun:id`; `thread` is the subject of what it belongs to (the incident), where it
    differs. The payload holds ids, enums, numbers, times and field names only: texts live in
    versioned rows of their room, so that they can be blanked while the record stays true.
    `happened_at` defaults to the transaction's time. A `silent` fact reaches history and feeds,
    never a subscriber; a `drill` fact never leaves the building.
    """

    kind: str
    subject: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    thread: str | None = None
    happened_at: datetime | None = None
    visibility: Visibility = Visibility.INTERNAL
    version: int = 1
    silent: bool = False
    drill: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as the journal holds it."""

    id: UUID
    tenant: UUID
    actor: Actor
    kind: str
    subject: str
    thread: str
    payload: Mapping[str, Any]
    happened_at: datetime
    recorded_at: datetime
    visibility: Visibility
    version: int
    silent: bool
    drill: bool


def subject_of(noun: str, identifier: UUID | str) -> str:
    """Name a subject: `service:github`, `incident:0190…`."""
    return f"{noun}:{identifier.hex if isinstance(identifier, UUID) else identifier}"


def noun_of(subject: str) -> str:
    """The noun of a subject name."""
    return subject.partition(":")[0]


def id_of(subject: str) -> str:
    """The id part of a subject name."""
    return subject.partition(":")[2]
