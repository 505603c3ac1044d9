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
    Sleeper,
    SpeakRaw,
)
from tocsin.kernel.clock import ManualClock
from tocsin.platform.http import (
    FailureKind,
    HttpFailure,
    HttpRequest,
    Observation,
    OutgoingClient,
    Oversize,
    Redirects,
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


async def test_a_redirect_on_the_same_host_is_followed_and_reported(
    client: OutgoingClient, serve: Serve
) -> None:
    async def moved(asked: web.Request) -> web.Response:
        if asked.path == "/old":
            raise web.HTTPMovedPermanently("/new")
        return web.Response(text=asked.path)

    server = await serve(moved)
    answer = await client.fetch(request(server.make_url("/old")))
    assert answer.body == b"/new"
    assert answer.final_url == str(server.make_url("/new"))
    assert not answer.redirected_host_changed


async def test_a_redirect_to_another_host_is_refused_with_the_new_address(
    client: OutgoingClient, serve: Serve
) -> None:
    async def moved(asked: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently("https://user:secret@new.example/status?a=1#top")

    server = await serve(moved)
    failure = await failure_of(client, request(f"http://old.example:{server.port}/status"))
    assert failure.kind is FailureKind.REDIRECT_REFUSED
    assert failure.permanent
    assert failure.location == "https://new.example/status?a=1"
    assert failure.sentence == "old.example redirects to another host, new.example."


async def test_a_redirect_anywhere_is_followed_without_the_callers_headers(
    client: OutgoingClient, serve: Serve
) -> None:
    async def there(asked: web.Request) -> web.Response:
        return web.Response(text=asked.headers.get("Authorization", "nothing"))

    other = await serve(there)

    async def here(asked: web.Request) -> web.Response:
        assert asked.headers["Authorization"] == "Bearer secret"
        raise web.HTTPFound(f"http://there.example:{other.port}/")

    server = await serve(here)
    asked = request(
        f"http://here.example:{server.port}/",
        redirects=Redirects.ANYWHERE,
        headers={"Authorization": "Bearer secret"},
    )
    answer = await client.fetch(asked)
    assert answer.body == b"nothing"
    assert answer.redirected_host_changed
    assert answer.final_url == f"http://there.example:{other.port}/"


async def test_a_redirect_is_itself_the_answer_when_asked_to_report(
    client: OutgoingClient, serve: Serve
) -> None:
    async def moved(asked: web.Request) -> web.Response:
        raise web.HTTPFound("/elsewhere")

    server = await serve(moved)
    answer = await client.fetch(request(server.make_url("/"), redirects=Redirects.REPORT))
    assert answer.status == 302
    assert answer.headers["location"] == "/elsewhere"


async def test_a_post_is_never_sent_on_by_a_redirect(client: OutgoingClient, serve: Serve) -> None:
    async def moved(asked: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("/elsewhere")

    server = await serve(moved)
    answer = await client.fetch(request(server.make_url("/"), method="POST", body=b"{}"))
    assert answer.status == 307


@pytest.mark.parametrize("length", [1, 2, 1000], ids=["itself", "two", "endless"])
async def test_redirects_in_a_circle_end(client: OutgoingClient, serve: Serve, length: int) -> None:
    hops = 0

    async def onwards(asked: web.Request) -> web.Response:
        nonlocal hops
        hops += 1
        raise web.HTTPFound(f"/{hops % length}")

    server = await serve(onwards)
    failure = await failure_of(client, request(server.make_url("/0")))
    assert failure.kind is FailureKind.REDIRECT_REFUSED
    assert failure.sentence == "127.0.0.1 redirects in a circle."
    assert hops <= 6


@pytest.mark.parametrize("location", ["ftp://a.example/", "http://", "http://[::1", "javascript:1"])
async def test_a_redirect_to_nonsense_is_refused(
    client: OutgoingClient, serve: Serve, location: str
) -> None:
    async def moved(asked: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": location})

    server = await serve(moved)
    asked = request(server.make_url("/"), redirects=Redirects.ANYWHERE)
    failure = await failure_of(client, asked)
    assert failure.kind is FailureKind.REDIRECT_REFUSED


async def test_a_name_and_password_in_an_address_become_a_header_and_stay_out_of_sight(
    client: OutgoingClient, serve: Serve
) -> None:
    async def who(asked: web.Request) -> web.Response:
        return web.Response(text=asked.headers["Authorization"])

    server = await serve(who)
    answer = await client.fetch(request(f"http://me:secret@127.0.0.1:{server.port}/"))
    assert answer.body == b"Basic bWU6c2VjcmV0"
    assert answer.final_url == f"http://127.0.0.1:{server.port}/"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "www.example.com",
        "ftp://www.example.com/",
        "file:///etc/passwd",
        "http://",
        "http://exam ple.com/",
        "http://example.com:99999/",
        "http://example.com/\nX: y",
        "http://" + "a" * 3000 + ".example",
        "http://2130706433/",
        "http://127.1/",
    ],
)
async def test_what_is_no_address_is_refused_for_good(client: OutgoingClient, address: str) -> None:
    failure = await failure_of(client, request(address))
    assert failure.kind is FailureKind.INVALID_URL
    assert failure.permanent


async def test_passing_trouble_is_tried_again(
    client: OutgoingClient, serve: Serve, sleeper: Sleeper
) -> None:
    answers = iter([503, 502, 200])

    async def recovering(asked: web.Request) -> web.Response:
        return web.Response(status=next(answers))

    server = await serve(recovering)
    answer = await client.fetch(request(server.make_url("/"), attempts=3))
    assert answer.status == 200
    assert len(sleeper.waits) == 2
    assert all(0.25 <= wait <= 5 for wait in sleeper.waits)


async def test_a_refused_connection_is_tried_again_as_often_as_asked(
    client: OutgoingClient, sleeper: Sleeper
) -> None:
    await failure_of(client, request(f"http://127.0.0.1:{unused_port()}/", attempts=3))
    assert len(sleeper.waits) == 2


async def test_a_post_is_sent_once(client: OutgoingClient, serve: Serve, sleeper: Sleeper) -> None:
    bodies: list[bytes] = []

    async def failing(asked: web.Request) -> web.Response:
        bodies.append(await asked.read())
        return web.Response(status=503)

    server = await serve(failing)
    wanted = request(server.make_url("/"), method="POST", body=b"news", attempts=3)
    answer = await client.fetch(wanted)
    assert answer.status == 503
    assert bodies == [b"news"]
    assert sleeper.waits == []


async def test_retry_after_is_waited_for_when_it_fits(
    client: OutgoingClient, serve: Serve, sleeper: Sleeper
) -> None:
    answers = iter([429, 200])

    async def busy(asked: web.Request) -> web.Response:
        return web.Response(status=next(answers), headers={"Retry-After": "7"})

    server = await serve(busy)
    answer = await client.fetch(request(server.make_url("/"), attempts=2, total_seconds=10))
    assert answer.status == 200
    assert sleeper.waits == [7]


async def test_retry_after_is_handed_back_when_it_does_not_fit(
    client: OutgoingClient, serve: Serve, sleeper: Sleeper
) -> None:
    async def busy(asked: web.Request) -> web.Response:
        later = {"Retry-After": "Fri, 20 Nov 2026 12:02:00 GMT"}
        return web.Response(status=429, headers=later)

    server = await serve(busy)
    answer = await client.fetch(request(server.make_url("/"), attempts=2))
    assert answer.status == 429
    assert answer.retry_after_seconds == 120
    assert sleeper.waits == []


async def test_metrics_see_purpose_and_outcome_and_no_address(
    client: OutgoingClient, serve: Serve, seen: list[Observation]
) -> None:
    async def missing(asked: web.Request) -> web.Response:
        return web.Response(status=404)

    server = await serve(missing)
    await client.fetch(request(server.make_url("/secret-path")))
    await failure_of(client, request(f"http://127.0.0.1:{unused_port()}/secret-path"))
    assert [(one.purpose, one.outcome) for one in seen] == [("test", "4xx"), ("test", "refused")]
    assert "127.0.0.1" not in repr(seen)


async def test_a_client_that_was_not_started_says_so(client: OutgoingClient) -> None:
    await client.stop()
    with pytest.raises(RuntimeError, match="not started"):
        await client.fetch(request("http://127.0.0.1/"))


async def test_names_are_looked_up_by_the_operating_system(
    clock: ManualClock, serve: Serve
) -> None:
    async def hello(asked: web.Request) -> web.Response:
        return web.Response(text="hello")

    server = await serve(hello)
    async with OutgoingClient(clock) as plain:
        answer = await plain.fetch(request(f"http://localhost:{server.port}/"))
        impossible = await failure_of(plain, request(f"http://{'a' * 70}.localhost/"))
    assert answer.ok
    assert impossible.kind is FailureKind.DNS
