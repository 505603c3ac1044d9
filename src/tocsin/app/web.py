"""The web role: API, console, status pages, sockets and people's verbs."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import click
import structlog
import uvicorn
import uvloop
from fastapi import FastAPI

from tocsin import __version__
from tocsin.app.compose import House, compose
from tocsin.app.console_files import ConsoleFiles
from tocsin.app.dispatcher import Dispatcher, Probe
from tocsin.app.house_api import house_routes
from tocsin.app.schema import ensure_schema
from tocsin.app.sockets import PageSockets
from tocsin.kernel.clock import SystemClock
from tocsin.platform.observability import configure_logs, start_reporting
from tocsin.platform.pagetree import PageServer
from tocsin.platform.settings import BadSetting, Settings, load_settings
from tocsin.platform.web import WebSettings, install, mount
from tocsin.registry import identity
from tocsin.registry.identity.wiring import gatekeeper

log = structlog.get_logger("tocsin.web")

CONSOLE = Path(__file__).resolve().parents[3] / "console" / "dist"


def build_api(house: House) -> FastAPI:
    """The framework's half: every room's routes, and the public forms."""
    settings = house.settings
    web = WebSettings(
        public_url=settings.public_url,
        cors_origins=settings.CORS_ORIGINS,
        dashboard_public=settings.DASHBOARD_PUBLIC,
        demo=house.is_demo,
        read_in_part=("/ping/",),
    )
    app = FastAPI(
        title="Tocsin",
        version=__version__,
        docs_url="/api/docs",
        openapi_url="/api/openapi.json",
        redoc_url=None,
    )
    database = house.platform.database
    keeper = gatekeeper(database, house.identity_settings, web)
    install(app, database, keeper, web, house.metrics.note_request)
    routers = [house_routes(house)]
    for wiring in house.wirings:
        routers += wiring.routes() if wiring.routes else []
    for router in routers:
        mount(app, router)
    for router in house.public_routers():
        mount(app, router)
    return app


def build_app(house: House, console: Path = CONSOLE) -> Dispatcher:
    """The whole web role as one ASGI app."""
    api = build_api(house)
    return Dispatcher(
        api=api,
        pages=PageServer(house.tree.root, otherwise=api),
        page_live=PageSockets(house.hub, house.tree),
        console=ConsoleFiles(console, house.settings.ROOT_PATH),
        probes={"/healthz": _healthz(house), "/metrics": _metrics(house)},
        root_path=house.settings.ROOT_PATH,
    )


@asynccontextmanager
async def started(house: House) -> AsyncIterator[None]:
    """Attach the house to the running loop: hints, bus, outgoing client, lag meter."""
    loop = asyncio.get_running_loop()
    await house.client.start()
    await house.prepare()
    bus = house.open_bus()
    bus.start(loop)
    house.signalling.attach(loop, bus)
    meter = asyncio.create_task(house.metrics.watch_loop())
    try:
        yield
    finally:
        meter.cancel()
        await bus.stop()
        await house.client.stop()


def run() -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = load_settings()
    configure_logs(settings, "web")
    start_reporting(settings, "web")
    listener = bind(settings)
    house = compose(settings, SystemClock())  # refuses wrong settings before it touches anything
    try:
        ensure_schema(settings.database_url)
        uvloop.run(_serve(house, listener))
    finally:
        house.platform.database.close()


async def _serve(house: House, listener: socket.socket) -> None:
    async with started(house):
        config = uvicorn.Config(
            build_app(house),
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(house.settings.TRUSTED_PROXIES),
            forwarded_allow_ips=list(house.settings.TRUSTED_PROXIES),
            ws="websockets-sansio",
            timeout_graceful_shutdown=5,
        )
        await _greet(house)
        await uvicorn.Server(config).serve(sockets=[listener])


async def _greet(house: House) -> None:
    """Words for people go to stdout: the address, and the set-up link until it is used."""
    click.echo(f"\n  Tocsin {__version__}   {house.settings.public_url}")
    link = await house.platform.database.write(
        house.context, identity.setup_link, house.identity_settings
    )
    if link is not None:
        click.echo(f"  Set it up once:   {link}")
    click.echo("")


def bind(settings: Settings) -> socket.socket:
    """Take the port before anything else; one that is taken stops the start with one line."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    # TCP is named, because asyncio sends without Nagle's delay only where it is: 40 ms an answer
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.HOST, settings.PORT))
    except OSError as error:
        listener.close()
        foreign = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
        raise BadSetting(
            f"{'HOST' if foreign else 'PORT'}: cannot listen on {settings.HOST}:{settings.PORT} "
            f"({error.strerror})"
        ) from None
    listener.listen(2048)
    return listener


def _healthz(house: House) -> Probe:
    def probe() -> tuple[int, str, bytes]:
        age = house.heartbeat.age_seconds()
        fresh = age is not None and age <= house.settings.HEARTBEAT_STALE_AFTER_SECONDS
        words = "never" if age is None else f"{age:.0f} s ago"
        body = f"{'ok' if fresh else 'stale'}: last heartbeat {words}\n".encode()
        return (200 if fresh else 503), "text/plain; charset=utf-8", body

    return probe


def _metrics(house: House) -> Probe:
    def probe() -> tuple[int, str, bytes]:
        house.metrics.show_sockets(len(house.hub))
        return 200, "text/plain; version=0.0.4; charset=utf-8", house.metrics.text()

    return probe
