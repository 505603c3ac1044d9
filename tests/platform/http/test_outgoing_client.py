"""The outgoing client against real servers, good and bad."""

import asyncio
import gzip
import zlib

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port

from tests.platform.http.conftest import (
    EveryNameIsHere,
    Serve,
    SpeakRaw,
)
from tocsin.platform.http import (
    FailureKind,
    HttpFailure,
    HttpRequest,
    OutgoingClient,
    Oversize,
    Validators,
)


def request(url: object, **changes: object) -> HttpRequest:
    return HttpRequest(**({"url": str(url), "purpose": "test", "attempts": 1} | changes))  # type: ignore[arg-type]  # values are as typed as the test that names them


async def failure_of(client: OutgoingClient, asked: HttpRequest) -> HttpFailure:
    with pytest.raises(HttpFailure) as caught:
        await client.fetch(asked)
    return caught.value


async def test_an_answer_comes_back_whole(client: OutgoingClient, serve: Serve) -> None:
    async def hello(asked: web.Request) -> web.Response:
        agent = asked.headers["User-Agent"]
        return web.Response(text=f"hello {agent}", headers={"ETag": 'W/"1"', "X-Odd": "yes"})

    server = await serve(hello)
    answer = await client.fetch(request(server.make_url("/greeting?of=today")))
    assert answer.ok
    assert answer.body == b"hello Tocsin/test"
    assert answer.headers["x-odd"] == "yes"
    assert answer.validators == Validators(etag='W/"1"')
    assert answer.final_url == str(server.make_url("/greeting?of=today"))
    assert not answer.redirected_host_changed


async def test_validators_are_sent_and_an_unchanged_answer_is_told(
    client: OutgoingClient, serve: Serve
) -> None:
    async def conditional(asked: web.Request) -> web.Response:
        known = asked.headers.get("If-None-Match") == '"v1"'
        since = asked.headers.get("If-Modified-Since") == "Fri, 20 Nov 2026 11:00:00 GMT"
        return web.Response(status=304 if known and since else 200, headers={"ETag": '"v1"'})

    server = await serve(conditional)
    validators = Validators('"v1"', "Fri, 20 Nov 2026 11:00:00 GMT")
    answer = await client.fetch(request(server.make_url("/"), validators=validators))
    assert answer.not_modified
    assert answer.validators.etag == '"v1"'


async def test_a_server_that_drips_bytes_ends_at_the_deadline(
    client: OutgoingClient, speak_raw: SpeakRaw
) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.005)

    address = await speak_raw(drip)
    started = asyncio.get_running_loop().time()
    failure = await failure_of(client, request(address, total_seconds=0.05, attempts=3))
    assert failure.kind is FailureKind.TIMEOUT
    assert failure.sentence == "127.0.0.1 did not answer within 0.05 seconds."
    assert not failure.permanent
    assert asyncio.get_running_loop().time() - started < 1


