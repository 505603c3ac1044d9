"""Lifecycles are data: a table says which verb leads where, one function reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from tocsin.kernel.errors import IllegalTransition, TocsinError, invalid_field

State = TypeVar("State", bound=StrEnum)
Verb = TypeVar("Verb", bound=StrEnum)
Context = TypeVar("Context")
Granted = TypeVar("Granted")

# Generic and frozen dataclasses go without slots: before Python 3.12, `Step[A, B](…)` fails on them.


@dataclass(frozen=True)
class Step(Generic[State, Context]):
    """Where a verb leads; the guard answers why not, as the end of "it is closed, and …"."""

    next: State
    guard: Callable[[Context], str | None] | None = None


@dataclass(frozen=True)
class Transition(Generic[State, Verb]):
    """A verb that may run; `before` is what the conditional UPDATE compares with."""

    verb: Verb
    before: State
    after: State

    @property
    def moves(self) -> bool:
        """Whether the state changes; some verbs (acknowledge) leave it as it is."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The verb has been done already: answer as if it had just worked, and record nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, for people; `field` names the request's field that is missing or wrong."""

    reason: str
    field: str | None = None

    def error(self) -> TocsinError:
        """The refusal as an error: 422 for a wrong field, else 409 `illegal_transition`."""
        if self.field is not None:
            return invalid_field(self.field, self.reason)
        return IllegalTransition(self.reason)


def granted(decision: Granted | Refusal) -> Granted:
    """Return what was granted; a refusal is raised as its error."""
    if isinstance(decision, Refusal):
        raise decision.error()
    return decision


@dataclass(frozen=True)
class Lifecycle(Generic[State, Verb, Context]):
    """The table of one noun: every (state, verb) that is not in it is refused."""

    noun: str
    steps: Mapping[tuple[State, Verb], Step[State, Context]]

    def decide(
        self, state: State, verb: Verb, context: Context
    ) -> Transition[State, Verb] | Refusal:
        """Say where the verb leads, or refuse in a sentence that names the state and the verb."""
        step = self.steps.get((state, verb))
        if step is None:
            return Refusal(f"{self._cannot(state, verb)}; {self._instead(verb)}.")
        objection = step.guard(context) if step.guard else None
        if objection is not None:
            return Refusal(f"{self._cannot(state, verb)}, and {objection}.")
        return Transition(verb, before=state, after=step.next)

    def states_for(self, verb: Verb) -> tuple[State, ...]:
        """The states from which a verb leads anywhere, in the table's order."""
        return tuple(state for state, known in self.steps if known == verb)

    def _cannot(self, state: State, verb: Verb) -> str:
        return f"Cannot {verb} this {self.noun}: it is {state}"

    def _instead(self, verb: Verb) -> str:
        states = self.states_for(verb)
        return f"{verb} works from {_listed(states)}" if states else f"no state allows {verb}"


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
