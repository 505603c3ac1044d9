"""What an agenda item is, and the two ways to do one."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tocsin.kernel.facts import Actor
from tocsin.platform.database import Context, Database, Lane, Tx


@dataclass(frozen=True, slots=True)
class Item:
    """A claimed piece of work. `generation` is the one that was claimed: settling deletes no other."""

    seq: int
    tenant: UUID
    kind: str
    key: str
    lane: Lane
    actor: Actor
    planned_at: datetime
    generation: int
    attempts: int
    payload: Mapping[str, Any]
    owner: str

    @property
    def context(self) -> Context:
        return Context(self.tenant, self.actor)


@dataclass(frozen=True, slots=True)
class Retry:
    """How often work is tried, and the back-off between: doubling from `first` up to `most`."""

    tries: int = 8
    first: timedelta = timedelta(seconds=1)
    most: timedelta = timedelta(minutes=5)

    def delay(self, attempts: int) -> timedelta:
        """Wait before the next try, after so many tries (≥ 1)."""
        return min(self.most, self.first * (1 << min(attempts - 1, 20)))


@dataclass(frozen=True, slots=True)
class VerbJob:
    """Work that is one verb `(tx, item) -> None`: done and settled in one transaction."""

    kind: str
    verb: Callable[[Tx, Item], Any]
    retry: Retry = field(default_factory=Retry)


Done = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class EdgeJob:
    """Work that reaches outside: `async (database, item, done)`.

    It reads, calls out and ends with `await done(verb, *args)`, which writes the outcome and
    settles the item in one transaction. It may run twice; the verb re-checks.
    """

    kind: str
    run: Callable[[Database, Item, Done], Awaitable[None]]
    retry: Retry = field(default_factory=Retry)


Handler = VerbJob | EdgeJob
