"""The loops that send: one per channel, never more in flight than the channel allows.

Send, then mark sent: a crash in between repeats at most what was in flight, under the same id.
"""

import asyncio
import os
import secrets
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from tocsin.platform.database import Context, Database, Lane

from . import store
from .model import Claimed
from .ports import Channel, DeliveryError

log = structlog.get_logger("tocsin.delivery")

_POLL_SECONDS = 1.0


class DeliveryRunner:
    """Claims and sends until stopped; several may run on one database."""

    def __init__(self, database: Database, channels: Sequence[Channel], house: Context) -> None:
        self._database = database
        self._channels = {channel.name: channel for channel in channels}
        self._house = house
        self.owner = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._wake = {name: asyncio.Event() for name in self._channels}
        self._flying: dict[str, set[asyncio.Task[None]]] = {name: set() for name in self._channels}
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False

    def wake(self, channel: str) -> None:
        """Look at once; call it from the event loop's thread."""
        if channel in self._wake:
            self._wake[channel].set()

    async def start(self) -> None:
        self._loops = [
            asyncio.create_task(self._serve(channel), name=f"delivery-{channel.name}")
            for channel in self._channels.values()
        ]

    async def stop(self, drain_seconds: float = 5.0) -> None:
        """Claim nothing new, let what is in flight land, return the leases."""
        self._stopping = True
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        flying = [task for tasks in self._flying.values() for task in tasks]
        if flying:
            _, late = await asyncio.wait(flying, timeout=drain_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._database.write(self._house, store.put_back, self.owner)
        for channel in self._channels.values():
            await channel.close()

    async def run_due(self) -> int:
        """Send everything that is due; return how many attempts. For tests that move the clock."""
        done = 0
        while True:
            claimed = [
                message
                for channel in self._channels.values()
                for message in await self._claim(channel, channel.limits.at_once)
            ]
            if not claimed:
                return done
            await asyncio.gather(*(self._deliver(message) for message in claimed))
            done += len(claimed)

    async def _serve(self, channel: Channel) -> None:
        flying = self._flying[channel.name]
        wake = self._wake[channel.name]
        while not self._stopping:
            wake.clear()
            room = channel.limits.at_once - len(flying)
            claimed = await self._claim_safely(channel, room) if room > 0 else []
            for message in claimed:
                task = asyncio.create_task(self._deliver(message))
                flying.add(task)
                task.add_done_callback(flying.discard)
                task.add_done_callback(lambda _: wake.set())
            if not claimed:
                with suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), _POLL_SECONDS)

    async def _claim_safely(self, channel: Channel, most: int) -> list[Claimed]:
        try:
            return await self._claim(channel, most)
        except Exception:
            log.exception("delivery.claim_failed", channel=channel.name)
            await asyncio.sleep(_POLL_SECONDS)
            return []

    async def _claim(self, channel: Channel, most: int) -> list[Claimed]:
        if channel.missing_setting:
            return []
        return await self._database.write_in(
            Lane.NORMAL,
            self._house,
            store.claim,
            channel.name,
            self.owner,
            channel.limits.lease,
            most,
        )

    async def _deliver(self, message: Claimed) -> None:
        channel = self._channels[message.channel]
        started = self._database.clock.now()
        outcome = await self._attempt(channel, message, started)
        context = Context(message.tenant, self._house.actor)
        try:
            await self._database.write_in(
                Lane.NORMAL, context, store.finish, message, outcome, channel.limits
            )
        except Exception:
            # The lease runs out and the message is tried again under the same id.
            log.exception("delivery.outcome_not_written", delivery=message.message_id)

    async def _attempt(
        self, channel: Channel, message: Claimed, started: datetime
    ) -> store.Outcome:
        try:
            async with asyncio.timeout(channel.limits.lease.total_seconds() * 0.8):
                result = await channel.send(message)
        except DeliveryError as error:
            return store.Outcome(started, error.answer, error)
        except TimeoutError:
            return _not_taken(started, "The provider gave no answer in time.")
        except Exception as error:
            log.exception("delivery.channel_broke", channel=channel.name)
            return _not_taken(started, f"{type(error).__name__}: {error}")
        return store.Outcome(started, result.answer)


def _not_taken(started: datetime, answer: str) -> store.Outcome:
    return store.Outcome(started, answer, DeliveryError(answer, permanent=False))
