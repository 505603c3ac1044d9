"""The hub of one process: hints go to every open socket that may know of them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tocsin.platform.journal import Hint

_MOST_WAITING = 256


@dataclass(slots=True, eq=False)
class Subscriber:
    """One open socket. A reader that falls behind is told to fetch everything, not fed for ever.

    A status page's socket names its `subject` and no tenant; the console's names its tenant.
    """

    tenant: UUID | None
    public_only: bool
    subject: str | None = None
    queue: "asyncio.Queue[dict[str, Any]]" = field(
        default_factory=lambda: asyncio.Queue(_MOST_WAITING)
    )

    def wants(self, hint: Hint) -> bool:
        if self.subject is not None and hint.subject != self.subject:
            return False
        mine = self.tenant is None or hint.tenant == self.tenant
        return mine and (hint.public or not self.public_only)

    def offer(self, message: dict[str, Any]) -> None:
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            message = {"kind": "everything", "subject": "", "version": 0}
        self.queue.put_nowait(message)


class Hub:
    """Takes hints from any thread, hands them out on the event loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._subscribers: set[Subscriber] = set()
        self._listeners: list[Callable[[Hint], None]] = []

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Name the loop on which sockets live."""
        self._loop = loop

    def listen(self, listener: Callable[[Hint], None]) -> None:
        """Call this for every hint, on the loop; the status page's sockets hang on it."""
        self._listeners.append(listener)

    def publish(self, hint: Hint) -> None:
        """Hand a hint to this process's sockets; thread-safe, never blocks."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hand_out, hint)

    def join(self, subscriber: Subscriber) -> None:
        self._subscribers.add(subscriber)

    def leave(self, subscriber: Subscriber) -> None:
        self._subscribers.discard(subscriber)

    def __len__(self) -> int:
        return len(self._subscribers)

    def _hand_out(self, hint: Hint) -> None:
        message = {"kind": hint.kind, "subject": hint.subject, "version": hint.version}
        for subscriber in self._subscribers:
            if subscriber.wants(hint):
                subscriber.offer(message)
        for listener in self._listeners:
            listener(hint)
