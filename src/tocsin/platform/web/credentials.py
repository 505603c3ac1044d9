"""Who calls, and the port through which the web asks identity what they may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from starlette.requests import HTTPConnection

from tocsin.kernel.facts import Actor
from tocsin.platform.database import Context, Database, ReadTx


class CredentialKind(StrEnum):
    """What proved the caller's identity."""

    SESSION = "session"
    TOKEN = "token"  # noqa: S105 - a kind, not a secret
    ADMIN_TOKEN = "admin_token"  # noqa: S105 - a kind, not a secret
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Credential:
    """A proven identity: `id` names the session or token, never its secret.

    `roles` and `permissions` were true a moment ago; reads and writes ask again inside.
    """

    kind: CredentialKind
    id: str
    context: Context
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()

    @property
    def tenant(self) -> UUID:
        return self.context.tenant

    @property
    def actor(self) -> Actor:
        return self.context.actor

    @property
    def is_stranger(self) -> bool:
        return self.kind is CredentialKind.STRANGER

    @property
    def is_bearer(self) -> bool:
        return self.kind in (CredentialKind.TOKEN, CredentialKind.ADMIN_TOKEN)


class Authority(Protocol):
    """What identity offers the web."""

    @property
    def admin_token_is_set(self) -> bool:
        """Whether ADMIN_API_TOKEN is configured; without it `/admin/*` refuses everybody."""

    async def authenticate(self, connection: HTTPConnection, *, fresh: bool = False) -> Credential:
        """Prove who calls; a caller without credential is a stranger of the default tenant.

        The answer may be seconds old unless it must be `fresh`: reads and writes check again.
        Raises Unauthenticated for a wrong bearer token, Forbidden for a missing or wrong CSRF
        token or a foreign origin.
        """

    async def stranger(self) -> Credential:
        """The credential of whoever has none."""

    def check(self, tx: ReadTx, credential: Credential, permissions: Iterable[str]) -> None:
        """Prove again, inside a unit, that the credential is alive and holds the permissions.

        Raises Unauthenticated and Forbidden. Strangers are not checked here: routes admit them.
        """


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What the web role is told: `public_url` is the base of every link sent out.

    `body_limit` is in bytes; it does not hold below the prefixes `read_in_part`.
    """

    public_url: str = "http://127.0.0.1:8000"
    cors_origins: tuple[str, ...] = ()
    dashboard_public: bool = True
    demo: bool = False
    body_limit: int = 1_000_000
    read_in_part: tuple[str, ...] = ()

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def origin(self) -> str:
        """The scheme, host and port of `public_url`, as browsers send them in `Origin`."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Web:
    """What every request reaches through `app.state.web`."""

    database: Database
    authority: Authority
    settings: WebSettings


def web_of(connection: HTTPConnection) -> Web:
    """The web a request came in through."""
    web = connection.app.state.web
    assert isinstance(web, Web)
    return web
