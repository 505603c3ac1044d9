"""Identity's side of the web's port: proves bearer tokens, sessions, CSRF tokens and origins."""

import asyncio
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import datetime
from uuid import UUID

import structlog
from starlette.requests import HTTPConnection

from tocsin.kernel.errors import Forbidden, Unauthenticated, Unavailable
from tocsin.kernel.facts import SYSTEM, Actor, ActorKind
from tocsin.platform.database import Context, Database, Lane, ReadTx, Tx
from tocsin.platform.web import Credential, CredentialKind, WebSettings, is_own_origin

from .labels import ADMIN_TOKEN_ID
from .model import IdentitySettings
from .passwords import PasswordDesk
from .permissions import Role, permissions_of
from .proofs import Proof, session_by_hash, session_by_id, token_by_hash, token_by_id
from .queries import default_tenant_id
from .rules import TOUCH_EVERY
from .secrets import csrf_token, digest, is_same
from .verbs import touch_session, touch_token

log = structlog.get_logger("tocsin.identity")

COOKIE = "tocsin_session"
CSRF_HEADER = "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_REMEMBERED_SECONDS = 2.0
_MOST_REMEMBERED = 4096
_NOWHERE = Context(UUID(int=0), SYSTEM)
_STRANGER = Actor(ActorKind.VISITOR, "stranger")
_SUPER_ADMIN = frozenset({Role.SUPER_ADMIN.value})


class Gatekeeper:
    """The web's `Authority`.

    A proof is remembered for two seconds, to spare requests a hop; whatever is read or written in
    that time is checked again in its own transaction, so a revoked token or a disabled person is
    out at once.
    """

    def __init__(self, database: Database, settings: IdentitySettings, web: WebSettings) -> None:
        self.settings = settings
        self.passwords = PasswordDesk()
        self._database = database
        self._web = web
        self._default_tenant: UUID | None = None
        self._remembered: dict[bytes, tuple[float, Credential]] = {}
        self._touched: dict[UUID, datetime] = {}
        self._notes: set[Future[None]] = set()

    @property
    def admin_token_is_set(self) -> bool:
        return bool(self.settings.admin_api_token)

    async def authenticate(self, connection: HTTPConnection, *, fresh: bool = False) -> Credential:
        """See `tocsin.platform.web.Authority`."""
        scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return await self._bearer(secret.strip(), fresh)
        cookie = connection.cookies.get(COOKIE)
        credential = await self._session(cookie, fresh) if cookie else None
        if credential is None:
            return await self.stranger()
        self._refuse_forgery(connection, cookie or "")
        return credential

    async def stranger(self) -> Credential:
        """Whoever has no credential, in the default tenant."""
        context = Context(await self.default_tenant(), _STRANGER)
        return Credential(CredentialKind.STRANGER, "stranger", context)

    async def default_tenant(self) -> UUID:
        """The id of the default tenant, asked once."""
        if self._default_tenant is None:
            self._default_tenant = await self._database.read(_NOWHERE, default_tenant_id)
        return self._default_tenant

    def check(self, tx: ReadTx, credential: Credential, permissions: Iterable[str]) -> None:
        """See `tocsin.platform.web.Authority`."""
        held = self._held(tx, credential)
        for permission in permissions:
            if permission not in held:
                raise Forbidden(f"This needs the permission {permission}.")

    async def notes_written(self) -> None:
        """Wait for the notes of use that are under way."""
        await asyncio.gather(*map(asyncio.wrap_future, tuple(self._notes)))

    def close(self) -> None:
        """Give the password threads back."""
        self.passwords.close()

    def _held(self, tx: ReadTx, credential: Credential) -> frozenset[str]:
        match credential.kind:
            case CredentialKind.ADMIN_TOKEN:
                return credential.permissions
            case CredentialKind.SESSION:
                return session_by_id(tx, UUID(credential.id)).permissions
            case CredentialKind.TOKEN:
                return token_by_id(tx, UUID(credential.id)).permissions
            case CredentialKind.STRANGER:
                return frozenset()

    async def _bearer(self, secret: str, fresh: bool) -> Credential:
        expected = self.settings.admin_api_token
        if expected and is_same(secret, expected):
            return await self._admin()
        found = await self._proven(CredentialKind.TOKEN, token_by_hash, secret, fresh)
        if found is None:
            raise Unauthenticated("This token is unknown, expired or revoked.")
        return found

    async def _admin(self) -> Credential:
        actor = Actor(ActorKind.TOKEN, ADMIN_TOKEN_ID)
        context = Context(await self.default_tenant(), actor)
        return Credential(
            CredentialKind.ADMIN_TOKEN,
            ADMIN_TOKEN_ID,
            context,
            _SUPER_ADMIN,
            permissions_of(_SUPER_ADMIN),
        )

    async def _session(self, secret: str, fresh: bool) -> Credential | None:
        return await self._proven(CredentialKind.SESSION, session_by_hash, secret, fresh)

    async def _proven(
        self,
        kind: CredentialKind,
        look_up: Callable[[ReadTx, bytes], Proof | None],
        secret: str,
        fresh: bool,
    ) -> Credential | None:
        key = digest(f"{kind} {secret}")
        until, remembered = self._remembered.get(key, (0.0, None))
        if remembered is not None and not fresh and time.monotonic() < until:
            return remembered
        proof = await self._database.read(_NOWHERE, look_up, digest(secret))
        if proof is None:
            self._remembered.pop(key, None)
            return None
        credential = _credential(kind, proof)
        self._remember(key, credential)
        self._touch(kind, proof)
        return credential

    def _remember(self, key: bytes, credential: Credential) -> None:
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = (time.monotonic() + _REMEMBERED_SECONDS, credential)

    def _refuse_forgery(self, connection: HTTPConnection, cookie: str) -> None:
        if connection.scope["type"] == "http" and connection.scope["method"] in SAFE_METHODS:
            return
        if not is_own_origin(connection, self._web):
            raise Forbidden("This request comes from another site.", code="foreign_origin")
        if connection.scope["type"] != "http":
            return
        if not is_same(connection.headers.get(CSRF_HEADER, ""), csrf_token(cookie)):
            raise Forbidden("The header X-CSRF-Token is missing or wrong.", code="csrf_token_wrong")

    def _touch(self, kind: CredentialKind, proof: Proof) -> None:
        """Note the use of a session or token, at most every five minutes and after the answer."""
        now = self._database.clock.now()
        last = self._touched.get(proof.id, proof.seen_at)
        if last is not None and now - last < TOUCH_EVERY:
            return
        if len(self._touched) >= _MOST_REMEMBERED:
            self._touched.clear()
        self._touched[proof.id] = now
        verb = touch_session if kind is CredentialKind.SESSION else touch_token
        self._write_later(Context(proof.tenant, proof.actor), verb, proof.id, now)

    def _write_later(
        self, context: Context, verb: Callable[[Tx, UUID, datetime], None], id_: UUID, at: datetime
    ) -> None:
        try:
            written = self._database.submit(context, verb, Lane.NORMAL, id_, at)
        except Unavailable:
            log.info("use not noted, the database is busy")
            return
        self._notes.add(written)
        written.add_done_callback(self._noted)

    def _noted(self, written: "Future[None]") -> None:
        self._notes.discard(written)
        error = None if written.cancelled() else written.exception()
        if error is not None:
            log.warning("use not noted", error=str(error))


def _credential(kind: CredentialKind, proof: Proof) -> Credential:
    context = Context(proof.tenant, proof.actor)
    return Credential(kind, str(proof.id), context, proof.roles, proof.permissions)
