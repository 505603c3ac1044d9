"""The loops that send: one per channel, never more in flight than the channel allows.

Send, then mark sent: a crash in between repeats at most what was in flight, under the same id.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from tocsin.platform.database import Context, Database, Lane

from . import claims, outcomes, verbs
from .drill import DrillSink
from .gate import Gate
from .model import Claimed
from .outcomes import Outcome
from .owners import is_dead, owner_name
from .ports import Channel, DeliveryError

log = structlog.get_logger("tocsin.delivery")

_POLL_SECONDS = 1.0
_WRITE_TRIES = 6


class DeliveryRunner:
    """Claims and sends until stopped; several may run on one database.

    `observe` takes the channel and outcome of each attempt, for metrics.
    """

    def __init__(
        self,
        database: Database,
        channels: Sequence[Channel],
        house: Context,
        observe: Callable[[str, str], None] = lambda *_: None,
    ) -> None:
        self._observe = observe
        self._database = database
        self._channels: dict[str, Channel] = {each.name: each for each in (*channels, DrillSink())}
        self._house = house
        self.owner = owner_name()
        self._wake = {name: asyncio.Event() for name in self._channels}
        self._gates = {name: Gate() for name in self._channels}
        self._flying: dict[str, set[asyncio.Task[None]]] = {name: set() for name in self._channels}
        self._released: set[str] = set()
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False

    def wake(self, route: str) -> None:
        """Look at once; call it from the event loop's thread."""
        if route in self._wake:
            self._wake[route].set()

    async def start(self) -> None:
        """Take over from owners that died on this machine, then serve every channel."""
        for owner in await self._database.read(self._house, claims.owners):
            if is_dead(owner):
                await self._database.write(self._house, claims.put_back, owner)
        self._loops = [
            asyncio.create_task(self._serve(channel), name=f"delivery-{channel.name}")
            for channel in self._channels.values()
        ]

    async def stop(self, drain_seconds: float = 5.0) -> None:
        """Claim nothing new, let what is in flight land, return the leases."""
        self._stopping = True
        for wake in self._wake.values():
            wake.set()
        await _end(self._loops, drain_seconds)
        await _end([task for tasks in self._flying.values() for task in tasks], drain_seconds)
        await self._database.write(self._house, claims.put_back, self.owner)
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
        wake = self._wake[channel.name]
        while not self._stopping:
            wake.clear()
            claimed = await self._claim_safely(channel)
            for message in claimed:
                self._start(channel, message)
            while not claimed and not await self._woken(channel) and not self._stopping:
                if await self._something_is_due(channel):
                    break

    def _start(self, channel: Channel, message: Claimed) -> None:
        flying, wake = self._flying[channel.name], self._wake[channel.name]
        task = asyncio.create_task(self._deliver(message))
        flying.add(task)
        task.add_done_callback(flying.discard)
        task.add_done_callback(lambda _: wake.set())

    def _places(self, channel: Channel) -> int:
        now = asyncio.get_running_loop().time()
        allowed = self._gates[channel.name].places(channel.limits.at_once, now)
        return allowed - len(self._flying[channel.name])

    async def _woken(self, channel: Channel) -> bool:
        """Wait for a wake-up, the end of a pause, or the next poll; True only for a wake-up."""
        shut = self._gates[channel.name].shut_for(asyncio.get_running_loop().time())
        if shut:
            await asyncio.sleep(min(shut, _POLL_SECONDS))
            return False
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake[channel.name].wait(), _POLL_SECONDS)
            return True
        return False

    async def _something_is_due(self, channel: Channel) -> bool:
        if channel.missing_setting or self._places(channel) <= 0:
            return False
        try:
            return await self._database.read(
                self._house, claims.something_is_due, channel.name, channel.limits
            )
        except Exception:
            log.exception("delivery.look_failed", channel=channel.name)
            return False

    async def _claim_safely(self, channel: Channel) -> list[Claimed]:
        places = self._places(channel)
        if places <= 0:
            return []
        try:
            return await self._claim(channel, places)
        except Exception:
            log.exception("delivery.claim_failed", channel=channel.name)
            await asyncio.sleep(_POLL_SECONDS)
            return []

    async def _claim(self, channel: Channel, most: int) -> list[Claimed]:
        if channel.missing_setting:
            self._released.discard(channel.name)
            return []
        await self._release(channel)
        return await self._database.write_in(
            Lane.NORMAL, self._house, claims.claim, channel.name, self.owner, channel.limits, most
        )

    async def _release(self, channel: Channel) -> None:
        """A channel that has its setting frees what waited for it, once."""
        if channel.name in self._released:
            return
        while await self._database.write_in(
            Lane.BULK, self._house, verbs.release_blocked, channel.name
        ):
            pass
        self._released.add(channel.name)

    async def _deliver(self, message: Claimed) -> None:
        channel = self._channels[message.route]
        outcome = await self._attempt(channel, message, self._database.clock.now())
        self._observe(channel.name, outcome.word)
        self._gates[channel.name].note(outcome.error, asyncio.get_running_loop().time())
        context = Context(message.tenant, self._house.actor)
        for attempt in range(1, _WRITE_TRIES + 1):
            try:
                await self._database.write_in(
                    Lane.NORMAL, context, outcomes.finish, message, outcome, channel.limits
                )
            except Exception:
                log.exception("delivery.outcome_not_written", delivery=message.message_id)
                await asyncio.sleep(0.1 * 2**attempt)
            else:
                return
        # The lease runs out and the message is tried again under the same id.

    async def _attempt(self, channel: Channel, message: Claimed, started: datetime) -> Outcome:
        try:
            async with asyncio.timeout(channel.limits.lease.total_seconds() * 0.8):
                result = await channel.send(message)
        except DeliveryError as error:
            return Outcome(started, error.answer, error)
        except TimeoutError:
            return _not_taken(started, "The provider gave no answer in time.")
        except Exception as error:
            log.exception("delivery.channel_broke", channel=channel.name)
            return _not_taken(started, f"The channel broke: {type(error).__name__}.")
        return Outcome(started, result.answer)


async def _end(tasks: Sequence["asyncio.Task[None]"], seconds: float) -> None:
    """Let tasks end by themselves for a while, then cancel them."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


def _not_taken(started: datetime, answer: str) -> Outcome:
    return Outcome(started, answer, DeliveryError(answer, permanent=False))
