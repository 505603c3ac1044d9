"""How pollers do, in words: broken, well again, moved, and components that are gone."""

from dataclasses import dataclass
from uuid import UUID

from tocsin.detection import signals
from tocsin.detection.signals import events
from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Entry
from tocsin.platform.database import ReadTx

_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class PollerWords:
    """A headline and a sentence; `health` is the poller's own state for programs."""

    headline: str
    sentence: str
    health: str


def poller_words(tx: ReadTx, cause: Entry, name: str) -> PollerWords:
    """What happened to the poller of a service, which says nothing about the service itself."""
    said = cause.payload
    match cause.kind:
        case events.POLLER_BROKE:
            return PollerWords(
                f"Cannot be read: {name}",
                f"{name} could not be read {said['failures']} times in a row."
                f"{_last_error(tx, UUID(said['source']))} Until it can be read again nobody here "
                "knows how the service is; this says nothing about the service.",
                "broken",
            )
        case events.SOURCE_MOVED:
            return PollerWords(
                f"Moved: {name}",
                f"The source of {name} now redirects to {said['host']}. It is not followed by "
                "itself; open the service and choose Use this.",
                "failing",
            )
        case events.COMPONENTS_VANISHED:
            return PollerWords(
                f"Components missing: {name}",
                f"The source of {name} no longer tells how {_vanished(tx, UUID(said['source']))} "
                "does. Until it does, or you choose another component, the service is unknown at "
                "best.",
                "ok",
            )
        case _:
            return PollerWords(f"Can be read again: {name}", f"{name} answers polls again.", "ok")


def _last_error(tx: ReadTx, source_id: UUID) -> str:
    """Why, behind a blank; nothing where the source is gone."""
    state = _state(tx, source_id)
    return f" {state.last_error.rstrip('.')}." if state and state.last_error else ""


def _vanished(tx: ReadTx, source_id: UUID) -> str:
    """What is missing now, by the names people know."""
    state = _state(tx, source_id)
    names = [state.known_names.get(one, one) for one in state.vanished] if state else []
    shown = ", ".join(f"“{one}”" for one in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown or "what is watched"


def _state(tx: ReadTx, source_id: UUID) -> signals.SourceState | None:
    try:
        return signals.source(tx, source_id).state
    except NotFound:
        return None
