"""A client for discovery: it asks nothing twice, and no host more than a handful of times."""

import asyncio
from collections import Counter

from tocsin.platform.http import (
    FailureKind,
    HttpFailure,
    HttpRequest,
    HttpResponse,
    OutgoingClient,
    host_of,
)

MOST_PER_HOST = 24


class ThriftyClient(OutgoingClient):
    """Lends another client to one discovery; kinds that look for the same thing share an answer.

    Whoever asks a host for the first time too often gets an HttpFailure, as of a breaker.
    """

    def __init__(self, client: OutgoingClient) -> None:
        self._lender = client
        self._answers: dict[str, asyncio.Future[HttpResponse]] = {}
        self._asked: Counter[str] = Counter()

    async def fetch(self, request: HttpRequest) -> HttpResponse:
        """Send a request unless its address was asked already; raises HttpFailure."""
        key = request.url.rstrip("/")
        if key not in self._answers:
            self._count(request)
            self._answers[key] = asyncio.ensure_future(self._lender.fetch(request))
        # whoever gives up waiting must not take the answer away from the others
        return await asyncio.shield(self._answers[key])

    async def rest(self) -> None:
        """Give up what nobody waits for any more."""
        for answer in self._answers.values():
            answer.cancel()
        await asyncio.gather(*self._answers.values(), return_exceptions=True)

    def _count(self, request: HttpRequest) -> None:
        host = host_of(request.url)
        self._asked[host] += 1
        if self._asked[host] > MOST_PER_HOST:
            raise HttpFailure(
                FailureKind.BREAKER_OPEN, f"{host} was asked {MOST_PER_HOST} times already."
            )
