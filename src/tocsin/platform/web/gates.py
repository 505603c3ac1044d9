"""The doors of routes: FastAPI dependencies that admit callers or refuse them.

Used in annotations: `caller: Annotated[Caller, requires("incidents.acknowledge")]`; they work for
requests and WebSockets alike.
"""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends
from starlette.requests import HTTPConnection

from tocsin.kernel.errors import Forbidden, TocsinError, Unauthenticated

from .caller import Caller
from .credentials import Credential, Web, web_of


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may pass: `permission` None asks for none, `strangers` also lets in who has no name."""

    permission: str | None
    strangers: bool = False
    private_too: bool = False
    bearer: bool = False

    async def __call__(self, connection: HTTPConnection) -> Caller:
        web = web_of(connection)
        credential = await self._identify(web, connection)
        if self._refusal(web, credential) is not None:
            credential = await self._identify(web, connection, fresh=True)
        refusal = self._refusal(web, credential)
        if refusal is not None:
            raise refusal
        permissions = frozenset() if self.permission is None else frozenset({self.permission})
        return Caller(connection, web, credential, permissions)

    async def _identify(
        self, web: Web, connection: HTTPConnection, *, fresh: bool = False
    ) -> Credential:
        try:
            return await web.authority.authenticate(connection, fresh=fresh)
        except Forbidden:
            if not self.private_too:
                raise
            return await web.authority.stranger()

    def _refusal(self, web: Web, credential: Credential) -> TocsinError | None:
        if self.bearer and not (credential.is_bearer and web.authority.admin_token_is_set):
            return Unauthenticated("This route takes bearer tokens only.")
        if credential.is_stranger:
            if self.strangers and (self.private_too or web.settings.dashboard_public):
                return None
            return Unauthenticated("Log in, or send a bearer token.")
        if self.permission is not None and self.permission not in credential.permissions:
            return Forbidden(f"This needs the permission {self.permission}.")
        return None


def requires(permission: str) -> Any:
    """Admit callers who hold the permission; strangers get 401, others without it 403."""
    return Depends(Gate(permission))


def open_to_strangers(permission: str) -> Any:
    """Admit strangers while the dashboard is public, and callers who hold the permission."""
    return Depends(Gate(permission, strangers=True))


def open_to_all() -> Any:
    """Admit everybody, even while the dashboard is private: log-in, set-up, unsubscribe."""
    return Depends(Gate(None, strangers=True, private_too=True))


def requires_login() -> Any:
    """Admit everybody who has a name, whatever their role."""
    return Depends(Gate(None))


def requires_bearer(permission: str) -> Any:
    """Admit bearer tokens only, and nobody while ADMIN_API_TOKEN is unset: `/admin/*`."""
    return Depends(Gate(permission, bearer=True))
