"""A unit of work on its way to the database, and the three lanes it waits in."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from tocsin.kernel.errors import Unavailable

from .tx import Context, Lane, Tx

Verb = Callable[..., Any]

BOUNDS = {Lane.URGENT: 20_000, Lane.NORMAL: 4_000, Lane.BULK: 1_000}
_ORDER = (Lane.URGENT, Lane.NORMAL, Lane.BULK)


@dataclass(slots=True)
class Unit:
    """A verb with its frozen arguments: running it twice is harmless."""

    verb: Verb
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    context: Context
    lane: Lane
    future: "Future[Any]" = field(default_factory=Future)
    queued_at: float = field(default_factory=time.perf_counter)

    def run(self, tx: Tx) -> Any:
        return self.verb(tx, *self.args, **self.kwargs)


class Lanes:
    """Three bounded queues, served urgent first; the caller holds the lock."""

    def __init__(self, bounds: dict[Lane, int] | None = None) -> None:
        self._queues: dict[Lane, deque[Unit]] = {lane: deque() for lane in _ORDER}
        self._bounds = bounds or BOUNDS

    def put(self, unit: Unit) -> None:
        """Queue a unit; a full lane raises Unavailable (503) at once."""
        queue = self._queues[unit.lane]
        if len(queue) >= self._bounds[unit.lane]:
            raise Unavailable("Too much work is waiting. Try again shortly.", code="overloaded")
        queue.append(unit)

    def take(self) -> Unit | None:
        """The next unit, urgent ones first."""
        for lane in _ORDER:
            if self._queues[lane]:
                return self._queues[lane].popleft()
        return None

    def take_from(self, lane: Lane) -> Unit | None:
        """The next unit of one lane."""
        return self._queues[lane].popleft() if self._queues[lane] else None

    def __bool__(self) -> bool:
        return any(self._queues.values())
