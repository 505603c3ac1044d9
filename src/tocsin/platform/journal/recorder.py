"""What a transaction can do beyond rows: record facts, schedule work, send messages.

`Spine` binds journal, agenda and ledger to the database, so that state, fact and outgoing message
share one transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import insert

from tocsin.kernel.facts import Entry, Fact, Visibility
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Task, Tx

from .reactions import Cancel, Effect, LaterReaction, Reactions, Schedule, Send
from .tables import journal

REACT = "journal.react"
_APPEND = insert(journal)


@dataclass(frozen=True, slots=True)
class Hint:
    """A live hint: something about this subject changed; fetch it again.

    A `paced` one may wait a moment, so that many about one subject become one.
    """

    tenant: UUID
    kind: str
    subject: str
    public: bool
    version: int = 0
    paced: bool = False


class Agenda(Protocol):
    """The agenda as the spine needs it."""

    def schedule(self, tx: Tx, task: Task) -> None: ...

    def cancel(self, tx: Tx, kind: str, key: str) -> None: ...


class Ledger(Protocol):
    """The delivery ledger as the spine needs it."""

    def send(self, tx: Tx, message: Any) -> UUID | None: ...

    def send_all(self, tx: Tx, messages: Sequence[Any]) -> int: ...


@dataclass(slots=True)
class Spine:
    """State, fact and outgoing message in one transaction."""

    agenda: Agenda
    ledger: Ledger
    reactions: Reactions = field(default_factory=Reactions)
    hint: Callable[[Hint], None] = lambda _: None

    def record(self, tx: Tx, fact: Fact) -> Entry:
        """Append the fact, run immediate reactions, schedule later ones, hint after commit."""
        entry = _entry_of(tx, fact)
        tx.execute(_APPEND, _row_of(entry))
        for reaction in self.reactions.now.get(entry.kind, ()):
            for effect in reaction.react(entry):
                self._apply(tx, effect)
        for later in self.reactions.later.get(entry.kind, ()):
            self.agenda.schedule(tx, _task_for(later, entry))
        tx.after_commit(lambda: self.hint(_hint_of(entry)))
        return entry

    def announce(self, tx: Tx, kind: str, subject: str) -> None:
        """Hint after commit, to members only."""
        hint = Hint(tx.tenant, kind, subject, public=False, paced=True)
        tx.after_commit(lambda: self.hint(hint))

    def schedule(self, tx: Tx, task: Task) -> None:
        self.agenda.schedule(tx, task)

    def cancel(self, tx: Tx, kind: str, key: str) -> None:
        self.agenda.cancel(tx, kind, key)

    def send(self, tx: Tx, message: Any) -> UUID | None:
        return self.ledger.send(tx, message)

    def send_all(self, tx: Tx, messages: Sequence[Any]) -> int:
        return self.ledger.send_all(tx, messages)

    def _apply(self, tx: Tx, effect: Effect) -> None:
        match effect:
            case Schedule(task):
                self.agenda.schedule(tx, task)
            case Cancel(kind, key):
                self.agenda.cancel(tx, kind, key)
            case Send(message):
                self.ledger.send(tx, message)


def _entry_of(tx: Tx, fact: Fact) -> Entry:
    return Entry(
        id=new_id(),
        tenant=tx.tenant,
        actor=tx.actor,
        kind=fact.kind,
        subject=fact.subject,
        thread=fact.thread or fact.subject,
        payload=dict(fact.payload),
        happened_at=fact.happened_at or tx.now,
        recorded_at=tx.now,
        visibility=fact.visibility,
        version=fact.version,
        silent=fact.silent,
        drill=fact.drill,
    )


def _row_of(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "tenant_id": entry.tenant,
        "kind": entry.kind,
        "version": entry.version,
        "subject": entry.subject,
        "thread": entry.thread,
        "actor": str(entry.actor),
        "happened_at": entry.happened_at,
        "recorded_at": entry.recorded_at,
        "visibility": entry.visibility.value,
        "silent": entry.silent,
        "drill": entry.drill,
        "payload": dict(entry.payload),
    }


def _task_for(reaction: LaterReaction, entry: Entry) -> Task:
    return Task(
        kind=REACT,
        key=f"{reaction.name}:{entry.id.hex}",
        at=entry.recorded_at,
        payload={"reaction": reaction.name, "entry": entry.id.hex},
        lane=reaction.lane,
        chain=f"{reaction.name}:{entry.tenant.hex}:{entry.subject}",
    )


def _hint_of(entry: Entry) -> Hint:
    return Hint(entry.tenant, entry.kind, entry.subject, entry.visibility is Visibility.PUBLIC)
