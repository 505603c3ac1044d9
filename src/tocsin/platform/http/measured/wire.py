"""One connection, plain or secured, that laps its stopwatch and tells its sink what comes.

TLS goes through memory buffers of our own: an event loop's transport gives one moment for
"connected and secured", and hides which of the two was slow or failed.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from tocsin.platform.http.measured.model import (
    CONNECT,
    FIRST_BYTE,
    TLS,
    Place,
    Stopwatch,
    WireFault,
)
from tocsin.platform.http.measured.names import Names
from tocsin.platform.http.measured.tls import (
    Certificate,
    TlsContexts,
    certificate_of,
    tls_fault,
)
from tocsin.platform.http.model import Observation

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver

T = TypeVar("T")

_READ = 64 * 1024
_LATE = {
    "lookup": "The name {host} was not resolved within {seconds:g} seconds.",
    "connect": "{host} did not accept a connection within {seconds:g} seconds.",
    "tls": "{host} did not complete the TLS handshake within {seconds:g} seconds.",
    "first_byte": "{host} did not answer within {seconds:g} seconds.",
    "download": "{host} did not finish its answer within {seconds:g} seconds.",
}


class Sink(Protocol):
    """Whoever listens at one end of a wire."""

    def opened(self, wire: "Wire") -> None:
        """The connection stands, secured if it had to be."""

    def received(self, data: bytes) -> None:
        """Something came."""

    def ended(self, error: Exception | None) -> None:
        """Nothing more will come; may be said more than once."""


class Wire(asyncio.Protocol):
    """A connection as its protocol sees it; `Wires.connect` makes them."""

    __slots__ = (
        "_incoming",
        "_outgoing",
        "_secured",
        "_sink",
        "_tls",
        "_transport",
        "_watch",
        "place",
    )

    def __init__(self, place: Place, sink: Sink, watch: Stopwatch) -> None:
        self.place = place
        self._sink = sink
        self._watch = watch
        self._transport: asyncio.Transport | None = None
        self._tls: ssl.SSLObject | None = None
        self._secured = False

    @property
    def certificate(self) -> Certificate | None:
        """The server's certificate, once the connection is secured."""
        return certificate_of(self._tls) if self._tls is not None and self._secured else None

    def write(self, data: bytes) -> None:
        """Send something, secured if the connection is."""
        if self._transport is None:
            return
        if self._tls is None:
            self._transport.write(data)
            return
        self._tls.write(data)
        self._flush()

    def secure(self, context: ssl.SSLContext, server_name: str | None) -> None:
        """Begin TLS on the connection as it stands; the sink hears `opened` when it is secured."""
        self._watch.lap(TLS)
        self._begin_tls(context, server_name)

    def abort(self) -> None:
        """Drop the connection; the sink hears no more of it than that it ended."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Part of asyncio.Protocol."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass
        if self.place.tls is None:
            self._watch.lap(FIRST_BYTE)
            self._sink.opened(self)
        else:
            self._watch.lap(TLS)
            self._begin_tls(self.place.tls, self.place.server_name)

    def data_received(self, data: bytes) -> None:
        """Part of asyncio.Protocol."""
        if self._tls is None:
            self._sink.received(data)
            return
        self._incoming.write(data)
        if self._secured or self._shake_hands():
            self._read()

    def eof_received(self) -> None:
        """Part of asyncio.Protocol."""
        self._sink.ended(None)

    def connection_lost(self, error: Exception | None) -> None:
        """Part of asyncio.Protocol."""
        self._sink.ended(error)
        self._transport = None

    def _begin_tls(self, context: ssl.SSLContext, server_name: str | None) -> None:
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._secured = False
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_name)
        self._shake_hands()

    def _shake_hands(self) -> bool:
        assert self._tls is not None
        try:
            self._tls.do_handshake()
        except ssl.SSLWantReadError:
            self._flush()
            return False
        except ssl.SSLError as error:
            self._give_up(error)
            return False
        self._secured = True
        self._watch.lap(FIRST_BYTE)
        self._flush()
        self._sink.opened(self)
        return True

    def _read(self) -> None:
        assert self._tls is not None
        try:
            while chunk := self._tls.read(_READ):
                self._sink.received(chunk)
        except ssl.SSLWantReadError:
            self._flush()
            return
        except ssl.SSLZeroReturnError:
            self._sink.ended(None)
            return
        except ssl.SSLError as error:
            self._give_up(error)
            return
        self._sink.ended(None)

    def _flush(self) -> None:
        if self._transport is not None and self._outgoing.pending:
            self._transport.write(self._outgoing.read())

    def _give_up(self, error: ssl.SSLError) -> None:
        self._sink.ended(error)
        self._flush()  # the alert that tells the other side why
        if self._transport is not None:
            self._transport.close()


class Wires:
    """Opens connections for checks. `resolver` and `authorities` take the place of the system's.

    `observe` hears of every request that was measured, as the outgoing client's does.
    """

    def __init__(
        self,
        resolver: "Callable[[], AbstractResolver] | None" = None,
        authorities: str | None = None,
        observe: Callable[[Observation], None] | None = None,
    ) -> None:
        self.observe = observe
        self.names = Names(resolver)
        self.tls = TlsContexts(authorities)

    async def close(self) -> None:
        """Give the look-ups' threads back."""
        await self.names.close()

    async def connect(self, place: Place, sink: Sink, watch: Stopwatch, seconds: float) -> Wire:
        """Look up and connect; the sink hears the rest. Addresses are tried in turn, and while
        there is another one each gets only its share of the time. Raises WireFault."""
        addresses = await self.names.addresses(place.host, place.keep_seconds)
        watch.lap(CONNECT)
        fault: WireFault | None = None
        for address in addresses[:-1]:
            try:
                async with asyncio.timeout(seconds / len(addresses)):
                    return await self._connect(address, place, sink, watch)
            except TimeoutError:
                fault = WireFault("timeout", _late(place.host, watch.phase, seconds))
            except WireFault as error:
                fault = error
        try:
            return await self._connect(addresses[-1], place, sink, watch)
        except WireFault as error:
            self.names.forget(place.host)
            raise (fault if fault and fault.fault == "refused" else error) from None

    async def _connect(self, address: str, place: Place, sink: Sink, watch: Stopwatch) -> Wire:
        loop = asyncio.get_running_loop()
        try:
            _, wire = await loop.create_connection(
                lambda: Wire(place, sink, watch), address, place.port
            )
        except ConnectionRefusedError as error:
            raise WireFault("refused", f"{place.host} refused the connection.") from error
        except OSError as error:
            raise WireFault("unreachable", f"{place.host} cannot be reached.") from error
        return wire


async def in_time(work: Awaitable[T], seconds: float, host: str, watch: Stopwatch) -> T:
    """Finish within the time, or raise the WireFault that says during which phase it ran out."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError as error:
        raise WireFault("timeout", _late(host, watch.phase, seconds)) from error


def ending(error: Exception | None, host: str) -> WireFault:
    """Name why a connection ended too early."""
    if isinstance(error, WireFault):
        return error
    if isinstance(error, ssl.SSLError):
        return tls_fault(error, host)
    if isinstance(error, ConnectionResetError):
        return WireFault("reset", f"{host} reset the connection before its answer was complete.")
    return WireFault("closed", f"{host} closed the connection before its answer was complete.")


def _late(host: str, phase: str, seconds: float) -> str:
    return _LATE[phase].format(host=host, seconds=seconds)
