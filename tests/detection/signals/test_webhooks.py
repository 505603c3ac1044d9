"""Signed hints from status pages: the page is asked at once, and what it says is what counts."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from httpx import Response

from tests.detection.signals.conftest import MINUTE, WEBHOOK_SECRET, Post
from tests.support.front import front
from tocsin.detection.signals.api import webhook_routes
from tocsin.detection.signals.verbs.hint import HINT_GAP
from tocsin.detection.signals.webhooks import is_signed
from tocsin.kernel.status import Status

DOWN = json.dumps({"incident": {"name": "All is lost", "impact": "critical"}}).encode()


def signature(body: bytes, secret: str = WEBHOOK_SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def hint(
    post: Post, body: bytes = DOWN, signed: str | None = None, service: str = "vendor"
) -> Response:
    headers = {"X-Hub-Signature-256": signature(body) if signed is None else signed}
    client = post.door.client()
    return await client.post(f"/webhooks/statuspage/{service}", content=body, headers=headers)


async def between_polls(post: Post) -> int:
    """Declare, and move to 20 s after a regular poll; answers how often the page was asked."""
    await post.declare()
    await post.first_rounds()
    await post.house.pass_time(MINUTE, timedelta(seconds=1))
    last = (await post.source()).state.last_polled_at
    assert last is not None
    gone = post.house.clock.now() - last
    await post.house.pass_time((timedelta(seconds=20) - gone) % MINUTE, timedelta(seconds=1))
    return len(post.vendor.asked)


async def test_a_hint_has_the_page_asked_at_once_and_the_page_is_believed(post: Post):
    asked = await between_polls(post)
    assert (await hint(post)).status_code == 202
    await post.house.settle()
    assert len(post.vendor.asked) == asked + 1
    assert [sample.status for sample in post.samples.all[-1:]] == [Status.OPERATIONAL]
    post.vendor.shows(api="major_outage")
    post.house.clock.move(HINT_GAP)
    await hint(post)
    await post.house.settle()
    assert post.samples.last.status is Status.MAJOR_OUTAGE
    facts = await post.house.facts("signal.webhook_received")
    assert [fact.payload for fact in facts] == [{"about": "incident", "sources": 1}] * 2
    assert str(facts[0].actor) == "visitor:statuspage"


async def test_a_storm_of_hints_is_two_polls(post: Post):
    asked = await between_polls(post)
    for _ in range(20):
        await hint(post)
    await post.house.settle()
    for _ in range(20):
        await hint(post)
    await post.house.settle()
    assert len(post.vendor.asked) == asked + 1
    await post.house.pass_time(HINT_GAP)
    assert len(post.vendor.asked) == asked + 2


async def test_a_hint_does_not_disturb_the_rhythm_of_polling(post: Post):
    asked = await between_polls(post)
    await hint(post)
    await post.house.pass_time(10 * MINUTE, timedelta(seconds=10))
    assert len(post.vendor.asked) == asked + 11


@pytest.mark.parametrize(
    "signed",
    [
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        signature(DOWN, "another secret"),
        signature(DOWN + b" "),
        signature(DOWN).removeprefix("sha256="),
        "sha1=" + hmac.new(WEBHOOK_SECRET.encode(), DOWN, hashlib.sha1).hexdigest(),
        "x" * 5_000,
    ],
)
async def test_a_wrong_signature_is_401_and_nothing_happens(post: Post, signed: str):
    await post.declare()
    asked = len(post.vendor.asked)
    for service in ("vendor", "ghost"):
        assert (await hint(post, signed=signed, service=service)).status_code == 401
    await post.house.settle()
    assert len(post.vendor.asked) == asked
    assert await post.house.facts("signal.webhook_received") == []


async def test_an_unknown_or_manual_service_is_404_once_the_signature_is_good(post: Post):
    await post.declare("byhand", kind="manual")
    for service in ("ghost", "byhand", "x" * 300):
        assert (await hint(post, service=service)).status_code == 404


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000])
async def test_what_is_no_json_object_is_422(post: Post, body: bytes):
    await post.declare()
    answer = await hint(post, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_a_body_over_a_megabyte_is_413(post: Post):
    assert (await hint(post, b"x" * 1_000_001)).status_code == 413


async def test_without_a_secret_the_route_is_not_there(sqlite_url: str):
    async with front(sqlite_url, routers=[webhook_routes(None)]) as door:
        answer = await door.client().post("/webhooks/statuspage/github", content=DOWN)
        assert answer.status_code == 404


def test_upper_case_hexadecimal_is_the_same_signature():
    assert is_signed(WEBHOOK_SECRET, DOWN, signature(DOWN).upper())
    assert not is_signed(WEBHOOK_SECRET, DOWN, "sha256=é")
