"""Who reacts to which fact: now, purely and in the same transaction, or later, through the agenda."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tocsin.kernel.facts import Entry
from tocsin.platform.database import Lane, Task, Tx


@dataclass(frozen=True, slots=True)
class Schedule:
    """Put this on the agenda."""

    task: Task


@dataclass(frozen=True, slots=True)
class Cancel:
    """Take this off the agenda."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Send:
    """Enter this message in the ledger; its recipient is named by the fact itself."""

    message: Any


Effect = Schedule | Cancel | Send


@dataclass(frozen=True, slots=True)
class NowReaction:
    """A pure function from a fact to effects; it sees no transaction and asks no question."""

    name: str
    kinds: tuple[str, ...]
    react: Callable[[Entry], Iterable[Effect]]


@dataclass(frozen=True, slots=True)
class LaterReaction:
    """A verb `(tx, entry) -> None` that runs after the commit, in commit order per subject."""

    name: str
    kinds: tuple[str, ...]
    verb: Callable[[Tx, Entry], Any]
    lane: Lane = Lane.NORMAL


@dataclass(slots=True)
class Reactions:
    """The whole wiring of facts to listeners, from which `docs/flow.md` is generated."""

    now: dict[str, list[NowReaction]] = field(default_factory=dict)
    later: dict[str, list[LaterReaction]] = field(default_factory=dict)
    by_name: dict[str, LaterReaction] = field(default_factory=dict)

    def add(self, reaction: NowReaction | LaterReaction) -> None:
        """Register a reaction; a later reaction's name must be its own, for rows refer to it."""
        if isinstance(reaction, NowReaction):
            for kind in reaction.kinds:
                self.now.setdefault(kind, []).append(reaction)
            return
        if reaction.name in self.by_name:
            raise ValueError(f"two reactions are called {reaction.name}")
        self.by_name[reaction.name] = reaction
        for kind in reaction.kinds:
            self.later.setdefault(kind, []).append(reaction)
