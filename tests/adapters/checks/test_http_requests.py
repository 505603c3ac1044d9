"""What is sent: methods, headers, bodies, credentials, and what of them survives a redirect."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from pydantic import ValidationError

from tests.adapters.checks.conftest import run
from tests.platform.http.conftest import Serve
from tocsin.adapters.checks.base import CannotCheck, CheckParts
from tocsin.adapters.checks.http import HttpKind, HttpSource
from tocsin.kernel.errors import Invalid
from tocsin.kernel.status import Status
from tocsin.platform.secrets import Secrets


class Echo:
    """Remembers what was asked; /to?… redirects there with the status in `as`."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.bodies: list[str] = []

    async def answer(self, asked: web.Request) -> web.Response:
        self.asked.append(asked)
        self.bodies.append(await asked.text())
        if asked.path == "/loop":
            raise web.HTTPFound("/loop")
        if asked.path.startswith("/count/"):
            raise web.HTTPFound(f"/count/{int(asked.path[7:]) + 1}")
        if to := asked.query.get("to"):
            return web.Response(status=int(asked.query.get("as", "302")), headers={"Location": to})
        return web.Response(text="hello")


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_a_check_asks_with_its_method(
    parts: CheckParts, serve: Serve, echo: Echo, method: str
) -> None:
    server = await serve(echo.answer)
    answer = await run(HttpKind(parts), url=str(server.make_url("/a?b=c")), method=method)
    assert answer.status is Status.OPERATIONAL
    assert [(asked.method, asked.path_qs) for asked in echo.asked] == [(method, "/a?b=c")]


async def test_headers_body_and_credentials_are_sent(
    parts: CheckParts, serve: Serve, echo: Echo
) -> None:
    server = await serve(echo.answer)
    fields = {
        "url": str(server.make_url("/")),
        "method": "POST",
        "headers": {"X-Api-Key": "k3y", "User-Agent": "Me", "Content-Type": "application/json"},
        "body": '{"query": "Café"}',
    }
    await run(HttpKind(parts), **fields, auth={"type": "bearer", "token": "t0ken"})
    basic = {"type": "basic", "username": "ann", "password": "pa:ss"}
    await run(HttpKind(parts), **fields, auth=basic)
    first, second = (asked.headers for asked in echo.asked)
    assert first["X-Api-Key"] == "k3y"
    assert (first["User-Agent"], first["Connection"]) == ("Me", "close")
    assert first["Authorization"] == "Bearer t0ken"
    assert second["Authorization"] == "Basic YW5uOnBhOnNz"
    assert echo.bodies == ['{"query": "Café"}'] * 2


async def test_credentials_stay_with_their_origin(
    parts: CheckParts, serve: Serve, echo: Echo
) -> None:
    home, away = await serve(echo.answer), await serve(echo.answer)
    fields: dict[str, Any] = {
        "headers": {"X-Tenant": "mine"},
        "auth": {"type": "bearer", "token": "t0ken"},
    }
    elsewhere = f"http://away.example:{away.port}/"
    for target in ("/here", elsewhere):
        url = str(home.make_url("/").with_query(to=target))
        await run(HttpKind(parts), url=url, **fields)
    _, here, _, there = (asked.headers for asked in echo.asked)
    assert (here["Authorization"], here["X-Tenant"]) == ("Bearer t0ken", "mine")
    assert "Authorization" not in there
    assert "X-Tenant" not in there
    assert there["Host"] == f"away.example:{away.port}"


@pytest.mark.parametrize(
    ("status", "then", "body"),
    [(302, "GET", ""), (303, "GET", ""), (307, "POST", "x"), (308, "POST", "x")],
)
async def test_a_redirected_post_follows_rfc_9110(
    parts: CheckParts, serve: Serve, echo: Echo, status: int, then: str, body: str
) -> None:
    server = await serve(echo.answer)
    url = str(server.make_url("/").with_query({"to": "/new", "as": str(status)}))
    await run(HttpKind(parts), url=url, method="POST", body="x")
    assert (echo.asked[1].method, echo.bodies[1]) == (then, body)


async def test_a_body_is_not_sent_to_another_host(
    parts: CheckParts, serve: Serve, echo: Echo
) -> None:
    server = await serve(echo.answer)
    url = str(server.make_url("/").with_query({"to": "http://away.example/", "as": "307"}))
    answer = await run(HttpKind(parts), url=url, method="POST", body="x")
    assert answer.fault == "redirect"
    assert answer.detail == "127.0.0.1 redirects a POST to another host."


@pytest.mark.parametrize(
    ("path", "most", "words"),
    [
        ("/loop", 5, "127.0.0.1 redirects in a circle."),
        ("/count/1", 3, "127.0.0.1 redirects more than 3 times."),
        ("/?to=gopher://x.example/", 5, "127.0.0.1 redirects to no valid address."),
    ],
)
async def test_redirects_that_lead_nowhere_are_named(
    parts: CheckParts, serve: Serve, echo: Echo, path: str, most: int, words: str
) -> None:
    server = await serve(echo.answer)
    url = str(server.make_url("/").origin()) + path
    answer = await run(HttpKind(parts), url=url, max_redirects=most)
    assert (answer.status, answer.fault, answer.detail) == (Status.MAJOR_OUTAGE, "redirect", words)


def source(**fields: Any) -> HttpSource:
    return HttpSource.model_validate({"url": "https://shop.example/api"} | fields)


