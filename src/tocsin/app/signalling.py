"""Wake-ups and hints on their way: coalesced per loop turn, told to this process and the others."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

from tocsin.platform.database import Lane
from tocsin.platform.journal import Hint
from tocsin.platform.live import Bus, Hub

_MOST_HINTS = 200
PACE_SECONDS = 0.5
"""How long a paced hint may wait: while 20,000 letters leave, a screen hears of them twice a second."""


class Signalling:
    """Collects what commits announce, from any thread, and passes it on from the event loop."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._bus: Bus | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._lanes: set[Lane] = set()
        self._channels: set[str] = set()
        self._hints: dict[tuple[UUID, str, str], Hint] = {}
        self._paced: dict[tuple[UUID, str, str], Hint] = {}
        self._flush_planned = False
        self._pace_planned = False
        self.on_lane: Callable[[Lane], None] = lambda _: None
        self.on_channel: Callable[[str], None] = lambda _: None

    def attach(self, loop: asyncio.AbstractEventLoop, bus: Bus | None) -> None:
        """Name the loop, and the bus to the other processes."""
        self._loop, self._bus = loop, bus
        self._hub.attach(loop)
        loop.call_soon_threadsafe(self._release)  # what commits announced before anybody listened

    def wake_lane(self, lane: Lane) -> None:
        self._collect(lambda: self._lanes.add(lane))

    def wake_channel(self, channel: str) -> None:
        self._collect(lambda: self._channels.add(channel))

    def hint(self, hint: Hint) -> None:
        key = (hint.tenant, hint.kind, hint.subject)
        if hint.paced:
            self._pace(key, hint)
        else:
            self._collect(lambda: self._hints.__setitem__(key, hint))

    def receive(self, message: dict[str, Any]) -> None:
        """Take what another process said."""
        for lane in message.get("lanes", ()):
            self.on_lane(Lane(lane))
        for channel in message.get("channels", ()):
            self.on_channel(channel)
        for tenant, kind, subject, public, version in message.get("hints", ()):
            self._hub.publish(Hint(UUID(tenant), kind, subject, public, version))

    def _collect(self, add: Callable[[], None]) -> None:
        with self._lock:
            add()
            planned, self._flush_planned = self._flush_planned, True
        if planned or self._loop is None or self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._flush)

    def _pace(self, key: tuple[UUID, str, str], hint: Hint) -> None:
        with self._lock:
            self._paced[key] = hint
            planned, self._pace_planned = self._pace_planned, True
        if planned or self._loop is None or self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._loop.call_later, PACE_SECONDS, self._release)

    def _release(self) -> None:
        """Let the paced hints go: they join what leaves with this turn."""
        with self._lock:
            self._hints |= self._paced
            self._paced = {}
            self._pace_planned = False
        self._flush()

    def _flush(self) -> None:
        with self._lock:
            lanes, self._lanes = self._lanes, set()
            channels, self._channels = self._channels, set()
            hints, self._hints = list(self._hints.values()), {}
            self._flush_planned = False
        for lane in lanes:
            self.on_lane(lane)
        for channel in channels:
            self.on_channel(channel)
        for hint in hints:
            self._hub.publish(hint)
        if self._bus is not None:
            self._tell_others(self._bus, lanes, channels, hints)

    def _tell_others(
        self, bus: Bus, lanes: set[Lane], channels: set[str], hints: list[Hint]
    ) -> None:
        said = [
            [hint.tenant.hex, hint.kind, hint.subject, hint.public, hint.version] for hint in hints
        ]
        first = {"lanes": sorted(lanes), "channels": sorted(channels), "hints": said[:_MOST_HINTS]}
        bus.publish(first)
        for start in range(_MOST_HINTS, len(said), _MOST_HINTS):
            bus.publish({"hints": said[start : start + _MOST_HINTS]})
