"""The caller of one request: reads and writes on their behalf, with their authority proven inside."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, overload
from uuid import UUID

from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel
from starlette.requests import HTTPConnection, Request

from tocsin.kernel.errors import Forbidden
from tocsin.kernel.facts import Actor
from tocsin.platform.database import Context, Lane, ReadTx, Tx
from tocsin.platform.idempotency import Attempt, once

from .credentials import Credential, Web
from .headers import idempotency_key, route_name, version_of
from .tags import tags_in

P = ParamSpec("P")
R = TypeVar("R")


class Caller:
    """Whoever calls, and the permissions this request was admitted with."""

    def __init__(
        self,
        connection: HTTPConnection,
        web: Web,
        credential: Credential,
        permissions: frozenset[str],
    ) -> None:
        self.connection = connection
        self.web = web
        self.credential = credential
        self._permissions = permissions

    @property
    def is_stranger(self) -> bool:
        return self.credential.is_stranger

    @property
    def roles(self) -> frozenset[str]:
        return self.credential.roles

    @property
    def context(self) -> Context:
        return self.credential.context

    @property
    def tenant(self) -> UUID:
        return self.context.tenant

    @property
    def actor(self) -> Actor:
        return self.context.actor

    @property
    def address(self) -> str:
        """The caller's network address as the server knows it."""
        return self.connection.client.host if self.connection.client else ""

    @property
    def expected_version(self) -> int | None:
        """The version in `If-Match`, None without one; −1, which no row has, for a foreign tag."""
        return version_of(self.connection.headers.get("if-match"))

    @property
    def has(self) -> frozenset[str]:
        """The entity tags of answers that the caller has already, from `If-None-Match`."""
        return tags_in(self.connection.headers.get("if-none-match"))

    def may(self, permission: str) -> bool:
        """Whether the caller holds a permission, for answers that depend on it."""
        return permission in self.credential.permissions

    def also_requires(self, permission: str) -> None:
        """Demand one more permission, because of what the body asks; raises Forbidden."""
        if not self.may(permission):
            raise Forbidden(f"This needs the permission {permission}.")
        self._permissions |= {permission}

    def tag(self, version: int) -> None:
        """Answer with an `ETag` that carries this version."""
        self.connection.scope["tocsin.version"] = version

    async def read(
        self, query: Callable[Concatenate[ReadTx, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query on the caller's behalf, who is proven again in the same snapshot."""

        def proven(tx: ReadTx) -> R:
            self._prove(tx)
            return query(tx, *args, **kwargs)

        return await self.web.database.read(self.context, proven)

    @overload
    async def write(
        self,
        verb: Callable[..., R],
        *args: Any,
        answer: None = None,
        lane: Lane = Lane.URGENT,
        **kwargs: Any,
    ) -> R: ...

    @overload
    async def write(
        self,
        verb: Callable[..., R],
        *args: Any,
        answer: Callable[[R], Any],
        shown_once: tuple[str, ...] = (),
        lane: Lane = Lane.URGENT,
        **kwargs: Any,
    ) -> Any: ...

    async def write(
        self,
        verb: Callable[..., Any],
        *args: Any,
        answer: Callable[[Any], Any] | None = None,
        shown_once: tuple[str, ...] = (),
        lane: Lane = Lane.URGENT,
        **kwargs: Any,
    ) -> Any:
        """Run a verb in one unit that first proves the caller's authority again.

        With `answer` the result is the JSON-able body that `answer(value)` gives; the unit stores
        it under the request's `Idempotency-Key`, and a replay returns what was stored. Fields
        named in `shown_once` hold secrets: they are not stored, a replay answers null for them.
        """
        attempt = await self._attempt() if answer is not None else None

        def unit(tx: Tx) -> Any:
            self._prove(tx)
            if answer is None:
                return verb(tx, *args, **kwargs)
            run = _answering(verb, args, kwargs, answer)
            return run(tx) if attempt is None else once(tx, attempt, run, shown_once)

        value = await self.web.database.write_in(lane, self.context, unit)
        if answer is not None and isinstance(value, dict) and isinstance(value.get("version"), int):
            self.tag(value["version"])
        return value

    def _prove(self, tx: ReadTx) -> None:
        if not self.is_stranger:
            self.web.authority.check(tx, self.credential, self._permissions)

    async def _attempt(self) -> Attempt | None:
        key = idempotency_key(self.connection.headers)
        if key is None or not isinstance(self.connection, Request):
            return None
        body = await self.connection.body()
        credential = f"{self.credential.kind}:{self.credential.id}"
        return Attempt.of(credential, route_name(self.connection), key, body)


def _answering(
    verb: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    answer: Callable[[Any], Any],
) -> Callable[[Tx], Any]:
    return lambda tx: _jsonable(answer(verb(tx, *args, **kwargs)))


def _jsonable(body: Any) -> Any:
    if isinstance(body, BaseModel):
        return body.model_dump(mode="json")
    return jsonable_encoder(body)
