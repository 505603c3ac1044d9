"""The worker role: agenda, polling, deciding, sending, rendering."""

import asyncio
import signal
from contextlib import suppress

import structlog

from tocsin.app.compose import House, compose
from tocsin.app.schema import ensure_schema
from tocsin.kernel.clock import SystemClock
from tocsin.platform.agenda import AgendaRunner
from tocsin.platform.database import Context, Tx
from tocsin.platform.delivery import DeliveryRunner
from tocsin.platform.live import LocalBus
from tocsin.platform.observability import configure_logs
from tocsin.platform.settings import load_settings
from tocsin.registry import catalog

log = structlog.get_logger("tocsin.worker")


class Worker:
    """One worker over a composed house; `start` and `stop` are for processes and tests alike."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.agenda: AgendaRunner | None = None
        self.deliveries: DeliveryRunner | None = None
        self._beating: asyncio.Task[None] | None = None
        self._bus: LocalBus | None = None

    async def start(self) -> None:
        """Prepare every tenant, then take up the work."""
        house, loop = self.house, asyncio.get_running_loop()
        await house.client.start()
        context = await house.prepare()
        self.agenda = AgendaRunner(house.platform.database, house.platform.handlers, context)
        self.deliveries = DeliveryRunner(
            house.platform.database, list(house.channels.values()), context
        )
        house.signalling.on_lane = self.agenda.wake
        house.signalling.on_channel = self.deliveries.wake
        self._bus = LocalBus(house.settings.data_dir, house.signalling.receive)
        self._bus.start(loop)
        house.signalling.attach(loop, self._bus)
        await house.wake_rooms()
        await self.agenda.start()
        await self.deliveries.start()
        self._beating = asyncio.create_task(self._beat())

    async def stop(self) -> None:
        """Take nothing new, drain, give leases back."""
        if self._beating is not None:
            self._beating.cancel()
        if self.agenda is not None:
            await self.agenda.stop()
        if self.deliveries is not None:
            await self.deliveries.stop()
        if self._bus is not None:
            self._bus.stop()
        await self.house.client.stop()

    async def _beat(self) -> None:
        """Mark the worker alive, but only while the database takes writes."""
        database = self.house.platform.database
        while True:
            with suppress(Exception):
                await database.write(self.house.context, _nothing)
                self.house.heartbeat.beat()
            await asyncio.sleep(self.house.settings.HEARTBEAT_INTERVAL_SECONDS)


def _nothing(_: Tx) -> None:
    """A unit without a row: it proves that the writer lives."""


async def _serve(house: House) -> None:
    worker, ended = Worker(house), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    await worker.start()
    loop.add_signal_handler(signal.SIGHUP, lambda: _reload(house))
    log.info("worker.started", database=house.platform.database.kind)
    await ended.wait()
    await worker.stop()


def _reload(house: House) -> None:
    context: Context = house.context
    house.platform.database.write_now(context, catalog.request_reload)


def run() -> None:
    """Run until SIGTERM or SIGINT; SIGHUP reads the registry file again."""
    settings = load_settings()
    configure_logs(settings, "worker")
    ensure_schema(settings.database_url)
    house = compose(settings, SystemClock())
    try:
        asyncio.run(_serve(house))
    finally:
        house.platform.database.close()