async def test_headers_that_never_end_end_at_the_deadline(
    client: OutgoingClient, speak_raw: SpeakRaw
) -> None:
    async def drip_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-More: and more\r\n")
            await writer.drain()
            await asyncio.sleep(0.005)

    address = await speak_raw(drip_headers)
    failure = await failure_of(client, request(address, total_seconds=0.05))
    assert failure.kind is FailureKind.TIMEOUT


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
async def test_nine_megabytes_are_too_large(
    client: OutgoingClient, serve: Serve, announced: bool
) -> None:
    async def nine_megabytes(asked: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        if announced:
            answer.content_length = 9 * 1024 * 1024
        await answer.prepare(asked)
        for _ in range(9):
            await answer.write(b"x" * 1024 * 1024)
        return answer

    server = await serve(nine_megabytes)
    failure = await failure_of(client, request(server.make_url("/")))
    assert failure.kind is FailureKind.TOO_LARGE
    assert failure.sentence == "127.0.0.1 sent more than 8 MB."


async def test_eight_megabytes_are_not_too_large(client: OutgoingClient, serve: Serve) -> None:
    async def eight_megabytes(asked: web.Request) -> web.Response:
        return web.Response(body=b"x" * 8 * 1024 * 1024)

    server = await serve(eight_megabytes)
    answer = await client.fetch(request(server.make_url("/")))
    assert len(answer.body) == 8 * 1024 * 1024
    assert not answer.body_cut


async def test_a_large_body_is_cut_when_the_rest_does_not_matter(
    client: OutgoingClient, serve: Serve
) -> None:
    async def long(asked: web.Request) -> web.Response:
        return web.Response(body=b"abcdefgh" * 100_000)

    server = await serve(long)
    wanted = request(server.make_url("/"), body_limit=8, oversize=Oversize.CUT)
    answer = await client.fetch(wanted)
    assert answer.body == b"abcdefgh"
    assert answer.body_cut


async def test_a_gzip_bomb_is_refused_before_it_is_unpacked(
    client: OutgoingClient, serve: Serve
) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * 1024 * 1024) for _ in range(64)) + packer.flush()
    assert len(bomb) < 100_000

    async def explode(asked: web.Request) -> web.Response:
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

    server = await serve(explode)
    failure = await failure_of(client, request(server.make_url("/")))
    assert failure.kind is FailureKind.TOO_LARGE


async def test_gzip_is_unpacked_in_all_its_members(client: OutgoingClient, serve: Serve) -> None:
    async def packed(asked: web.Request) -> web.Response:
        assert asked.headers["Accept-Encoding"] == "gzip"
        body = gzip.compress(b"one ") + gzip.compress(b"two")
        return web.Response(body=body, headers={"Content-Encoding": "gzip"})

    server = await serve(packed)
    assert (await client.fetch(request(server.make_url("/")))).body == b"one two"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"this is not gzip"),
        ("gzip", gzip.compress(b"cut short" * 100)[:-9]),
        ("br", b"nobody asked for brotli"),
    ],
    ids=["garbage", "truncated", "unasked"],
)
async def test_a_body_that_cannot_be_unpacked_is_said_so(
    client: OutgoingClient, serve: Serve, encoding: str, body: bytes
) -> None:
    async def broken(asked: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Encoding": encoding})

    server = await serve(broken)
    failure = await failure_of(client, request(server.make_url("/")))
    assert failure.kind is FailureKind.PROTOCOL
    assert failure.sentence == "127.0.0.1 sent a body that cannot be unpacked."


async def test_garbage_instead_of_http_is_a_protocol_failure(
    client: OutgoingClient, speak_raw: SpeakRaw
) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(bytes(range(256)) * 4)
        await writer.drain()

    failure = await failure_of(client, request(await speak_raw(babble)))
    assert failure.kind is FailureKind.PROTOCOL
    assert failure.sentence == "127.0.0.1 did not answer in valid HTTP."


async def test_a_connection_closed_early_is_said_so(
    client: OutgoingClient, speak_raw: SpeakRaw
) -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        await writer.drain()

    failure = await failure_of(client, request(await speak_raw(half)))
    assert failure.kind is FailureKind.CONNECTION
    assert "before its answer was complete" in failure.sentence


async def test_a_closed_port_refuses(client: OutgoingClient) -> None:
    failure = await failure_of(client, request(f"http://127.0.0.1:{unused_port()}/"))
    assert failure.kind is FailureKind.REFUSED
    assert failure.sentence == "127.0.0.1 refused the connection."


async def test_a_name_without_address_is_named(
    client: OutgoingClient, resolver: EveryNameIsHere
) -> None:
    resolver.addresses["gone.example"] = ""
    failure = await failure_of(client, request("http://gone.example/"))
    assert failure.kind is FailureKind.DNS
    assert failure.sentence == "The name gone.example does not resolve to an address."


async def test_https_to_a_plain_server_is_a_tls_failure(
    client: OutgoingClient, serve: Serve
) -> None:
    async def hello(asked: web.Request) -> web.Response:
        return web.Response()

    server = await serve(hello)
    failure = await failure_of(client, request(f"https://127.0.0.1:{server.port}/"))
    assert failure.kind is FailureKind.TLS
