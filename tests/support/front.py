"""The front door of a workshop: its rooms' routes behind the real gatekeeper, without a server."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from fastapi import APIRouter, FastAPI
from httpx import ASGITransport, AsyncClient

from tests.support.spine import TENANT, Workshop, workshop
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context
from tocsin.platform.delivery import Channel
from tocsin.platform.web import WebSettings, install, mount
from tocsin.platform.wiring import Wiring
from tocsin.registry.identity import (
    IdentitySettings,
    Role,
    TokenDraft,
    create_token,
    create_user,
    hash_password,
    new_token,
)
from tocsin.registry.identity.authority import Gatekeeper
from tocsin.registry.identity.wiring import WIRING, gatekeeper

ORIGIN = "http://127.0.0.1:8000"
ADMIN_TOKEN = "the admin token of the tests"
PASSWORD = "correct horse battery staple"


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


@dataclass(slots=True)
class Front:
    """Clients of a workshop's API; each is closed with it."""

    house: Workshop
    app: FastAPI
    gatekeeper: Gatekeeper

    def client(self, token: str | None = None, address: str = "127.0.0.1") -> AsyncClient:
        """A program with a bearer token, or a stranger."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        transport = ASGITransport(self.app, client=(address, 50_000))
        return AsyncClient(transport=transport, base_url=f"{ORIGIN}/api/v1", headers=headers)

    async def token(self, role: Role | str, tenant: UUID = TENANT) -> str:
        """A fresh token that holds a role."""
        secret = new_token()
        draft = TokenDraft(f"{role} of the tests", Role(role))
        context = Context(tenant, SYSTEM)
        await self.house.database.write(context, create_token, draft, secret)
        return secret

    async def as_role(self, role: Role | str, tenant: UUID = TENANT) -> AsyncClient:
        """A program that holds a role."""
        return self.client(await self.token(role, tenant))

    async def person(
        self, email: str, *roles: Role | str, name: str = "Robin", tenant: UUID = TENANT
    ) -> UUID:
        """Somebody who can log in with `PASSWORD`."""
        context = Context(tenant, SYSTEM)
        wanted = [Role(role) for role in roles] or [Role.VIEWER]
        made = await self.house.database.write(
            context, create_user, email, name, wanted, _password_hash()
        )
        return made.id

    async def logged_in(self, email: str, password: str = PASSWORD) -> AsyncClient:
        """A browser after log-in: it holds the cookie and sends the CSRF token."""
        client = self.client()
        answer = await client.post("/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return client


@asynccontextmanager
async def front(
    url: str,
    wirings: Sequence[Wiring] = (),
    *,
    routers: Iterable[APIRouter] = (),
    channels: Sequence[Channel] = (),
    settings: WebSettings | None = None,
    admin_token: str | None = ADMIN_TOKEN,
    rehearse: bool = True,
) -> AsyncIterator[Front]:
    """Compose identity and the given rooms, and mount their routes and further routers."""
    web = settings or WebSettings(public_url=ORIGIN)
    identity = IdentitySettings(b"0" * 32, web.public_url, admin_token)
    every = [WIRING, *wirings]
    async with workshop(url, every, channels, rehearse=rehearse) as house:
        keeper = gatekeeper(house.database, identity, web)
        app = FastAPI()
        mounted = [router for wiring in every if wiring.routes for router in wiring.routes()]
        for router in [*mounted, *routers]:
            mount(app, router)
        install(app, house.database, keeper, web)
        try:
            yield Front(house, app, keeper)
        finally:
            keeper.close()
