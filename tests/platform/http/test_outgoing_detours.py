"""Redirects, retries and addresses: how the outgoing client goes on, and when it does not."""

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port

from tests.platform.http.conftest import (
    Serve,
    Sleeper,
)
from tocsin.kernel.clock import ManualClock
from tocsin.platform.http import (
    FailureKind,
    HttpFailure,
    HttpRequest,
    Observation,
    OutgoingClient,
    Redirects,
)


def request(url: object, **changes: object) -> HttpRequest:
    return HttpRequest(**({"url": str(url), "purpose": "test", "attempts": 1} | changes))  # type: ignore[arg-type]  # values are as typed as the test that names them


async def failure_of(client: OutgoingClient, asked: HttpRequest) -> HttpFailure:
    with pytest.raises(HttpFailure) as caught:
        await client.fetch(asked)
    return caught.value


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
