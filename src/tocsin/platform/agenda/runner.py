"""The loops that do due work: one per lane, woken by commits, polling only as the fallback."""

import asyncio
import os
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from tocsin.platform.database import Context, Database, Lane, Tx

from . import store
from .model import Handler, Item, Retry, VerbJob

log = structlog.get_logger("tocsin.agenda")

_AT_ONCE = {Lane.URGENT: 32, Lane.NORMAL: 64, Lane.BULK: 2}
_POLL_SECONDS = 1.0


class LeaseLost(RuntimeError):
    """Somebody else took the work over: this owner's outcome is not written."""


class AgendaRunner:
    """Claims and does work until stopped; several may run on one database.

    `observe` takes the lane and outcome of each item, for metrics.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        house: Context,
        *,
        lease: timedelta = timedelta(seconds=30),
        observe: Callable[[str, str], None] = lambda *_: None,
    ) -> None:
        self._observe = observe
        self._database = database
        self._handlers = handlers
        self._house = house
        self._lease = lease
        self.owner = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._wake = {lane: asyncio.Event() for lane in Lane}
        self._loops: list[asyncio.Task[None]] = []
        self._running: dict[Lane, set[asyncio.Task[None]]] = {lane: set() for lane in Lane}
        self._stopping = asyncio.Event()

    def wake(self, lane: Lane) -> None:
        """Look at once; call it from the event loop's thread."""
        self._wake[lane].set()

    async def start(self) -> None:
        self._loops = [
            asyncio.create_task(self._serve(lane), name=f"agenda-{lane}") for lane in Lane
        ]

    async def stop(self, drain_seconds: float = 5.0) -> None:
        """Take nothing new, let running work end for a while, return the leases."""
        self._stopping.set()
        for wake in self._wake.values():
            wake.set()
        # a claim on its way is waited for: cancelled, it would commit after the leases went back
        await _end(self._loops, drain_seconds)
        running = [task for tasks in self._running.values() for task in tasks]
        await _end(running, drain_seconds)
        await self._database.write(self._house, store.put_back, self.owner)

    async def run_due(self, lanes: tuple[Lane, ...] = tuple(Lane)) -> int:
        """Do everything that is due now and what it makes due; return how much. For tests and demos
        that move the clock instead of waiting."""
        done = 0
        while True:
            items = [item for lane in lanes for item in await self._claim(lane, 100)]
            if not items:
                return done
            for item in items:
                await self._do(item)
            done += len(items)

    async def _serve(self, lane: Lane) -> None:
        while not self._stopping.is_set():
            self._wake[lane].clear()
            room = _AT_ONCE[lane] - len(self._running[lane])
            items = await self._claim_safely(lane, room) if room > 0 else []
            if self._stopping.is_set():
                return
            for item in items:
                self._start(lane, item)
            if not items:
                await self._sleep(lane)

    def _start(self, lane: Lane, item: Item) -> None:
        task = asyncio.create_task(self._do(item))
        self._running[lane].add(task)
        task.add_done_callback(lambda done: self._ended(lane, done))

    def _ended(self, lane: Lane, task: "asyncio.Task[None]") -> None:
        self._running[lane].discard(task)
        self._wake[lane].set()

    async def _sleep(self, lane: Lane) -> None:
        """Until a wake-up, the next item's time, or the next poll."""
        seconds = await self._seconds_until_due(lane)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake[lane].wait(), seconds)

    async def _seconds_until_due(self, lane: Lane) -> float:
        """What is due already but was not claimed waits for something else: it is polled for."""
        try:
            at = await self._database.read(self._house, store.next_ready, lane)
        except Exception:
            log.exception("agenda.look_failed", lane=lane)
            return _POLL_SECONDS
        ahead = 0.0 if at is None else (at - self._database.clock.now()).total_seconds()
        return min(ahead, _POLL_SECONDS) if ahead > 0 else _POLL_SECONDS

    async def _claim_safely(self, lane: Lane, most: int) -> list[Item]:
        try:
            return await self._claim(lane, most)
        except Exception:
            log.exception("agenda.claim_failed", lane=lane)
            return []

    async def _claim(self, lane: Lane, most: int) -> list[Item]:
        return await self._database.write_in(
            lane, self._house, store.claim, lane, self.owner, self._lease, most
        )

    async def _do(self, item: Item) -> None:
        handler = self._handlers.get(item.kind)
        try:
            if handler is None:
                raise LookupError(f"nobody handles agenda items of kind {item.kind!r}")
            await self._run(handler, item)
            self._observe(item.lane.value, "done")
        except LeaseLost:
            log.warning("agenda.lease_lost", kind=item.kind, key=item.key)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log.warning("agenda.item_failed", kind=item.kind, key=item.key, exc_info=True)
            self._observe(item.lane.value, "failed")
            await self._fail(handler, item, error)

    async def _run(self, handler: Handler, item: Item) -> None:
        if isinstance(handler, VerbJob):
            await self._write(item, _do_and_settle, item, handler.verb)
            return
        ending = _Ending(self, item)
        keeper = asyncio.create_task(self._keep_lease(item))
        try:
            await handler.run(self._database, item, ending)
        finally:
            keeper.cancel()
        if not ending.reached:
            raise RuntimeError(f"the job {item.kind} returned without done()")

    async def _fail(self, handler: Handler | None, item: Item, error: Exception) -> None:
        retry = handler.retry if handler else Retry()
        try:
            await self._write(item, store.fail, item, f"{type(error).__name__}: {error}", retry)
        except Exception:
            log.exception("agenda.fail_not_written", kind=item.kind, key=item.key)

    async def finish(self, item: Item, verb: Any, args: tuple[Any, ...]) -> Any:
        """Write an edge job's outcome and settle its item in one unit; raises LeaseLost."""
        return await self._write(item, _finish, item, verb, args)

    async def _write(self, item: Item, verb: Any, *args: Any) -> Any:
        return await self._database.write_in(item.lane, item.context, verb, *args)

    async def _keep_lease(self, item: Item) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                if not await self._write(item, store.renew, item, self._lease):
                    return
            except Exception:
                log.exception("agenda.lease_not_renewed", kind=item.kind, key=item.key)


@dataclass(slots=True)
class _Ending:
    """An edge job's `done`; it remembers whether the job came to its end."""

    runner: AgendaRunner
    item: Item
    reached: bool = False

    async def __call__(self, verb: Any = None, *args: Any) -> Any:
        self.reached = True
        return await self.runner.finish(self.item, verb, args)


async def _end(tasks: Sequence["asyncio.Task[None]"], seconds: float) -> None:
    """Let tasks end by themselves for a while, then cancel those that have not."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _do_and_settle(tx: Tx, item: Item, verb: Any) -> None:
    if not store.still_mine(tx, item):
        return
    verb(tx, item)
    store.settle(tx, item)


def _finish(tx: Tx, item: Item, verb: Any, args: tuple[Any, ...]) -> Any:
    if not store.still_mine(tx, item):
        raise LeaseLost(item.key)
    outcome = verb(tx, *args) if verb else None
    store.settle(tx, item)
    return outcome
