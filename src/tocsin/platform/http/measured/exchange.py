"""One request and its answer on one wire, read no further than needed."""

import asyncio

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from tocsin.platform.http.measured.model import DOWNLOAD, LOOKUP, ReadyRequest, Stopwatch, WireFault
from tocsin.platform.http.measured.tls import Certificate
from tocsin.platform.http.measured.wire import Wire, ending

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_MOST_HEADERS = 200
_MOST_HEADER_BYTES = 64 * 1024
_WRAPPING = 1024 * 1024
_READ_HEADERS = frozenset({b"location", b"content-type", b"content-encoding"})


class Exchange:
    """Sink of a wire and listener of the parser; `done` tells that the answer is complete.

    Only the headers in `_READ_HEADERS` are kept, by their lower-case names.
    """

    __slots__ = (
        "_count",
        "_ends_with_the_wire",
        "_has_headers",
        "_host",
        "_parser",
        "_seen",
        "_sent",
        "_size",
        "_wanted",
        "_watch",
        "_wire",
        "certificate",
        "cut",
        "done",
        "headers",
        "parts",
        "status",
    )

    def __init__(self, request: ReadyRequest, watch: Stopwatch) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.parts: list[bytes] = []
        self.cut = False
        self.certificate: Certificate | None = None
        self._wanted = request.wanted
        self._sent = request.sent
        self._host = request.place.host
        self._watch = watch
        self._wire: Wire | None = None
        self._seen = self._size = self._count = 0
        self._has_headers = False
        self._ends_with_the_wire = True
        self._parser = HttpResponseParser(self)

    def opened(self, wire: Wire) -> None:
        """Send the request."""
        self._wire = wire
        self.certificate = wire.certificate
        wire.write(self._sent)

    def received(self, data: bytes) -> None:
        """Take a piece of the answer."""
        if self.done.done():
            return
        if not self._seen:
            self._watch.lap(DOWNLOAD)
        self._seen += len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            self._finish()
        except HttpParserError:
            self._fail(WireFault("protocol", f"{self._host} did not answer in valid HTTP."))
        self._refuse_endless()

    def ended(self, error: Exception | None) -> None:
        """The connection is over; without a stated length that is the end of the body."""
        if self.done.done():
            return
        if error is None and self._has_headers and self._ends_with_the_wire:
            self._finish()
        else:
            self._fail(ending(error, self._host))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Part of httptools' listener."""
        self._count += 1
        lower = name.lower()
        if lower in _READ_HEADERS:
            self.headers[lower] = value
        elif lower in (b"content-length", b"transfer-encoding"):
            self._ends_with_the_wire = False

    def on_headers_complete(self) -> None:
        """Part of httptools' listener."""
        status = self._parser.get_status_code()
        if status < 200 and status != 101:  # an interim answer: the real one follows
            self.headers.clear()
            self._ends_with_the_wire = True
            return
        self.status = status
        self._has_headers = True
        follows = (
            self._wanted.most_redirects and status in REDIRECTS and b"location" in self.headers
        )
        if follows or self._wanted.method == "HEAD":
            self._finish()

    def on_body(self, part: bytes) -> None:
        """Part of httptools' listener."""
        if self.done.done():
            return
        room = self._wanted.body_limit - self._size
        self._size += len(part)
        if self._wanted.keep_body:
            self.parts.append(part[:room])
        if len(part) > room:
            self.cut = True
            self._finish()

    def on_message_complete(self) -> None:
        """Part of httptools' listener."""
        if self._has_headers:
            self._finish()

    def _refuse_endless(self) -> None:
        most = _MOST_HEADER_BYTES
        if self._has_headers:
            most += self._wanted.body_limit + _WRAPPING
        if self._seen > most or self._count > _MOST_HEADERS:
            what = "a body wrapped in too much" if self._has_headers else "too many headers"
            self._fail(WireFault("protocol", f"{self._host} sent {what}."))

    def _finish(self) -> None:
        if not self.done.done():
            self._watch.lap(LOOKUP)
            self.done.set_result(None)
        self._drop()

    def _fail(self, fault: WireFault) -> None:
        if not self.done.done():
            self.done.set_exception(fault)
        self._drop()

    def _drop(self) -> None:
        if self._wire is not None:
            self._wire.abort()
