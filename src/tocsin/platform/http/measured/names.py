"""Names to addresses: the house's resolver, each name asked once at a time, remembered briefly."""

import asyncio
from collections.abc import Callable
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING

from tocsin.platform.http.measured.model import WireFault

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver

_MOST_REMEMBERED = 20_000


class Names:
    """Addresses of names. How long an answer may be used is the asker's to say."""

    def __init__(self, resolver: "Callable[[], AbstractResolver] | None" = None) -> None:
        self._make = resolver
        self._resolver: AbstractResolver | None = None
        self._known: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._asking: dict[str, asyncio.Task[tuple[str, ...]]] = {}

    async def addresses(self, host: str, keep_seconds: float) -> tuple[str, ...]:
        """All addresses of a host, best first; raises WireFault (`dns`) when it has none."""
        if _is_address(host):
            return (host,)
        known = self._known.get(host)
        if known is not None and monotonic() - known[0] <= keep_seconds:
            return known[1]
        asking = self._asking.get(host)
        if asking is None or asking.get_loop() is not asyncio.get_running_loop():
            asking = asyncio.get_running_loop().create_task(self._ask(host))
            self._asking[host] = asking
            asking.add_done_callback(lambda task: self._answered(host, task))
        return await asyncio.shield(asking)

    def forget(self, host: str) -> None:
        """Ask again next time: nobody was there."""
        self._known.pop(host, None)

    async def close(self) -> None:
        """Give the resolver's threads back."""
        resolver, self._resolver = self._resolver, None
        if resolver is not None:
            await resolver.close()

    async def _ask(self, host: str) -> tuple[str, ...]:
        if self._resolver is None:
            self._resolver = self._make() if self._make else _system_resolver()
        try:
            found = await self._resolver.resolve(host, 0)
        except OSError as error:
            raise WireFault("dns", f"The name {host} does not resolve to an address.") from error
        addresses = tuple(dict.fromkeys(one["host"] for one in found))
        if len(self._known) >= _MOST_REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[host] = (monotonic(), addresses)
        return addresses

    def _answered(self, host: str, task: "asyncio.Task[tuple[str, ...]]") -> None:
        if self._asking.get(host) is task:
            del self._asking[host]
        if not task.cancelled():
            task.exception()  # whoever waited has it; nobody may be waiting any more


def _system_resolver() -> "AbstractResolver":
    from tocsin.platform.http.resolving import PooledResolver

    return PooledResolver()


def _is_address(host: str) -> bool:
    if ":" not in host and not host[-1:].isdigit():
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
