"""The checker: one loop in one worker that runs every own check at its place in its interval.

ADR 0014 says why own checks are no agenda rows. Safe to kill: whoever takes over reads the
sources anew, and at most the figures and raw results of the last minute are lost.
"""

import asyncio
import os
import secrets
import socket
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from tocsin.detection.signals.meter import Busy
from tocsin.detection.signals.results import ResultBuffer
from tocsin.detection.signals.verbs import CHECKS_CHANGED, Signals
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context, Database, Lane
from tocsin.platform.journal import Hint

from . import lasting, store
from .judging import first_due
from .model import Watched
from .round import Round
from .running import Runner, prepare
from .store import PORTION, Figures, Listed

log = structlog.get_logger("tocsin.checks")

LEASE = timedelta(seconds=30)
RESYNC = timedelta(seconds=30)
OVERLAP = timedelta(seconds=60)
"""How far back changes are looked for again: a unit's instant is older than its commit."""
FLUSH = timedelta(seconds=60)
AT_ONCE = 2_000
"""Checks at a time: 10,000 a minute that all run into a time limit of 10 s need 1,700 places."""
_NOTED_AT_ONCE = 100
"""Small units: people's own writes wait for no more than one of them."""
_TICK_SECONDS = 0.02
_IDLE_SECONDS = 0.25
_TELL_EVERY = timedelta(seconds=1)
_HUNG_SECONDS = 300.0
_DRAIN_SECONDS = 5.0


