"""A request over a connection of its own, followed through its redirects, phase by phase."""

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.platform.http.failures import HttpFailure
from tocsin.platform.http.measured.exchange import REDIRECTS, Exchange
from tocsin.platform.http.measured.model import (
    MeasuredAnswer,
    MeasuredRequest,
    ReadyRequest,
    Stopwatch,
    WireFault,
)
from tocsin.platform.http.measured.request import prepare_request
from tocsin.platform.http.measured.wire import in_time
from tocsin.platform.http.model import Observation
from tocsin.platform.http.targets import next_hop

if TYPE_CHECKING:
    from tocsin.platform.http.measured.wire import Wires

_ANY_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_KEEPS_METHOD = frozenset({307, 308})


class MeasuredFetch:
    """Asks as a visitor without memory would: a fresh connection, no cookies, no cache.

    Members of the house choose the addresses, so private ones are allowed.
    """

    def __init__(self, wires: "Wires") -> None:
        self.wires = wires

    def prepare(self, wanted: MeasuredRequest) -> ReadyRequest:
        """Write a request down; raises HttpFailure where its address is none."""
        return prepare_request(wanted, self.wires.tls)

    async def fetch(self, request: ReadyRequest, watch: Stopwatch) -> MeasuredAnswer:
        """The complete answer within the request's time; raises WireFault.

        The phases of several hops add up. Nothing is tried twice: a retry would hide a fault.
        """
        work = self._follow(request, watch)
        try:
            answer = await in_time(work, request.wanted.seconds, request.place.host, watch)
        except WireFault as fault:
            self._observed(fault.fault, watch)
            raise
        self._observed(f"{answer.status // 100}xx", watch)
        return answer

    def _observed(self, outcome: str, watch: Stopwatch) -> None:
        if self.wires.observe is not None:
            self.wires.observe(Observation("check", outcome, watch.total_ms / 1000))

    async def _follow(self, first: ReadyRequest, watch: Stopwatch) -> MeasuredAnswer:
        request, most = first, first.wanted.most_redirects
        visited = {(first.wanted.method, first.url)}
        while True:
            exchange = await self._once(request, watch)
            location = exchange.headers.get(b"location")
            if not (most and location and exchange.status in REDIRECTS):
                return _answer(request, exchange)
            request = self._next(request, exchange.status, location.decode("latin-1"))
            step = (request.wanted.method, request.url)
            if step in visited:
                raise WireFault("redirect", f"{request.place.host} redirects in a circle.")
            if len(visited) > most:
                raise WireFault("redirect", f"{first.place.host} redirects more than {most} times.")
            visited.add(step)

    async def _once(self, request: ReadyRequest, watch: Stopwatch) -> Exchange:
        exchange = Exchange(request, watch)
        wire = await self.wires.connect(request.place, exchange, watch, request.wanted.seconds)
        try:
            await exchange.done
        finally:
            wire.abort()
        return exchange

    def _next(self, request: ReadyRequest, status: int, location: str) -> ReadyRequest:
        host, method = request.place.host, request.wanted.method
        try:
            target = next_hop(request.url, location)
            wanted = _with_method(replace(request.wanted, url=str(target.url)), status)
            if target.url.origin() != request.url.origin():
                wanted = replace(wanted, origin_only=())
                if wanted.body is not None:
                    raise WireFault("redirect", f"{host} redirects a {method} to another host.")
            return self.prepare(wanted)
        except HttpFailure as failure:
            raise WireFault("redirect", f"{host} redirects to no valid address.") from failure


def _with_method(wanted: MeasuredRequest, status: int) -> MeasuredRequest:
    """After a 301, 302 or 303 everything but HEAD goes on as a GET (RFC 9110, section 15.4)."""
    if status in _KEEPS_METHOD or wanted.method == "HEAD":
        return wanted
    return replace(wanted, method="GET", body=None)


def _answer(request: ReadyRequest, exchange: Exchange) -> MeasuredAnswer:
    body = b"".join(exchange.parts)
    cut = exchange.cut
    if body and (encoding := exchange.headers.get(b"content-encoding")):
        body, cut = _unpacked(body, encoding, request, cut=cut)
    certificate = exchange.certificate
    return MeasuredAnswer(
        exchange.status,
        body,
        cut,
        exchange.headers.get(b"content-type", b"").decode("latin-1"),
        request.url,
        certificate.ends_at if certificate else None,
    )


def _unpacked(
    body: bytes, encoding: bytes, request: ReadyRequest, *, cut: bool
) -> tuple[bytes, bool]:
    """Unpack as far as the limit allows: a bomb is over it long before it is unpacked."""
    host = request.place.host
    name = encoding.strip().lower()
    if name in (b"", b"identity"):
        return body, cut
    if name not in (b"gzip", b"x-gzip", b"deflate"):
        raise WireFault("protocol", f"{host} packed its body in a way that nobody asked for.")
    stream = zlib.decompressobj(_ANY_GZIP_OR_ZLIB)
    try:
        unpacked = stream.decompress(body, request.wanted.body_limit)
    except zlib.error as error:
        raise WireFault("protocol", f"{host} sent a body that cannot be unpacked.") from error
    if not stream.eof and not cut and not stream.unconsumed_tail:
        raise WireFault("protocol", f"{host} sent a body that cannot be unpacked.")
    return unpacked, cut or bool(stream.unconsumed_tail)
