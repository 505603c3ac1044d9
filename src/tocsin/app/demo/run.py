"""Running the demo: web, worker and vendor in one process, in real time."""

import os
import socket
from pathlib import Path

import click
import uvicorn
import uvloop

from tocsin.app.compose import House, compose
from tocsin.app.demo.past import live_through
from tocsin.app.demo.registry import SHOWN, write_registry
from tocsin.app.demo.seed import seed
from tocsin.app.demo.sinks import sinks
from tocsin.app.demo.vendor import serve_vendor
from tocsin.app.schema import ensure_schema
from tocsin.app.web import bind, build_app
from tocsin.app.worker import Worker
from tocsin.kernel.clock import SystemClock
from tocsin.platform.observability import configure_logs
from tocsin.platform.settings import Settings, load_settings

EMAIL = "demo@example.com"
PASSWORD = "tocsin-demo-only"  # noqa: S105 - printed at the start of every demo


def run(data_dir: Path) -> None:
    """Serve the demo until SIGTERM or SIGINT."""
    data_dir.mkdir(parents=True, exist_ok=True)
    registry = (data_dir / "services.yaml").resolve()
    settings = load_settings(
        DATA_DIR=data_dir,
        SERVICES_FILE=registry,
        POLL_INTERVAL_SECONDS=5,
        ALERT_CONFIRM_THRESHOLD_POLLS=2,
        ALERT_RECOVERY_THRESHOLD_POLLS=2,
        ALERT_MIN_STATE_DURATION_SECONDS=0,
        LOG_LEVEL=os.environ.get("LOG_LEVEL", "WARNING"),
    )
    configure_logs(settings, "demo")
    listener = bind(settings)
    ensure_schema(settings.database_url)
    uvloop.run(_serve(settings, listener, registry))


async def _serve(settings: Settings, listener: socket.socket, registry: Path) -> None:
    vendor, base = await serve_vendor()
    write_registry(registry, base)
    await live_through(settings, EMAIL, PASSWORD)
    house = compose(
        settings,
        SystemClock(),
        is_demo=True,
        channels=sinks(),
    )
    worker = Worker(house)
    await worker.start()
    await seed(house, EMAIL, PASSWORD, SHOWN)
    _greet(house)
    server = uvicorn.Server(
        uvicorn.Config(
            build_app(house),
            log_config=None,
            access_log=False,
            server_header=False,
            ws="websockets-sansio",
        )
    )
    try:
        await server.serve(sockets=[listener])
    finally:
        await worker.stop()
        await vendor.cleanup()
        house.platform.database.close()


def _greet(house: House) -> None:
    click.echo(f"\n  Tocsin demo   {house.settings.public_url}")
    click.echo(f"  Status page   {house.links.page('main')}")
    click.echo(f"  Log in with   {EMAIL} / {PASSWORD}")
    click.echo("  The vendor Gitfold fails in about a minute, and recovers three minutes later.\n")
