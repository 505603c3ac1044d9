"""Statuspage pages over the wire: polls, tests by people, and hostile vendors."""

import asyncio
import gzip
import json

import pytest
from aiohttp import web
from pydantic import ValidationError

from tests.adapters.feeds.pages import component, group, incident, summary
from tests.platform.http.conftest import EveryNameIsHere, Serve, SpeakRaw
from tocsin.adapters.feeds.statuspage import StatuspageKind, StatuspageSource
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    PollFailure,
    PollFailureKind,
    Probe,
    Reading,
    SourceSpec,
    Unchanged,
    Validators,
    spec_of,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = StatuspageKind()
FEED = "/api/v2/summary.json"
GREEN = json.dumps(summary([component("api")])).encode()


def at(url: object, *components: str) -> SourceSpec:
    return SourceSpec("statuspage", str(url).rstrip("/"), components)


async def poll(client: OutgoingClient, url: object) -> PollFailure:
    outcome, validators = await KIND.poll(at(url), client, Validators('"old"'))
    assert isinstance(outcome, PollFailure)
    if outcome.kind in (PollFailureKind.EMPTY, PollFailureKind.HTML, PollFailureKind.SCHEMA):
        assert validators == NO_VALIDATORS
    return outcome


async def test_a_page_is_polled_at_its_summary(client: OutgoingClient, serve: Serve) -> None:
    async def page(asked: web.Request) -> web.Response:
        assert asked.path == FEED
        return web.Response(body=GREEN, headers={"ETag": 'W/"7"'})

    server = await serve(page)
    outcome, validators = await KIND.poll(at(server.make_url("/")), client, NO_VALIDATORS)
    assert isinstance(outcome, Reading)
    assert outcome.status is Status.OPERATIONAL
    assert outcome.response_ms is not None
    assert validators == Validators(etag='W/"7"')


async def test_an_unchanged_page_is_said_so(client: OutgoingClient, serve: Serve) -> None:
    async def page(asked: web.Request) -> web.Response:
        same = asked.headers.get("If-None-Match") == '"7"'
        return web.Response(status=304) if same else web.Response(body=GREEN)

    server = await serve(page)
    outcome, validators = await KIND.poll(at(server.make_url("/")), client, Validators('"7"'))
    assert isinstance(outcome, Unchanged)
    assert validators == Validators('"7"')


