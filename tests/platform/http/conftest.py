"""Real servers on loopback, and a client whose clock and patience belong to the test."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from ipaddress import ip_address
from random import Random

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from tocsin.kernel.clock import ManualClock
from tocsin.platform.http import Observation, OutgoingClient

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[TestServer]]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
SpeakRaw = Callable[[Talk], Awaitable[str]]


class EveryNameIsHere(AbstractResolver):
    """Resolves every name to this machine, except those a test gave another address."""

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self.addresses.get(host, "127.0.0.1")
        if not address:
            raise OSError("no such name")
        version = ip_address(address).version
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET if version == 4 else socket.AF_INET6,
                proto=0,
                flags=0,
            )
        ]

    async def close(self) -> None:
        """Nothing to give back."""


class Sleeper:
    """Sleeps in no time and remembers how long it should have taken."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def resolver() -> EveryNameIsHere:
    return EveryNameIsHere()


@pytest.fixture
def sleeper() -> Sleeper:
    return Sleeper()


@pytest.fixture
def seen() -> list[Observation]:
    return []


@pytest.fixture
async def client(
    clock: ManualClock, resolver: EveryNameIsHere, sleeper: Sleeper, seen: list[Observation]
) -> AsyncIterator[OutgoingClient]:
    async with OutgoingClient(
        clock,
        user_agent="Tocsin/test",
        observe=seen.append,
        random=Random(7),
        sleep=sleeper,
        resolver=lambda: resolver,
    ) as started:
        yield started


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start an HTTP server that answers everything with one handler."""
    servers: list[TestServer] = []

    async def start(handler: Handler) -> TestServer:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        return server

    yield start
    for server in servers:
        await server.close()


@pytest.fixture
async def speak_raw() -> AsyncIterator[SpeakRaw]:
    """Start a TCP server that says what the test wants, HTTP or not; gives its address."""
    servers: list[asyncio.Server] = []

    async def start(talk: Talk) -> str:
        async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await talk(reader, writer)
            except ConnectionError:
                return
            finally:
                writer.close()

        server = await asyncio.start_server(one, "127.0.0.1", 0)
        servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    yield start
    for server in servers:
        server.close()
