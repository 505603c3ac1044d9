"""A cap on request bodies: how long they may be, and how long they may take to arrive."""

import asyncio
import math

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.kernel.errors import TooLarge

from .problems import problem

SECONDS = 30.0


class BodyLimit:
    """Pure ASGI: a declared length over the limit is refused at once, an undeclared one when it
    gets there (413); a body that dawdles for more than 30 s is given up (408).

    Below the prefixes `read_in_part` any length passes: what answers there reads the beginning
    and leaves the rest.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int,
        seconds: float = SECONDS,
        read_in_part: tuple[str, ...] = (),
    ) -> None:
        self._app = app
        self._limit = limit
        self._seconds = seconds
        self._read_in_part = read_in_part

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        if _path(scope).startswith(self._read_in_part):
            return await self._app(scope, _Meter(receive, self, math.inf).receive, send)
        if _declared_length(scope) > self._limit:
            refusal = problem(TooLarge(self._sentence()))
            return await refusal(scope, receive, send)
        return await self._app(scope, _Meter(receive, self, self._limit).receive, send)

    def too_large(self) -> HTTPException:
        """The refusal, as the exception FastAPI lets through while it reads a body."""
        return HTTPException(TooLarge.status, self._sentence())

    @property
    def seconds(self) -> float:
        return self._seconds

    def _sentence(self) -> str:
        return f"The body is over the limit of {self._limit} bytes."


class _Meter:
    """Counts one request's bytes and seconds; waiting for the disconnect afterwards is free."""

    def __init__(self, receive: Receive, limit: BodyLimit, most: float) -> None:
        self._receive = receive
        self._limit = limit
        self._most = most
        self._seen = 0
        self._complete = False
        self._deadline = asyncio.get_running_loop().time() + limit.seconds

    async def receive(self) -> Message:
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError as error:
            raise HTTPException(408, "The body took too long to arrive.") from error
        self._seen += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        if self._seen > self._most:
            raise self._limit.too_large()
        return message


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:18])
    return 0
