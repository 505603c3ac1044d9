"""Reading a body without trusting its size, neither as sent nor as unpacked."""

import zlib

from aiohttp import ClientResponse

from tocsin.platform.http.failures import FailureKind, HttpFailure
from tocsin.platform.http.model import HttpRequest, Oversize

_CHUNK = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


async def read_body(response: ClientResponse, request: HttpRequest) -> tuple[bytes, bool]:
    """Read the whole body, unpacked, and say whether it was cut at the request's limit.

    Raises HttpFailure when it is too large and must not be cut, packed in a way that nobody asked
    for, or broken.
    """
    limit = request.body_limit
    if request.oversize is Oversize.REFUSE and (response.content_length or 0) > limit:
        raise _too_large(response, limit)
    unpack = _unpacker(response)
    parts: list[bytes] = []
    sent = size = 0
    async for chunk in response.content.iter_chunked(_CHUNK):
        sent += len(chunk)
        part = unpack.feed(chunk, limit - size + 1)
        parts.append(part)
        size += len(part)
        if max(sent, size) > limit:
            return _over_limit(b"".join(parts), response, request)
    if not unpack.complete:
        raise _broken(response)
    return b"".join(parts), False


def _over_limit(body: bytes, response: ClientResponse, request: HttpRequest) -> tuple[bytes, bool]:
    if request.oversize is Oversize.REFUSE:
        raise _too_large(response, request.body_limit)
    return body[: request.body_limit], True


def _unpacker(response: ClientResponse) -> "_Plain | _Gzip":
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        return _Plain()
    if encoding in ("gzip", "x-gzip"):
        return _Gzip(response)
    raise _broken(response)


class _Plain:
    complete = True

    def feed(self, chunk: bytes, most: int) -> bytes:
        return chunk


class _Gzip:
    """Unpacks at most `most` bytes per call; a bomb is over its limit long before it is unpacked."""

    def __init__(self, response: ClientResponse) -> None:
        self._response = response
        self._stream = zlib.decompressobj(_GZIP)
        self._started = False

    @property
    def complete(self) -> bool:
        return self._stream.eof or not self._started

    def feed(self, chunk: bytes, most: int) -> bytes:
        self._started = True
        parts: list[bytes] = []
        while chunk and most > 0:
            if self._stream.eof:
                self._stream = zlib.decompressobj(_GZIP)
            try:
                part = self._stream.decompress(chunk, most)
            except zlib.error as error:
                raise _broken(self._response) from error
            parts.append(part)
            most -= len(part)
            chunk = self._stream.unused_data or self._stream.unconsumed_tail
        return b"".join(parts)


def _too_large(response: ClientResponse, limit: int) -> HttpFailure:
    return HttpFailure(
        FailureKind.TOO_LARGE,
        f"{response.url.host} sent more than {limit / (1024 * 1024):g} MB.",
    )


def _broken(response: ClientResponse) -> HttpFailure:
    return HttpFailure(
        FailureKind.PROTOCOL, f"{response.url.host} sent a body that cannot be unpacked."
    )
