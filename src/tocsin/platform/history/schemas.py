"""The wire types of journal entries."""

from typing import Any

from tocsin.kernel.facts import ActorKind, Entry, Visibility
from tocsin.platform.wire import Moment, WireModel


class EntryActorOut(WireModel):
    """Who caused it."""

    kind: ActorKind
    id: str


class EntryOut(WireModel):
    """A fact as the journal holds it."""

    id: str
    kind: str
    version: int
    subject: str
    thread: str
    actor: EntryActorOut
    happened_at: Moment
    recorded_at: Moment
    visibility: Visibility
    silent: bool
    drill: bool
    payload: dict[str, Any]

    @classmethod
    def of(cls, entry: Entry) -> "EntryOut":
        return cls(
            id=entry.id.hex,
            kind=entry.kind,
            version=entry.version,
            subject=entry.subject,
            thread=entry.thread,
            actor=EntryActorOut(kind=entry.actor.kind, id=entry.actor.id),
            happened_at=entry.happened_at,
            recorded_at=entry.recorded_at,
            visibility=entry.visibility,
            silent=entry.silent,
            drill=entry.drill,
            payload=dict(entry.payload),
        )
