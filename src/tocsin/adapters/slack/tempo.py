"""Slack's tempo: short bursts are fine, then one message per second and webhook."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

_MOST_REMEMBERED = 1_000


class Tempo:
    """Spaces messages per webhook: `burst` at once, then one every `seconds`.

    Keeps, per webhook, the instant by which all its messages would have been due at an even pace.
    """

    def __init__(
        self,
        seconds: float = 1.0,
        burst: int = 4,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._seconds = seconds
        self._ahead = seconds * (burst - 1)
        self._sleep = sleep
        self._due: OrderedDict[str, float] = OrderedDict()

    async def wait(self, webhook: str) -> None:
        """Wait until the webhook may be used again, and count this use."""
        now = asyncio.get_running_loop().time()
        due = max(now, self._due.pop(webhook, now))
        self._due[webhook] = due + self._seconds
        if len(self._due) > _MOST_REMEMBERED:
            self._due.popitem(last=False)
        early = due - now - self._ahead
        if early > 0:
            await self._sleep(early)
