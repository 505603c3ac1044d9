"""The scene of a crash: a database, a mail sink, real processes, and what the rows say afterwards."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
from sqlalchemy import select

from tests.crash.sink import CrashSink, crash_sink
from tests.support.checkout import ROOT
from tocsin.app.auditor import GRACE, Finding, audit
from tocsin.app.compose import House, compose
from tocsin.app.schema import ensure_schema
from tocsin.app.web import started
from tocsin.communication.statuspage import subscriptions
from tocsin.communication.statuspage.subscriptions import Asked
from tocsin.communication.statuspage.tables import subscribers
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.severity import Severity
from tocsin.platform.agenda import agenda_items, dead_items
from tocsin.platform.database import Desk, ReadTx
from tocsin.platform.delivery.tables import deliveries, delivery_attempts
from tocsin.platform.settings import load_settings
from tocsin.response import incidents
from tocsin.response.incidents import IncidentDraft, Phase, UpdateDraft

ADMIN_TOKEN = "the admin token of the tests"
PAGE = "main"
_d, _a = deliveries, agenda_items


@dataclass(frozen=True, slots=True)
class Row:
    """What the ledger says of one message."""

    id: UUID
    address: str
    state: str
    cause: UUID | None
    owner: str | None
    attempts: int


class Process:
    """One role in a process of its own; its log is a file."""

    def __init__(self, scene: "Scene", module: str, *arguments: str) -> None:
        self.log = scene.place / f"{module}-{len(scene.processes)}.log"
        with self.log.open("wb") as log:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                env=scene.environment,
                cwd=scene.place,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        scene.processes.append(self)

    @property
    def pid(self) -> int:
        return self.popen.pid

    def says(self, words: str) -> bool:
        """Whether its log holds these words; one that ended by itself is an error."""
        assert self.popen.poll() is None, self.log.read_text()
        return words in self.log.read_text()

    def kill(self) -> None:
        """Signal 9, and wait until it is gone."""
        self.popen.kill()
        self.popen.wait()

    def children(self) -> dict[int, str]:
        """Its children's process ids, and the last word of their command lines."""
        found = {}
        for child in psutil.Process(self.pid).children():
            with suppress(psutil.NoSuchProcess):
                if words := child.cmdline():  # none yet while it is being started
                    found[child.pid] = words[-1]
        return found

    def clear_away(self) -> None:
        """Kill what is left of it and of the processes that it started."""
        if self.popen.poll() is None:
            for child in psutil.Process(self.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    child.kill()
        self.kill()

    async def terminate(self, within: float = 15.0) -> float:
        """SIGTERM; returns how many seconds it took to end."""
        began = time.monotonic()
        self.popen.terminate()
        await until(lambda: self.popen.poll() is not None, within)
        return time.monotonic() - began


@dataclass(slots=True)
class Scene:
    """The house of the test process beside the processes that are killed."""

    place: Path
    house: House
    sink: CrashSink
    environment: dict[str, str]
    processes: list[Process] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return Desk(self.house.platform.database, self.house.context)

    async def worker(self, *, ready: bool = True) -> Process:
        """Start a worker with short leases; what arrives from now on is of its life."""
        self.sink.life += 1
        started_now = Process(self, "tests.crash.worker_main")
        if ready:
            await until(lambda: started_now.says("worker.started"), 30)
        return started_now

    async def follow(self, count: int) -> None:
        """Subscribe and confirm so many people."""
        links = self.house.links
        for number in range(count):
            asked = Asked(PAGE, f"follower-{number:03d}@example.org", "en")
            await self.desk.write(subscriptions.subscribe, asked, links, None)
        for who in await self.desk.read(_unconfirmed):
            await self.desk.write(subscriptions.confirm, PAGE, who)

    async def incident(self) -> UUID:
        """Open an incident."""
        draft = IncidentDraft("Letters travel while processes die", Severity.HIGH)
        return (await self.desk.write(incidents.open_incident, draft)).id

    async def say(self, incident: UUID, number: int) -> None:
        """Post a public update that can be recognised."""
        draft = UpdateDraft(Phase.IDENTIFIED, {"en": f"We say saying-{number}."}, public=True)
        await self.desk.write(incidents.post_update, incident, draft, _NO_PORT, [PAGE])

    async def rows(self) -> list[Row]:
        """The whole ledger."""
        return await self.desk.read(_ledger)

    async def interrupted(self) -> set[UUID]:
        """Deliveries of which an attempt ended without an outcome."""
        return await self.desk.read(_interrupted)

    async def settled(self, letters: int) -> bool:
        """Whether so many messages exist, none waits, and no agenda item is due."""
        rows = await self.rows()
        waiting = [row for row in rows if row.state == "pending"]
        return len(rows) >= letters and not waiting and not await self.desk.read(_due)

    async def settle(self, letters: int, within: float) -> float:
        """Wait for that; returns the seconds it took."""
        began = time.monotonic()
        while not await self.settled(letters):
            assert time.monotonic() - began < within, await self.unrest()
            await asyncio.sleep(0.1)
        return time.monotonic() - began

    async def unrest(self) -> str:
        """What is still going on, for a failing test's message."""
        rows = await self.rows()
        waiting = [row for row in rows if row.state != "sent"]
        log = self.processes[-1].log.read_text()[-3000:]
        return f"{len(rows)} rows, not sent {waiting[:3]}, due {await self.desk.read(_due)}\n{log}"

    async def held_by(self, pid: int) -> tuple[set[UUID], set[str]]:
        """Deliveries and agenda keys that a process has claimed."""
        return await self.desk.read(_held_by, f"-{pid}-")

    async def leases(self) -> int:
        """How many rows anybody holds."""
        return await self.desk.read(_leases)

    async def findings(self) -> list[Finding]:
        """What the auditor would say once its grace is over."""
        return await self.desk.read(_audit_later)

    async def dead(self) -> list[dict[str, Any]]:
        """Agenda items that failed for good."""
        return await self.desk.read(dead_items)

    def page(self) -> str:
        """The status page as it is served."""
        generation = self.house.tree.current(PAGE)
        assert generation is not None
        return (self.house.tree.root / PAGE / generation / "index.html").read_text()


async def until(happened: Callable[[], bool], within: float) -> None:
    """Wait for something outside, bounded."""
    deadline = time.monotonic() + within
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def scene(place: Path, database_url: str) -> AsyncIterator[Scene]:
    """An empty house at a place and a database, with a sink; kills whatever is left running."""
    services = _prepare(place, database_url)
    async with crash_sink() as sink:
        given = {
            "DATA_DIR": str(place),
            "DATABASE_URL": database_url,
            "SMTP_URL": sink.url,
            "SERVICES_FILE": str(services),
            "ADMIN_API_TOKEN": ADMIN_TOKEN,
            "PORT": str(_free_port()),
        }
        settings = load_settings(_env_file=None, **given)
        house = compose(settings, SystemClock())
        made = Scene(place, house, sink, _environment(given))
        try:
            async with started(house):
                await house.wake_rooms()
                yield made
        finally:
            for process in made.processes:
                process.clear_away()
            house.platform.database.close()


def _prepare(place: Path, database_url: str) -> Path:
    """Make the schema and an empty registry file."""
    place.mkdir(exist_ok=True)
    ensure_schema(database_url)
    services = place / "services.yaml"
    services.write_text("services: []\n")
    return services


def _environment(given: dict[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {
        **kept,
        **given,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONUNBUFFERED": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class _NoPort:
    """Pages are named by the test, so nobody is asked."""

    def default_pages(self, _: ReadTx, __: Any) -> list[str]:
        return [PAGE]

    def unknown_pages(self, _: ReadTx, __: Any) -> list[str]:
        return []


_NO_PORT = _NoPort()


def _unconfirmed(tx: ReadTx) -> list[UUID]:
    of_tenant = subscribers.c.tenant_id == tx.tenant
    return list(tx.scalars(select(subscribers.c.id).where(of_tenant)))


def _ledger(tx: ReadTx) -> list[Row]:
    wanted = select(
        *(_d.c.id, _d.c.address, _d.c.state, _d.c.cause_id, _d.c.owner, _d.c.attempts)
    ).where(_d.c.tenant_id == tx.tenant)
    return [Row(*tuple(row)) for row in tx.all(wanted.order_by(_d.c.id))]


def _interrupted(tx: ReadTx) -> set[UUID]:
    _t = delivery_attempts
    wanted = select(_t.c.delivery_id).where(
        _t.c.tenant_id == tx.tenant, _t.c.outcome == "interrupted"
    )
    return set(tx.scalars(wanted))


def _due(tx: ReadTx) -> list[str]:
    wanted = select(_a.c.kind).where(
        _a.c.tenant_id == tx.tenant, _a.c.ready_at <= tx.now, _a.c.died_at.is_(None)
    )
    return list(tx.scalars(wanted))


def _held_by(tx: ReadTx, owner: str) -> tuple[set[UUID], set[str]]:
    letters = select(_d.c.id).where(_d.c.tenant_id == tx.tenant, _d.c.owner.contains(owner))
    items = select(_a.c.key).where(_a.c.tenant_id == tx.tenant, _a.c.owner.contains(owner))
    return set(tx.scalars(letters)), set(tx.scalars(items))


def _leases(tx: ReadTx) -> int:
    letters = select(_d.c.id).where(_d.c.tenant_id == tx.tenant, _d.c.owner.is_not(None))
    items = select(_a.c.seq).where(_a.c.tenant_id == tx.tenant, _a.c.owner.is_not(None))
    return len(tx.scalars(letters)) + len(tx.scalars(items))


def _audit_later(tx: ReadTx) -> list[Finding]:
    return audit(ReadTx(tx.connection, tx.now + GRACE, tx.context))
