"""The dead man's switch: each beat of the worker pings HEALTHCHECK_PING_URL, and waits for nobody.

Whoever stands at its other end (Healthchecks.io or the like) sounds the alarm when the pings stop,
which no process on this machine can do for itself.
"""

import asyncio
from collections.abc import Callable

import structlog

from tocsin.platform.http import HttpFailure, HttpRequest, OutgoingClient, Oversize

log = structlog.get_logger("tocsin.heartbeat")

PATIENCE_SECONDS = 5.0
PURPOSE = "healthcheck"


class DeadMansSwitch:
    """Pings an address; without one it does nothing.

    `show` takes whether the last ping was heard. The address is a secret: nobody logs it.
    """

    def __init__(
        self, client: OutgoingClient, url: str | None, show: Callable[[bool], None] = lambda _: None
    ) -> None:
        self._client = client
        self._url = url
        self._show = show
        self._heard: bool | None = None
        self._asking: asyncio.Task[None] | None = None

    def ping(self) -> None:
        """Ping beside whatever runs; while one is under way another is not begun."""
        if self._url is None or (self._asking is not None and not self._asking.done()):
            return
        self._asking = asyncio.create_task(self._ping(self._url))

    async def settled(self) -> None:
        """Wait for the ping that is under way, if any."""
        if self._asking is not None:
            await self._asking

    async def stop(self) -> None:
        """Give up the ping that is under way."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _ping(self, url: str) -> None:
        request = HttpRequest(
            url,
            PURPOSE,
            total_seconds=PATIENCE_SECONDS,
            attempts=1,
            body_limit=65_536,
            oversize=Oversize.CUT,
            breaker=False,
        )
        try:
            answer = await self._client.fetch(request)
        except HttpFailure as failure:
            self._note(False, failure.sentence)
            return
        self._note(answer.ok, f"It answers {answer.status}.")

    def _note(self, heard: bool, words: str) -> None:
        """Say it once when it changes; the metric says it always."""
        if not heard and self._heard is not False:
            log.warning("healthcheck.not_heard", words=words)
        if heard and self._heard is False:
            log.info("healthcheck.heard_again")
        self._heard = heard
        self._show(heard)
