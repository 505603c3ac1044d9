"""The one HTTP client of a process."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random, SystemRandom
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tocsin.kernel.clock import Clock
from tocsin.platform.http.backoff import jittered
from tocsin.platform.http.circuits import Circuits
from tocsin.platform.http.failures import (
    HOST_IS_ILL,
    WORTH_ANOTHER_ATTEMPT,
    FailureKind,
    HttpFailure,
)
from tocsin.platform.http.measured import Wires
from tocsin.platform.http.model import SAFE_METHODS, HttpRequest, HttpResponse, Observation
from tocsin.platform.http.targets import Target, read_target

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver

    from tocsin.platform.http.transport import Transport

_PASSING_TROUBLE = frozenset({429, 502, 503, 504})


def _nobody_watches(observation: Observation) -> None:
    """Take an observation and do nothing with it."""


class OutgoingClient:
    """Asks other people's servers: bounded in time, size, connections and stubbornness.

    `breaker_threshold` and `breaker_ttl_seconds` are BREAKER_THRESHOLD and BREAKER_TTL_SECONDS.
    Start it inside the event loop that uses it, stop it once, or use it as a context manager.
    `wires` open connections of their own, for checks that measure.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        breaker_threshold: int = 3,
        breaker_ttl_seconds: float = 300,
        user_agent: str = "Tocsin",
        observe: Callable[[Observation], None] = _nobody_watches,
        random: Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        resolver: "Callable[[], AbstractResolver] | None" = None,
    ) -> None:
        self._circuits = Circuits(breaker_threshold, breaker_ttl_seconds, clock)
        self._clock = clock
        self._user_agent = user_agent
        self._resolver = resolver
        self.wires = Wires(resolver, observe=observe)
        self._started = False
        self._opened: Transport | None = None
        self._observe = observe
        self._random = random or SystemRandom()
        self._sleep = sleep

    @property
    def open_circuits(self) -> int:
        """How many hosts are left alone right now."""
        return self._circuits.open_ones

    async def start(self) -> None:
        """Be ready to ask; the connection pools are opened by the first request."""
        self._started = True

    async def stop(self) -> None:
        """Close all connections; requests under way fail."""
        self._started = False
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.stop()
        await self.wires.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def _transport(self) -> "Transport":
        """aiohttp is imported here: a process that asks nobody, such as web, spares it."""
        if not self._started:
            raise RuntimeError("the outgoing client was not started, or is stopped")
        if self._opened is None:
            from tocsin.platform.http.resolving import PooledResolver
            from tocsin.platform.http.transport import Transport

            self._opened = Transport(
                self._clock, self._user_agent, self._resolver or PooledResolver
            )
            await self._opened.start()
        return self._opened

    async def fetch(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return its complete answer, whatever the status.

        Raises HttpFailure when there is no complete answer.
        """
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            response = await self._through_circuit(request)
        except HttpFailure as failure:
            self._observe(Observation(request.purpose, failure.kind, clock() - started))
            raise
        outcome = f"{response.status // 100}xx"
        self._observe(Observation(request.purpose, outcome, clock() - started))
        return response

    async def _through_circuit(self, request: HttpRequest) -> HttpResponse:
        target = read_target(request.url)
        if not request.breaker:
            return await self._within_deadline(request, target)
        key = (target.host, request.purpose)
        self._circuits.admit(*key)
        try:
            response = await self._within_deadline(request, target)
        except HttpFailure as failure:
            self._circuits.settle(*key, failure.sentence if failure.kind in HOST_IS_ILL else None)
            raise
        except BaseException:
            self._circuits.abandon(*key)
            raise
        ill = f"{target.host} answers with {response.status}." if response.status >= 500 else None
        self._circuits.settle(*key, ill)
        return response

    async def _within_deadline(self, request: HttpRequest, target: Target) -> HttpResponse:
        deadline = asyncio.timeout(request.total_seconds)
        try:
            async with deadline:
                return await self._with_attempts(request, target, deadline)
        except TimeoutError as error:
            raise HttpFailure(
                FailureKind.TIMEOUT,
                f"{target.host} did not answer within {request.total_seconds:g} seconds.",
            ) from error

    async def _with_attempts(
        self, request: HttpRequest, target: Target, deadline: asyncio.Timeout
    ) -> HttpResponse:
        attempts = request.attempts if request.method in SAFE_METHODS else 1
        wait = 0.0
        for _ in range(attempts - 1):
            wait = jittered(wait, self._random)
            try:
                response = await (await self._transport()).ask(request, target)
            except HttpFailure as failure:
                if failure.kind not in WORTH_ANOTHER_ATTEMPT or not _fits(wait, deadline):
                    raise
                await self._sleep(wait)
                continue
            wished = max(wait, response.retry_after_seconds or 0)
            if response.status not in _PASSING_TROUBLE or not _fits(wished, deadline):
                return response
            await self._sleep(wished)
        return await (await self._transport()).ask(request, target)


def _fits(wait: float, deadline: asyncio.Timeout) -> bool:
    ends = deadline.when()
    return ends is None or asyncio.get_running_loop().time() + wait < ends