class Checker:
    """Runs own checks of all tenants until stopped; of several checkers, one does and the rest wait."""

    def __init__(
        self,
        room: Signals,
        database: Database,
        *,
        lease: timedelta = LEASE,
        at_once: int = AT_ONCE,
    ) -> None:
        self._room = room
        self._database = database
        self._clock = database.clock
        self._house = Context(UUID(int=0), SYSTEM)
        self._results = ResultBuffer(database)
        self._runner = Runner(room, database, self._results)
        self._round = Round()
        self._lease = lease
        self._at_once = at_once
        self.owner = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._mine_until = 0.0
        self._renew_at = 0.0
        self._seen_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._flushed_at = self._clock.now()
        self._told_at: datetime | None = None
        self._asked = False
        self._running: dict[asyncio.Task[None], float] = {}
        self._loops: list[asyncio.Task[None]] = []

    @property
    def is_mine(self) -> bool:
        """Whether this checker may run checks now."""
        return time.monotonic() < self._mine_until

    def hear(self, hint: Hint) -> None:
        """Listen to live hints: one of them says that checks were changed."""
        self._asked = self._asked or hint.kind == CHECKS_CHANGED

    def next_due(self) -> datetime | None:
        """When the next check is due, None while somebody else runs them."""
        return self._round.next_due() if self.is_mine else None

    async def start(self) -> None:
        """Take up the work, or wait until whoever does it is gone."""
        self._loops = [
            asyncio.create_task(_every(seconds, step), name=f"checks-{step.__name__}")
            for seconds, step in ((_IDLE_SECONDS, self.keep), (1.0, self._flush_in_time))
        ]
        self._loops.append(asyncio.create_task(self._launch(), name="checks-launch"))

    async def stop(self) -> None:
        """Begin no check, let running ones end for a while, write what is known, hand over."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_DRAIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            await self.flush()
            await self._write(store.return_lease, self.owner)
        except Exception:
            log.exception("checks.not_handed_over")
        self._lose()
        self._room.meter.busy(Busy())

    async def run_due(self) -> int:
        """Run what is due by the clock and wait for it, for tests that move the clock."""
        await self.keep()
        self._asked = True
        await self._look_in_time()
        await self._flush_in_time()
        due = list(self._due()) if self.is_mine else []
        for start in range(0, len(due), self._at_once):
            some = due[start : start + self._at_once]
            await asyncio.gather(*(self._run(watched) for watched in some))
        return len(due)

    async def keep(self) -> None:
        """Keep or take the lease, follow changes, give up checks that hang."""
        if time.monotonic() >= self._renew_at:
            await self._take_lease()
        if self.is_mine:
            await self._look_in_time()
        for task, since in list(self._running.items()):
            if time.monotonic() - since > _HUNG_SECONDS:
                log.error("checks.hung", check=task.get_name())
                task.cancel()
        self._tell_in_time()

    def _tell_in_time(self) -> None:
        """Feed the figures once a second: counting what waits walks through the whole round."""
        now = self._clock.now()
        if self._told_at is None or abs(now - self._told_at) >= _TELL_EVERY:
            self._told_at = now
            self._room.meter.busy(self._busy())

    def _busy(self) -> Busy:
        now = self._clock.now()
        due = self.next_due()
        if due is None or due > now:
            return Busy(len(self._running), watched=len(self._round))
        waited = (now - due).total_seconds()
        return Busy(len(self._running), self._round.count_due(now), waited, len(self._round))

    async def flush(self) -> None:
        """Write raw results and the figures of steady checks, in bulk."""
        self._flushed_at = self._clock.now()
        await self._results.flush()
        moved: defaultdict[UUID, list[Watched]] = defaultdict(list)
        for watched in self._round:
            if watched.moved:
                moved[watched.tenant].append(watched)
        for tenant, all_moved in moved.items():
            for start in range(0, len(all_moved), _NOTED_AT_ONCE):
                await self._note(tenant, all_moved[start : start + _NOTED_AT_ONCE])
        await self._write_days()

    async def _write_days(self) -> None:
        now = self._clock.now()
        for tenant, found in lasting.worth_writing(self._round, now).items():
            for start in range(0, len(found), lasting.SERVICES_AT_ONCE):
                some = found[start : start + lasting.SERVICES_AT_ONCE]
                context = Context(tenant, SYSTEM)
                await self._database.write_in(Lane.BULK, context, lasting.write_days, some)
                for one in some:
                    one.note_written(now)

    async def _note(self, tenant: UUID, portion: Sequence[Watched]) -> None:
        figures = [_figures_of(watched) for watched in portion]
        await self._database.write_in(
            Lane.BULK, Context(tenant, SYSTEM), store.note_figures, self._room, figures
        )
        for watched, written in zip(portion, figures, strict=True):
            if watched.polled_at == written.polled_at and watched.moved:
                watched.source = watched.as_seen()
                watched.moved = False

    async def _flush_in_time(self) -> None:
        if self._clock.now() - self._flushed_at >= FLUSH:
            await self.flush()

    async def _take_lease(self) -> None:
        asked = time.monotonic()
        self._renew_at = asked + self._lease.total_seconds() / 3
        if not await self._write(store.take_lease, self.owner, self._lease):
            self._lose()
            return
        begins = not self.is_mine
        if begins:
            await self._load()
        # a second is kept back for whoever takes over
        self._mine_until = asked + self._lease.total_seconds() - min(1.0, self._renew_at - asked)
        if begins:
            log.info("checks.taken_up", checks=len(self._round))

    def _lose(self) -> None:
        self._mine_until = 0.0
        self._round.clear()

    async def _load(self) -> None:
        """Read all own checks anew."""
        self._round.clear()
        self._seen_at = self._looked_at = self._clock.now()
        after: UUID | None = None
        while True:
            found = await self._database.read(self._house, store.all_settling, after)
            self._follow(found)
            if len(found) < PORTION:
                return
            after = found[-1].source.id

    async def _look_in_time(self) -> None:
        """Look for changes when told to, and now and then in any case."""
        now = self._clock.now()
        if not self._asked and self._looked_at and now - self._looked_at < RESYNC:
            return
        self._asked, self._looked_at = False, now
        since = (self._seen_at or now) - OVERLAP
        after: UUID | None = None
        while True:
            found = await self._database.read(self._house, store.changed_since, since, after)
            self._follow(found)
            if len(found) < PORTION:
                break
            after = found[-1].source.id
        self._seen_at = now

    def _follow(self, found: Sequence[Listed]) -> None:
        now, every = self._clock.now(), self._room.settings.poll_interval_seconds
        for listed in found:
            source = listed.source
            known = self._round.get(source.id)
            if not listed.alive or not self._room.kinds.checks(source.kind):
                self._round.drop(source.id)
            elif known is None or known.source.updated_at != source.updated_at:
                check, refusal = prepare(self._room, source)
                due = first_due(source, every, now)
                watched = Watched(listed.tenant, source, check, refusal, due)
                watched.adopt(source)
                self._round.add(watched)

    def _due(self) -> Iterator[Watched]:
        now = self._clock.now()
        while (watched := self._round.take_due(now)) is not None:
            yield watched

    async def _launch(self) -> None:
        """Begin what is due; what is due within one tick begins together."""
        while True:
            if self.is_mine:
                self._begin_due()
            await asyncio.sleep(self._seconds_until_due())

    def _begin_due(self) -> None:
        now = self._clock.now()
        while len(self._running) < self._at_once:
            watched = self._round.take_due(now)
            if watched is None:
                return
            task = asyncio.create_task(self._run(watched))
            self._running[task] = time.monotonic()
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)

    def _seconds_until_due(self) -> float:
        due = self.next_due()
        if due is None:
            return _IDLE_SECONDS
        ahead = (due - self._clock.now()).total_seconds()
        return min(max(ahead, _TICK_SECONDS), _IDLE_SECONDS)

    async def _run(self, watched: Watched) -> None:
        """Run a check; whatever becomes of it, the source is queued again."""
        watched_before = watched.planned
        try:
            await self._runner.run(watched)
        except Exception:
            log.exception("checks.broken", source=watched.source.id.hex)
        finally:
            if watched.planned == watched_before:
                watched.planned = self._clock.now() + RESYNC
            self._round.put_back(watched)

    async def _write(self, verb: Callable[..., bool | None], *args: object) -> bool | None:
        return await self._database.write_in(Lane.URGENT, self._house, verb, *args)


def _figures_of(watched: Watched) -> Figures:
    source = watched.source
    assert watched.polled_at is not None
    return Figures(
        source.id,
        source.service_id,
        source.version,
        watched.polled_at,
        watched.good_at,
        watched.response_ms,
    )


async def _every(seconds: float, step: Callable[[], Awaitable[None]]) -> None:
    """Do a step again and again; one that fails is logged and done again."""
    while True:
        try:
            await step()
        except Exception:
            log.exception("checks.step_failed", step=getattr(step, "__name__", "step"))
        await asyncio.sleep(seconds)