SECRET = {
    "method": "POST",
    "body": '{"password": "hush-3"}',
    "headers": {"X-Api-Key": "hush-1", "Accept": "text/plain"},
    "auth": {"type": "bearer", "token": "hush-2"},
}


def test_credentials_are_stored_sealed_and_sealing_again_changes_nothing(parts: CheckParts) -> None:
    kind = HttpKind(parts)
    stored = kind.seal(source(**SECRET))
    text = stored.model_dump_json()
    assert "hush" not in text
    assert stored.headers["Accept"] == "text/plain"
    assert (stored.body or "").startswith("sealed:")
    again = kind.seal(HttpSource.model_validate_json(text))
    assert again == stored
    assert kind.seal(source(**SECRET)) == stored


async def test_a_sealed_credential_is_sent_opened(
    parts: CheckParts, serve: Serve, echo: Echo
) -> None:
    server = await serve(echo.answer)
    kind = HttpKind(parts)
    await kind.prepare(kind.seal(source(url=str(server.make_url("/")), **SECRET))).run()
    assert echo.asked[0].headers["Authorization"] == "Bearer hush-2"
    assert echo.asked[0].headers["X-Api-Key"] == "hush-1"
    assert echo.bodies == ['{"password": "hush-3"}']


async def test_a_body_that_was_stored_before_bodies_were_sealed_is_sent_as_it_is(
    parts: CheckParts, serve: Serve, echo: Echo
) -> None:
    server = await serve(echo.answer)
    kind = HttpKind(parts)
    plain = source(url=str(server.make_url("/")), method="POST", body="old")
    await kind.prepare(plain).run()
    await kind.prepare(kind.seal(plain)).run()
    assert echo.bodies == ["old", "old"]


def test_a_body_of_another_address_has_to_be_entered_again(parts: CheckParts) -> None:
    kind = HttpKind(parts)
    stored = kind.seal(source(method="POST", body="hush"))
    with pytest.raises(Invalid) as refused:
        kind.seal(stored.model_copy(update={"url": "https://thief.example/"}))
    assert [each.field for each in refused.value.errors] == ["source.body"]


def test_the_largest_body_can_be_stored_and_read_again(parts: CheckParts) -> None:
    stored = HttpKind(parts).seal(source(method="POST", body="x" * 64 * 1024))
    assert HttpSource.model_validate_json(stored.model_dump_json()) == stored


@pytest.mark.parametrize("url", ["https://thief.example/", "https://shop.example:8443/"])
def test_a_sealed_credential_cannot_be_sent_elsewhere(parts: CheckParts, url: str) -> None:
    kind = HttpKind(parts)
    moved = kind.seal(source(**SECRET)).model_copy(update={"url": url})
    with pytest.raises(Invalid) as refused:
        kind.seal(moved)
    assert refused.value.errors[0].field == "source.headers.X-Api-Key"
    with pytest.raises(CannotCheck, match="enter it again"):
        kind.prepare(moved)


def test_a_lost_key_is_our_own_fault(parts: CheckParts) -> None:
    stored = HttpKind(parts).seal(source(**SECRET))
    other = HttpKind(CheckParts(parts.clock, parts.wires, Secrets("another key")))
    with pytest.raises(CannotCheck):
        other.prepare(stored)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"headers": {"Content-Length": "1"}}, "headers"),
        ({"headers": {"X\r\nY": "1"}}, "headers"),
        ({"headers": {"X": "a\r\nb: c"}}, "headers"),
        ({"headers": {"X": "1", "x": "2"}}, "headers"),
        ({"headers": {f"X-{n}": "1" for n in range(31)}}, "headers"),
        ({"body": "x"}, "body"),
        ({"method": "POST", "body": "é" * 40_000}, "body"),
        ({"auth": {"type": "digest"}}, "auth"),
        ({"auth": {"type": "basic", "username": "a:b", "password": "c"}}, "auth"),
        ({"headers": {"authorization": "x"}, "auth": {"type": "bearer", "token": "t"}}, "auth"),
        ({"json_query": "a["}, "json_query"),
        ({"json_expected": "a"}, "json_expected"),
        ({"method": "HEAD", "json_query": "a"}, "json_query"),
        ({"max_redirects": 0}, "max_redirects"),
        ({"interval_seconds": 4}, "interval_seconds"),
        ({"interval_seconds": 5, "timeout_seconds": 6}, "timeout_seconds"),
        ({"retries": 11}, "retries"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as refused:
        source(**fields)
    assert refused.value.errors()[0]["loc"][0] == place


def test_the_timeout_left_out_fits_the_interval() -> None:
    assert source(interval_seconds=5).timeout_seconds == 5
    assert source().timeout_seconds == 10


def test_no_credential_shows_in_what_is_logged() -> None:
    assert "hush" not in repr(source(**SECRET))


async def test_a_check_that_is_given_up_leaves_no_connection(
    parts: CheckParts, serve: Serve
) -> None:
    reached, left = asyncio.Event(), asyncio.Event()

    async def slow(asked: web.Request) -> web.Response:
        reached.set()
        try:
            await asyncio.Event().wait()
        finally:
            left.set()
        return web.Response()

    server = await serve(slow)
    work = asyncio.create_task(run(HttpKind(parts), url=str(server.make_url("/"))))
    await reached.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    async with asyncio.timeout(5):
        await server.close()