async def test_unchanged_without_having_asked_is_no_reading(
    client: OutgoingClient, serve: Serve
) -> None:
    async def page(asked: web.Request) -> web.Response:
        return web.Response(status=304)

    server = await serve(page)
    outcome, _ = await KIND.poll(at(server.make_url("/")), client, NO_VALIDATORS)
    assert isinstance(outcome, PollFailure)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", PollFailureKind.EMPTY),
        (b"<html><body>We will be back soon</body></html>", PollFailureKind.HTML),
        (GREEN[:-20], PollFailureKind.NOT_JSON),
        (bytes(range(256)) * 20, PollFailureKind.NOT_JSON),
        (b'{"maintenance": true}', PollFailureKind.SCHEMA),
    ],
    ids=["empty", "html", "truncated", "garbage", "schema"],
)
async def test_a_broken_answer_is_poller_health(
    client: OutgoingClient, serve: Serve, body: bytes, kind: PollFailureKind
) -> None:
    async def page(asked: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json", headers={"ETag": '"b"'})

    server = await serve(page)
    assert (await poll(client, server.make_url("/"))).kind is kind


async def test_good_data_under_a_wrong_label_is_read(client: OutgoingClient, serve: Serve) -> None:
    async def page(asked: web.Request) -> web.Response:
        return web.Response(body=GREEN, content_type="text/html")

    server = await serve(page)
    outcome, _ = await KIND.poll(at(server.make_url("/")), client, NO_VALIDATORS)
    assert isinstance(outcome, Reading)


@pytest.mark.parametrize(
    ("status", "kind", "sentence"),
    [
        (404, PollFailureKind.HTTP_STATUS, "127.0.0.1 answered 404 (Not Found)."),
        (500, PollFailureKind.HTTP_STATUS, "127.0.0.1 answered 500 (Internal Server Error)."),
        (429, PollFailureKind.RATE_LIMITED, "127.0.0.1 answered 429 (Too Many Requests)."),
        (599, PollFailureKind.HTTP_STATUS, "127.0.0.1 answered 599."),
    ],
)
async def test_an_error_status_is_poller_health_and_keeps_the_servers_wish(
    client: OutgoingClient, serve: Serve, status: int, kind: PollFailureKind, sentence: str
) -> None:
    async def page(asked: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Retry-After": "90"})

    server = await serve(page)
    outcome, validators = await KIND.poll(at(server.make_url("/")), client, Validators('"7"'))
    assert outcome == PollFailure(kind, sentence, retry_after_seconds=90)
    assert validators == Validators('"7"')


async def test_a_page_that_moved_to_another_host_is_not_followed_but_named(
    client: OutgoingClient, serve: Serve
) -> None:
    async def page(asked: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently(f"https://new.example{asked.path}")

    server = await serve(page)
    failure = await poll(client, f"http://old.example:{server.port}")
    assert failure.kind is PollFailureKind.REDIRECT_REFUSED
    assert failure.redirected_to == "https://new.example"


async def test_redirects_in_a_circle_are_poller_health(
    client: OutgoingClient, serve: Serve
) -> None:
    async def page(asked: web.Request) -> web.Response:
        raise web.HTTPFound(asked.path)

    server = await serve(page)
    failure = await poll(client, server.make_url("/"))
    assert failure.kind is PollFailureKind.REDIRECT_REFUSED
    assert failure.redirected_to is None


async def test_nine_megabytes_are_poller_health(client: OutgoingClient, serve: Serve) -> None:
    async def page(asked: web.Request) -> web.Response:
        return web.Response(body=b" " * 9 * 1024 * 1024 + GREEN)

    server = await serve(page)
    assert (await poll(client, server.make_url("/"))).kind is PollFailureKind.TOO_LARGE


async def test_a_gzip_bomb_is_poller_health(client: OutgoingClient, serve: Serve) -> None:
    bomb = gzip.compress(b" " * 64 * 1024 * 1024, compresslevel=1)

    async def page(asked: web.Request) -> web.Response:
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

    server = await serve(page)
    assert (await poll(client, server.make_url("/"))).kind is PollFailureKind.TOO_LARGE


async def test_garbage_on_the_wire_is_poller_health(
    client: OutgoingClient, speak_raw: SpeakRaw
) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"\x16\x03\x01 not http at all\r\n\r\n")
        await writer.drain()

    failure = await poll(client, await speak_raw(babble))
    assert failure.kind is PollFailureKind.PROTOCOL


async def test_a_host_that_keeps_failing_is_left_alone(
    client: OutgoingClient, serve: Serve
) -> None:
    async def page(asked: web.Request) -> web.Response:
        return web.Response(status=500)

    server = await serve(page)
    for _ in range(3):
        assert (await poll(client, server.make_url("/"))).kind is PollFailureKind.HTTP_STATUS
    failure = await poll(client, server.make_url("/"))
    assert failure.kind is PollFailureKind.BREAKER_OPEN
    assert failure.retry_after_seconds == 300


async def test_testing_a_source_follows_it_to_where_it_moved(
    client: OutgoingClient, serve: Serve
) -> None:
    listed = [group("g", "Edge"), component("a", group_id="g"), component("b", "major_outage")]
    body = json.dumps(summary(listed, [incident("1", "minor", "a")])).encode()

    async def page(asked: web.Request) -> web.Response:
        if asked.host.startswith("old"):
            raise web.HTTPMovedPermanently(f"http://new.example:{asked.url.port}{asked.path}")
        return web.Response(body=body)

    server = await serve(page)
    probe = await KIND.probe(at(f"http://old.example:{server.port}", "Edge / A"), client)
    assert isinstance(probe, Probe)
    assert probe.url == f"http://new.example:{server.port}"
    assert probe.name == "Example"
    assert [one.label for one in probe.components] == ["Edge / A", "B"]
    assert probe.reading.status is Status.DEGRADED


async def test_testing_finds_a_page_whose_old_host_redirects_its_front_only(
    client: OutgoingClient, serve: Serve
) -> None:
    async def page(asked: web.Request) -> web.Response:
        if asked.host.startswith("old"):
            raise web.HTTPFound(f"http://new.example:{asked.url.port}/welcome")
        if asked.path == FEED:
            return web.Response(body=GREEN)
        return web.Response(text="<html>welcome</html>", content_type="text/html")

    server = await serve(page)
    probe = await KIND.probe(at(f"http://old.example:{server.port}"), client)
    assert isinstance(probe, Probe)
    assert probe.url == f"http://new.example:{server.port}"


async def test_testing_an_address_without_a_feed_says_why(
    client: OutgoingClient, serve: Serve, resolver: EveryNameIsHere
) -> None:
    async def page(asked: web.Request) -> web.Response:
        return web.Response(text="<html>just a website</html>", content_type="text/html")

    server = await serve(page)
    failure = await KIND.probe(at(server.make_url("/")), client)
    assert isinstance(failure, PollFailure)
    assert failure.kind is PollFailureKind.HTML
    resolver.addresses["nowhere.example"] = ""
    failure = await KIND.probe(at("http://nowhere.example"), client)
    assert isinstance(failure, PollFailure)
    assert failure.sentence == "The name nowhere.example does not resolve to an address."


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("https://www.githubstatus.com", "https://www.githubstatus.com"),
        ("www.githubstatus.com/", "https://www.githubstatus.com"),
        ("https://www.githubstatus.com/api/v2/summary.json?x=1", "https://www.githubstatus.com"),
        ("https://www.githubstatus.com/history", "https://www.githubstatus.com"),
        ("https://www.githubstatus.com/history.atom", "https://www.githubstatus.com"),
        ("https://www.githubstatus.com/incidents/abc", "https://www.githubstatus.com"),
        ("http://tocsin.example:8000/status/main/", "http://tocsin.example:8000/status/main"),
        ("http://tocsin.example/status/history-club", "http://tocsin.example/status/history-club"),
    ],
)
def test_any_address_on_a_page_becomes_the_pages(written: str, stored: str) -> None:
    assert KIND.normalise(written) == stored
    assert KIND.normalise(stored) == stored


@pytest.mark.parametrize("written", ["", "ftp://a.example", "https://me:pw@a.example", "a b"])
def test_what_is_no_address_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match="address"):
        KIND.normalise(written)


def test_the_wire_form_becomes_a_specification() -> None:
    fields = StatuspageSource.model_validate(
        {
            "kind": "statuspage",
            "url": "www.githubstatus.com/history",
            "components": [" Edge / API ", "8l4ygp009s5s"],
        }
    )
    assert spec_of(fields) == SourceSpec(
        "statuspage", "https://www.githubstatus.com", ("Edge / API", "8l4ygp009s5s")
    )


@pytest.mark.parametrize(
    "source",
    [
        {"kind": "slack", "url": "https://a.example"},
        {"kind": "statuspage"},
        {"kind": "statuspage", "url": "not an address"},
        {"kind": "statuspage", "url": "https://a.example", "components": [""]},
        {"kind": "statuspage", "url": "https://a.example", "colour": "red"},
    ],
)
def test_a_wrong_wire_form_is_refused(source: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        StatuspageSource.model_validate(source)
