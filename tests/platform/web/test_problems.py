"""Every refusal is a problem that a person can read and a program can tell apart."""

import asyncio

import pytest
from httpx import Response

from tests.support.front import Front
from tocsin.platform.web.body_limit import BodyLimit

PROBLEM = "application/problem+json"


def _is_problem(answer: Response, status: int, code: str) -> bool:
    body = answer.json()
    return (
        answer.status_code == body["status"] == status
        and answer.headers["content-type"] == PROBLEM
        and body["code"] == code
        and {"type", "title", "detail"} <= body.keys()
    )


async def test_refusals_carry_their_status_and_code(door: Front):
    client = door.client()
    assert _is_problem(await client.get("/bells/conflict/broken"), 409, "ringing")
    slow = await client.get("/bells/slow/broken")
    assert _is_problem(slow, 429, "rate_limited")
    assert slow.headers["Retry-After"] == "7"
    assert (await client.get("/bells/busy/broken")).headers["Retry-After"] == "3"


async def test_wrong_fields_are_listed(door: Front):
    answer = await door.client().get("/bells/invalid/broken")
    assert answer.json()["errors"] == [
        {"field": "a", "message": "one"},
        {"field": "b", "message": "two"},
    ]


async def test_the_framework_refuses_in_the_same_words(door: Front):
    client = await door.as_role("responder")
    answer = await client.post("/bells", json={"tone": 7, "times": [1, "x"], "colour": "red"})
    assert _is_problem(answer, 422, "invalid")
    assert {error["field"] for error in answer.json()["errors"]} == {"tone", "times[1]", "colour"}


async def test_a_wrong_query_names_its_parameter(door: Front):
    client = await door.as_role("admin")
    answer = await client.get("/users", params={"limit": 201})
    assert _is_problem(answer, 422, "invalid")
    assert answer.json()["errors"][0]["field"] == "limit"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"tone": "x"} trailing'])
async def test_what_is_not_json_is_malformed(door: Front, content):
    client = await door.as_role("responder")
    answer = await client.post(
        "/bells", content=content, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.headers["content-type"] == PROBLEM


async def test_unknown_addresses_and_methods_are_problems(door: Front):
    client = door.client()
    assert _is_problem(await client.get("/nowhere"), 404, "not_found")
    wrong = await client.delete("/bells")
    assert _is_problem(wrong, 405, "method_not_allowed")
    assert wrong.headers["Allow"]


async def test_an_unexpected_error_tells_nothing_but_its_request(door: Front):
    answer = await door.client().get("/bells/x/broken", headers={"X-Request-ID": "abc-12345678"})
    assert _is_problem(answer, 500, "internal_error")
    assert "secret reason" not in answer.text
    assert "abc-12345678" in answer.json()["detail"]


async def test_a_nul_in_the_address_is_refused(door: Front):
    client = await door.as_role("admin")
    assert (await client.get("/teams/a%00b")).status_code == 400
    assert (await client.get("/users?cursor=%00")).status_code == 400


async def test_strangers_get_401_and_the_wrong_role_403(door: Front):
    bell = {"tone": "low"}
    stranger = await door.client().post("/bells", json=bell)
    assert _is_problem(stranger, 401, "unauthenticated")
    assert stranger.headers["WWW-Authenticate"] == "Bearer"
    viewer = await (await door.as_role("viewer")).post("/bells", json=bell)
    assert _is_problem(viewer, 403, "forbidden")


async def test_a_large_body_is_refused_at_once(door: Front):
    client = await door.as_role("responder")
    answer = await client.post("/bells", json={"tone": "x" * 1_000_001})
    assert _is_problem(answer, 413, "too_large")


async def test_a_large_body_of_undeclared_length_is_refused_on_the_way(door: Front):
    client = await door.as_role("responder")
    sent = 0

    async def endless():
        nonlocal sent
        for _ in range(1000):
            sent += 1
            yield b"x" * 10_000
            await asyncio.sleep(0)

    answer = await client.post(
        "/bells", content=endless(), headers={"Content-Type": "application/json"}
    )
    assert _is_problem(answer, 413, "too_large")
    assert sent < 200


async def test_a_body_that_dawdles_is_given_up():

    async def never():
        await asyncio.Event().wait()

    async def send(message):
        raise AssertionError("nothing is answered while the body is read")

    async def reads_its_body(scope, receive, send):
        await receive()

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    with pytest.raises(Exception, match="too long"):
        await BodyLimit(reads_its_body, 10, seconds=0.01)(scope, never, send)
