"""An own website, checked: good, or bad with the exact fault."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from pydantic import ValidationError

from tests.platform.http.conftest import NOON, EveryNameIsHere, Serve, SpeakRaw
from tocsin.adapters.checks.base import CheckParts
from tocsin.adapters.checks.http import HttpKind, HttpSource
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    PollFailure,
    PollFailureKind,
    Probe,
    Reading,
    SourceSpec,
    spec_of,
)
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.status import Status
from tocsin.platform.http import Observation, OutgoingClient
from tocsin.platform.secrets import Secrets


def kind_of(client: OutgoingClient) -> HttpKind:
    return HttpKind(CheckParts(ManualClock(NOON), client.wires, Secrets("a test's key")))


async def check(client: OutgoingClient, url: object, **options: Any) -> Reading:
    spec = spec_of(HttpSource.model_validate({"url": str(url), **options}))
    outcome, validators = await kind_of(client).poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, Reading)
    assert validators == NO_VALIDATORS
    return outcome


async def website(asked: web.Request) -> web.Response:
    """/status/503 answers 503, /to/x redirects to /x, everything else is a shop."""
    if asked.path.startswith("/status/"):
        return web.Response(status=int(asked.path[8:]))
    if asked.path.startswith("/to/"):
        raise web.HTTPFound(asked.path[3:])
    return web.Response(text="Welcome to our Café", headers={"X-Method": asked.method})


async def test_a_website_that_answers_is_operational(client: OutgoingClient, serve: Serve) -> None:
    server = await serve(website)
    reading = await check(client, server.make_url("/"))
    assert reading.status is Status.OPERATIONAL
    assert reading.detail == "Answers with 200 (OK)."
    assert reading.response_ms is not None


@pytest.mark.parametrize(
    ("status", "expected", "good"),
    [
        (200, None, True),
        (204, None, True),
        (404, None, False),
        (503, None, False),
        (401, 401, True),
        (401, "401", True),
        (200, [401, "403"], False),
        (403, ["200-299", "403"], True),
        (418, "4xx", True),
        (200, ["201-299"], False),
    ],
)
async def test_the_status_is_compared_with_what_is_expected(
    client: OutgoingClient, serve: Serve, status: int, expected: Any, good: bool
) -> None:
    server = await serve(website)
    options = {} if expected is None else {"expected_status": expected}
    reading = await check(client, server.make_url(f"/status/{status}"), **options)
    assert reading.status is (Status.OPERATIONAL if good else Status.MAJOR_OUTAGE)
    assert str(status) in reading.detail


@pytest.mark.parametrize(
    ("options", "detail"),
    [
        ({"keyword": "Café"}, None),
        ({"keyword": "café"}, "“café” is missing from the page."),
        ({"keyword_absent": "Sold out"}, None),
        ({"keyword_absent": "Welcome"}, "“Welcome” is on the page."),
        ({"keyword": "Welcome", "keyword_absent": "Error"}, None),
    ],
)
async def test_a_keyword_must_or_must_not_be_on_the_page(
    client: OutgoingClient, serve: Serve, options: dict[str, str], detail: str | None
) -> None:
    server = await serve(website)
    reading = await check(client, server.make_url("/"), **options)
    assert reading.status is (Status.MAJOR_OUTAGE if detail else Status.OPERATIONAL)
    assert reading.detail == (detail or "Answers with 200 (OK).")


@pytest.mark.parametrize("label", ["text/html; charset=iso-8859-1", "text/html; charset=no-such"])
async def test_a_page_is_read_in_its_own_charset(
    client: OutgoingClient, serve: Serve, label: str
) -> None:
    encoding = "iso-8859-1" if "8859" in label else "utf-8"

    async def page(asked: web.Request) -> web.Response:
        return web.Response(body="Grüße".encode(encoding), headers={"Content-Type": label})

    server = await serve(page)
    reading = await check(client, server.make_url("/"), keyword="Grüße")
    assert reading.status is Status.OPERATIONAL


async def test_a_head_request_is_one(client: OutgoingClient, serve: Serve) -> None:
    methods: list[str] = []

    async def page(asked: web.Request) -> web.Response:
        methods.append(asked.method)
        return web.Response()

    server = await serve(page)
    assert (await check(client, server.make_url("/"), method="HEAD")).status == "operational"
    assert methods == ["HEAD"]


async def test_redirects_are_followed_or_judged_themselves(
    client: OutgoingClient, serve: Serve
) -> None:
    server = await serve(website)
    followed = await check(client, server.make_url("/to/status/503"))
    assert followed.detail == "Answers with 503 (Service Unavailable)."
    address = server.make_url("/to/status/503")
    judged = await check(client, address, follow_redirects=False, expected_status="302")
    assert judged.status is Status.OPERATIONAL


async def test_a_page_over_the_limit_still_answers(client: OutgoingClient, serve: Serve) -> None:
    async def page(asked: web.Request) -> web.Response:
        return web.Response(body=b"x" * 9 * 1024 * 1024 + b"needle")

    server = await serve(page)
    assert (await check(client, server.make_url("/"))).status is Status.OPERATIONAL
    reading = await check(client, server.make_url("/"), keyword="needle")
    assert reading.detail == "“needle” is missing from the first 8 MB of the page."


async def test_a_name_that_does_not_resolve_is_named(
    client: OutgoingClient, resolver: EveryNameIsHere
) -> None:
    resolver.addresses["gone.example"] = ""
    reading = await check(client, "http://gone.example/")
    assert reading.status is Status.MAJOR_OUTAGE
    assert reading.detail == "The name gone.example does not resolve to an address."


async def test_checks_are_counted_like_all_that_leaves(
    client: OutgoingClient, serve: Serve, seen: list[Observation]
) -> None:
    server = await serve(website)
    await check(client, server.make_url("/status/404"))
    await check(client, f"http://127.0.0.1:{unused_port()}")
    assert [(one.purpose, one.outcome) for one in seen] == [("check", "4xx"), ("check", "refused")]


async def test_a_refused_connection_is_named(client: OutgoingClient) -> None:
    reading = await check(client, f"http://127.0.0.1:{unused_port()}")
    assert reading.detail == "127.0.0.1 refused the connection."


async def test_failed_tls_is_named(client: OutgoingClient, serve: Serve) -> None:
    server = await serve(website)
    reading = await check(client, f"https://127.0.0.1:{server.port}")
    assert reading.status is Status.MAJOR_OUTAGE
    assert reading.detail == "No secure connection to 127.0.0.1: TLS failed."


async def test_a_slow_website_is_down_at_its_timeout(
    client: OutgoingClient, speak_raw: SpeakRaw
) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    reading = await check(client, await speak_raw(silent), timeout_seconds=0.05)
    assert reading.status is Status.MAJOR_OUTAGE
    assert reading.detail == "127.0.0.1 did not answer within 0.05 seconds."


async def test_a_failing_website_is_asked_every_time_and_seen_to_recover(
    client: OutgoingClient, serve: Serve
) -> None:
    statuses = iter([500] * 5 + [200])

    async def page(asked: web.Request) -> web.Response:
        return web.Response(status=next(statuses))

    server = await serve(page)
    seen = [(await check(client, server.make_url("/"))).status for _ in range(6)]
    assert seen == [Status.MAJOR_OUTAGE] * 5 + [Status.OPERATIONAL]


async def test_how_long_it_took_does_not_change_what_it_said(
    client: OutgoingClient, serve: Serve
) -> None:
    server = await serve(website)
    first, second = [await check(client, server.make_url("/")) for _ in range(2)]
    assert first.signature == second.taking(9_999).signature


async def test_testing_a_check_keeps_its_address(client: OutgoingClient, serve: Serve) -> None:
    server = await serve(website)
    spec = spec_of(HttpSource(url=str(server.make_url("/to/shop"))))
    probe = await kind_of(client).probe(spec, client)
    assert isinstance(probe, Probe)
    assert probe.url == spec.url
    assert probe.reading.status is Status.OPERATIONAL


async def test_an_address_that_is_none_is_our_own_fault(client: OutgoingClient) -> None:
    spec = SourceSpec("http", "http://2130706433/")
    outcome, _ = await kind_of(client).poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.INVALID_URL


def test_the_wire_form_becomes_a_specification_and_back() -> None:
    source = HttpSource.model_validate(
        {"kind": "http", "url": "shop.example", "expected_status": [200, "3xx"], "keyword": "hi"}
    )
    spec = spec_of(source)
    assert spec.url == "https://shop.example"
    assert spec.options["expected_status"] == ["200", "3xx"]
    again = HttpSource.model_validate({"url": spec.url, **spec.options})
    assert again == source


@pytest.mark.parametrize(
    "options",
    [
        {"expected_status": "fine"},
        {"expected_status": "299-200"},
        {"expected_status": "999"},
        {"expected_status": []},
        {"method": "TRACE"},
        {"method": "HEAD", "keyword": "x"},
        {"timeout_seconds": 0},
        {"timeout_seconds": 600},
        {"keyword": ""},
        {"url": "gopher://shop.example"},
        {"components": ["x"]},
    ],
)
def test_a_wrong_wire_form_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        HttpSource.model_validate({"kind": "http", "url": "https://shop.example"} | options)
