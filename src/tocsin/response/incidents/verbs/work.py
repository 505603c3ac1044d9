"""An incident in a verb's hands: steps decide on it, `finish` writes it once with its facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from tocsin.kernel.errors import LostRace
from tocsin.kernel.facts import Fact
from tocsin.kernel.ids import new_id, new_public_id
from tocsin.kernel.lifecycle import Refusal, Unchanged
from tocsin.platform.database import Tx
from tocsin.response.incidents import events, lifecycle, queries, rules, store
from tocsin.response.incidents.model import Incident, State, Update

CLOSE = "incidents.close"
"""The agenda's kind of closing a resolved incident by itself."""

LANGUAGE = "en"
"""The language of a text whose language nobody named."""


@dataclass(slots=True)
class Work:
    """One unit's work on one incident; nothing is written before `finish`."""

    tx: Tx
    before: Incident
    incident: Incident
    facts: list[Fact | Update] = field(default_factory=list)
    words: dict[UUID, str] = field(default_factory=dict)
    known: list[Update] | None = None
    told: Incident | None = None

    @property
    def updates(self) -> list[Update]:
        """The updates so far, those of this unit too."""
        if self.known is None:
            self.known = queries.updates_of(self.tx, self.before.id)
        return self.known

    def take(self, outcome: lifecycle.Outcome) -> bool:
        """Accept what a verb made of the incident; False where it had been done already.

        Raises IllegalTransition or Invalid for a refusal.
        """
        if isinstance(outcome, Refusal):
            raise outcome.error()
        if isinstance(outcome, Unchanged):
            return False
        self.incident = outcome.incident
        return True

    def tell(self, kind: str, payload: Mapping[str, Any] | None = None) -> None:
        """Record this fact when the work is written, with what moved since the last one told."""
        moved = events.moved(self.told or self.before, self.incident)
        self.told = self.incident
        self.facts.append(events.fact(kind, self.before.id, {**moved, **(payload or {})}))

    def say(self, words: str) -> str:
        """Keep the words that go with a fact; returns the id by which its payload names them."""
        identifier = new_id()
        self.words[identifier] = words
        return identifier.hex

    def publish(self, update: Update, title: str | None = None) -> None:
        """Add an update; a public one moves the face, and the first makes it."""
        self.updates.append(update)
        self.facts.append(update)
        if not update.public:
            return
        now = self.tx.now
        self.incident = replace(
            self.incident,
            phase=rules.derive_phase(self.updates, now),
            public_id=self.incident.public_id or new_public_id(),
            public_title=title or self.incident.public_title or self.incident.title,
        )

    def publish_face(self, face: rules.FaceUpdate | None) -> None:
        """Add the public update that a verb brings with it, on every page that knows of it."""
        if face is None:
            return
        text = face.text or rules.DEFAULT_TEXTS[face.phase]
        self.publish(
            Update(
                id=new_id(),
                at=self.tx.now,
                recorded_at=self.tx.now,
                phase=face.phase,
                public=True,
                texts={LANGUAGE: text},
                pages=tuple(queries.pages_of(self.tx, self.before.id)),
                author=self.tx.actor,
            )
        )

    def finish(self) -> Incident:
        """Write everything as one version; work that changed nothing writes nothing."""
        if self.incident == self.before and not self.facts:
            return self.before
        touched = rules.touch(self.incident, self.tx.actor, self.tx.now)
        store.save(self.tx, self.before, touched)
        for identifier, words in self.words.items():
            store.add_note(self.tx, self.before.id, identifier, words)
        for fact in self.facts:
            self._record(fact)
        if any(isinstance(fact, Update) and fact.public for fact in self.facts):
            self._redraw_face()
        self._plan_closing()
        return replace(touched, version=self.before.version + 1, updated_at=self.tx.now)

    def _record(self, fact: Fact | Update) -> None:
        if isinstance(fact, Fact):
            self.tx.record(fact)
            return
        entry = self.tx.record(events.updated(self.before.id, fact))
        store.add_update(self.tx, self.before.id, fact, entry.id)

    def _redraw_face(self) -> None:
        told = [update for update in self.updates if update.public]
        store.note_face(self.tx, self.before.id, told)
        segments = rules.impact_segments(told, self.tx.now)
        store.redraw_impacts(self.tx, self.before.id, segments)

    def _plan_closing(self) -> None:
        if self.incident.state is self.before.state:
            return
        due = lifecycle.close_due_at(self.incident)
        if due is not None:
            self.tx.schedule(CLOSE, self.before.id.hex, due, {"incident": self.before.id.hex})
        elif self.before.state is State.RESOLVED:
            self.tx.cancel(CLOSE, self.before.id.hex)


def begin(tx: Tx, ref: str | UUID, expected_version: int | None = None) -> Work:
    """Lock an incident and take it up; raises NotFound, and LostRace for another version."""
    found = queries.hold(tx, ref)
    if expected_version is not None and expected_version != found.version:
        raise LostRace(f"{found.reference} is at version {found.version}; read it again.")
    return Work(tx, found, found)
