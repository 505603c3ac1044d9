"""The whole product in one process: composed house, ASGI app, callers of every kind, due work."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from httpx import ASGITransport, AsyncClient

from tests.support.schema import create_schema
from tests.support.spine import START
from tocsin.app.compose import House, compose
from tocsin.app.dispatcher import Dispatcher
from tocsin.app.web import build_api, build_app, started
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.agenda import AgendaRunner
from tocsin.platform.database import Context
from tocsin.platform.settings import load_settings
from tocsin.platform.web import Gate
from tocsin.registry import identity

ADMIN_TOKEN = "the admin token of the tests"
ORIGIN = "http://127.0.0.1:8000"
EVERYTHING_ON: dict[str, Any] = {
    "WEBHOOKS_ENABLED": True,
    "STATUSPAGE_WEBHOOK_SECRET": "the webhook secret of the tests",
    "SLACK_ACK_ENABLED": True,
    "SLACK_SLASH_ENABLED": True,
    "SLACK_SIGNING_SECRET": "the signing secret of the tests",
}
"""What is off by default: a route that is off answers before it looks at anything."""
OPEN = Gate(None, strangers=True, private_too=True)
NOBODY = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Way:
    """One route and method, with its gate; the few without one are open to everybody."""

    method: str
    path: str
    gate: Gate

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def at(self, **places: str) -> str:
        """The path with its parameters filled; those not named lead to nobody."""
        return re.sub(r"{(\w+)}", lambda found: places.get(found[1], NOBODY), self.path)


@dataclass(slots=True)
class Whole:
    """A running house and whoever calls it."""

    house: House
    app: Dispatcher
    clock: ManualClock
    runner: AgendaRunner
    clients: list[AsyncClient] = field(default_factory=list)

    def client(self, token: str | None = None, prefix: str = "") -> AsyncClient:
        """A program with a bearer token, or a stranger; closed with the house."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        made = AsyncClient(
            transport=ASGITransport(self.app), base_url=ORIGIN + prefix, headers=headers
        )
        self.clients.append(made)
        return made

    @property
    def stranger(self) -> AsyncClient:
        return self.client()

    @property
    def owner(self) -> AsyncClient:
        return self.client(ADMIN_TOKEN)

    async def token(self, role: str, tenant: UUID | None = None) -> str:
        """A fresh token that holds a role, in the default tenant or another."""
        secret = identity.new_token()
        draft = identity.TokenDraft(f"{role} of the tests", identity.Role(role))
        context = Context(tenant or self.house.context.tenant, SYSTEM)
        await self.house.platform.database.write(context, identity.create_token, draft, secret)
        return secret

    async def tenant(self, slug: str) -> UUID:
        """Another tenant, with its rooms woken."""
        answer = await self.owner.post("/api/v1/tenants", json={"slug": slug, "name": slug.title()})
        assert answer.status_code == 201, answer.text
        await self.house.wake_rooms()
        return UUID(answer.json()["id"])

    async def settle(self) -> None:
        """Do all due work."""
        while await self.runner.run_due():
            pass


@asynccontextmanager
async def whole(directory: Path, *, rehearse: bool = True, **settings: Any) -> AsyncIterator[Whole]:
    """Compose everything over an empty SQLite database below this directory."""
    services = directory / "services.yaml"
    services.write_text("services: []\n")
    house = compose_for_tests(directory, rehearse=rehearse, SERVICES_FILE=services, **settings)
    create_schema(house.settings.database_url)
    async with started(house):
        await house.wake_rooms()
        runner = AgendaRunner(house.platform.database, house.platform.handlers, house.context)
        clock = house.platform.database.clock
        assert isinstance(clock, ManualClock)
        made = Whole(house, build_app(house), clock, runner)
        try:
            yield made
        finally:
            for client in made.clients:
                await client.aclose()
            house.platform.database.close()


def compose_for_tests(directory: Path, *, rehearse: bool = False, **settings: Any) -> House:
    """A house that reads no environment file and runs on the tests' clock."""
    given = {"DATA_DIR": directory, "ADMIN_API_TOKEN": ADMIN_TOKEN, "PORT": 8000, **settings}
    return compose(load_settings(_env_file=None, **given), ManualClock(START), rehearse=rehearse)


def ways(api: FastAPI, prefix: str = "/api/v1") -> list[Way]:
    """Every HTTP route below a prefix, method by method."""
    return [
        Way(method, str(route.path), next(_gates(getattr(route, "dependant", None)), OPEN))
        for route in iter_route_contexts(api.routes)
        for method in sorted(route.methods or ())
        if str(route.path).startswith(prefix)
    ]


def all_ways(directory: Path, keep: Callable[[Way], bool] = lambda _: True) -> list[Way]:
    """Every route of the composed API, before any test runs."""
    house = compose_for_tests(directory)
    try:
        return [way for way in ways(build_api(house)) if keep(way)]
    finally:
        house.platform.database.close()


def _gates(dependant: Dependant | None) -> Iterator[Gate]:
    for dependency in dependant.dependencies if dependant else ():
        if isinstance(dependency.call, Gate):
            yield dependency.call
        yield from _gates(dependency)
