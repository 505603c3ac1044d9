"""The worker role: agenda, polling, deciding, sending, rendering."""

import asyncio
import resource
import signal
from contextlib import suppress
from datetime import timedelta

import structlog
import uvloop

from tocsin.app.auditor import audit
from tocsin.app.backups import newest_at
from tocsin.app.compose import NOWHERE, House, compose
from tocsin.app.dead_man import DeadMansSwitch
from tocsin.app.findings import record_findings
from tocsin.app.schema import ensure_schema
from tocsin.detection.signals import Checker, oldest_poll
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.agenda import AgendaRunner
from tocsin.platform.agenda import backlog as agenda_backlog
from tocsin.platform.database import Context, Lane, Tx
from tocsin.platform.delivery import DeliveryRunner
from tocsin.platform.delivery import backlog as delivery_backlog
from tocsin.platform.live import Bus
from tocsin.platform.observability import configure_logs, start_reporting
from tocsin.platform.settings import load_settings
from tocsin.registry import catalog, identity

log = structlog.get_logger("tocsin.worker")

AUDIT_SECONDS = 3600
LEASE = timedelta(seconds=30)
MANY_FILES = 16_384


class Worker:
    """One worker over a composed house; `start` and `stop` are for processes and tests alike."""

    def __init__(self, house: House, lease: timedelta = LEASE) -> None:
        self.house = house
        self._lease = lease
        self.agenda: AgendaRunner | None = None
        self.deliveries: DeliveryRunner | None = None
        self.checker: Checker | None = None
        self._beating: asyncio.Task[None] | None = None
        self._auditing: asyncio.Task[None] | None = None
        self._metering: asyncio.Task[None] | None = None
        self._bus: Bus | None = None
        url = house.settings.HEALTHCHECK_PING_URL
        self.switch = DeadMansSwitch(
            house.client, url.get_secret_value() if url else None, house.metrics.show_ping
        )

    async def start(self) -> None:
        """Prepare every tenant, then take up the work."""
        house, loop = self.house, asyncio.get_running_loop()
        await house.client.start()
        context = await house.prepare()
        self.agenda = AgendaRunner(
            house.platform.database,
            house.platform.handlers,
            context,
            lease=self._lease,
            observe=house.metrics.note_item,
        )
        self.deliveries = DeliveryRunner(
            house.platform.database,
            list(house.channels.values()),
            context,
            observe=house.metrics.note_delivery,
        )
        self.checker = Checker(house.signals, house.platform.database, lease=self._lease)
        house.hub.listen(self.checker.hear)
        house.signalling.on_lane = self.agenda.wake
        house.signalling.on_channel = self.deliveries.wake
        self._bus = house.open_bus()
        self._bus.start(loop)
        house.signalling.attach(loop, self._bus)
        await house.wake_rooms()
        await self.agenda.start()
        await self.deliveries.start()
        await self.checker.start()
        self._beating = asyncio.create_task(self._beat())
        self._auditing = asyncio.create_task(self._audit_hourly())
        self._metering = asyncio.create_task(house.metrics.watch_loop())

    async def stop(self) -> None:
        """Take nothing new, drain, give leases back."""
        for task in (self._beating, self._auditing, self._metering):
            if task is not None:
                task.cancel()
        await self.switch.stop()
        # at the same time: one that drains slowly must not eat the other's time to return leases
        await asyncio.gather(
            *(one.stop() for one in (self.agenda, self.deliveries, self.checker) if one)
        )
        if self._bus is not None:
            await self._bus.stop()
        await self.house.client.stop()

    async def _beat(self) -> None:
        """Mark the worker alive, but only while the database takes writes."""
        while True:
            await self.beat_once()
            await asyncio.sleep(self.house.settings.HEARTBEAT_INTERVAL_SECONDS)

    async def beat_once(self) -> None:
        """One beat; where the database takes no write there is none, and nobody is pinged."""
        house = self.house
        try:
            await house.platform.database.write(house.context, _nothing)
            house.heartbeat.beat()
        except Exception:
            log.exception("heartbeat.missed")
            return
        self.switch.ping()
        try:
            await show_backlog(house)
        except Exception:
            log.exception("backlog.not_shown")

    async def _audit_hourly(self) -> None:
        """Audit on boot and every hour; findings are facts, a metric and a line in the log."""
        while True:
            try:
                found = await audit_house(self.house)
                self.house.metrics.show_findings(found)
            except Exception:
                log.exception("audit.failed")
            await asyncio.sleep(AUDIT_SECONDS)


async def show_backlog(house: House) -> None:
    """Put what is due and waits into the metrics."""
    database = house.platform.database
    found = {
        **await database.read(NOWHERE, agenda_backlog),
        **await database.read(NOWHERE, delivery_backlog),
    }
    now = database.clock.now()
    ages = {of: (now - since).total_seconds() for of, (_, since) in found.items() if since}
    house.metrics.show_backlog({of: count for of, (count, _) in found.items()}, ages)
    polled_at = await database.read(NOWHERE, oldest_poll)
    house.metrics.show_oldest_poll((now - polled_at).total_seconds() if polled_at else 0.0)
    house.metrics.show_open_circuits(house.client.open_circuits)
    house.metrics.show_last_backup(await asyncio.to_thread(newest_at, house.settings))


async def audit_house(house: House) -> int:
    """Audit every tenant and record what is found; returns how many findings there are."""
    database, count = house.platform.database, 0
    for tenant in await database.read(NOWHERE, identity.all_tenants):
        context = Context(tenant.id, SYSTEM)
        findings = await database.read(context, audit)
        count += len(findings)
        await database.write_in(Lane.NORMAL, context, record_findings, findings)
        if findings:
            log.warning("audit.findings", checks=sorted({one.check for one in findings}))
    return count


def _nothing(_: Tx) -> None:
    """A unit without a row: it proves that the writer lives."""


async def _serve(house: House, lease: timedelta) -> None:
    worker, ended = Worker(house, lease), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    await worker.start()
    reloads: set[asyncio.Task[None]] = set()
    loop.add_signal_handler(signal.SIGHUP, lambda: _reload(house, reloads))
    log.info("worker.started", database=house.platform.database.kind)
    await ended.wait()
    await worker.stop()


def _reload(house: House, reloads: "set[asyncio.Task[None]]") -> None:
    """Ask for the registry file to be read again, without holding up the loop."""
    task = asyncio.get_running_loop().create_task(
        house.platform.database.write(house.context, catalog.request_reload)
    )
    reloads.add(task)
    task.add_done_callback(reloads.discard)


def run() -> None:
    """Run until SIGTERM or SIGINT; SIGHUP reads the registry file again."""
    settings = load_settings()
    configure_logs(settings, "worker")
    start_reporting(settings, "worker")
    house = compose(settings, SystemClock())  # refuses wrong settings before it touches anything
    ensure_schema(settings.database_url)
    if settings.SEED_DEMO_DATA:
        from tocsin.app.demo.seeding import seed_empty

        asyncio.run(seed_empty(settings))
    serve(house)


def serve(house: House, lease: timedelta = LEASE) -> None:
    """Work for a composed house until SIGTERM or SIGINT, then close its database."""
    _allow_many_connections()
    try:
        uvloop.run(_serve(house, lease))
    finally:
        house.platform.database.close()


def _allow_many_connections() -> None:
    """Open as many files as the machine allows: thousands of checks may be under way."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MANY_FILES if most == resource.RLIM_INFINITY else min(most, MANY_FILES)
    with suppress(ValueError, OSError):  # macOS refuses some values that it reports itself
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
