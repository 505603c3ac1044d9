"""A request sent twice is done once and answered alike."""

import asyncio
from datetime import timedelta

import pytest

from tests.support.front import Front
from tests.support.spine import TENANT
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context
from tocsin.platform.idempotency import KEPT, purge_expired
from tocsin.registry.identity.verbs import create_tenant

KEY = {"Idempotency-Key": "order-66"}


async def _rung(door: Front) -> int:
    return len(await door.house.facts("bell.rung"))


async def test_a_replay_repeats_the_answer_and_does_nothing(both_doors: Front):
    client = await both_doors.as_role("responder")
    answers = [await client.post("/bells", json={"tone": "low"}, headers=KEY) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.text for answer in answers}) == 1
    assert len({answer.headers["ETag"] for answer in answers}) == 1
    assert await _rung(both_doors) == 1


async def test_two_that_meet_are_done_once(both_doors: Front):
    client = await both_doors.as_role("responder")
    answers = await asyncio.gather(
        *(client.post("/bells", json={"tone": "low"}, headers=KEY) for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert await _rung(both_doors) == 1


async def test_the_same_key_with_another_body_is_refused(both_doors: Front):
    client = await both_doors.as_role("responder")
    await client.post("/bells", json={"tone": "low"}, headers=KEY)
    other = await client.post("/bells", json={"tone": "high"}, headers=KEY)
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"


async def test_a_refusal_is_not_kept(door: Front):
    client = await door.as_role("responder")
    refused = await client.post("/bells", json={"tone": "cracked"}, headers=KEY)
    assert refused.status_code == 409
    assert (await client.post("/bells", json={"tone": "low"}, headers=KEY)).status_code == 201


async def test_keys_are_per_credential_route_and_tenant(door: Front):
    other = await door.house.house.write(create_tenant, "other", "Other")
    clients = [
        await door.as_role("responder"),
        await door.as_role("responder"),
        await door.as_role("responder", other.id),
    ]
    for number, client in enumerate(clients):
        answer = await client.post("/bells", json={"tone": str(number)}, headers=KEY)
        assert answer.status_code == 201
    admin = await door.as_role("admin")
    assert (await admin.post("/bells", json={"tone": "low"}, headers=KEY)).status_code == 201
    team = {"slug": "a", "name": "A"}
    assert (await admin.post("/teams", json=team, headers=KEY)).status_code == 201


async def test_the_two_prefixes_are_one_route(door: Front):
    client = await door.as_role("responder")
    await client.post("/bells", json={"tone": "low"}, headers=KEY)
    short = str(client.base_url).replace("/v1", "") + "bells"
    assert (await client.post(short, json={"tone": "low"}, headers=KEY)).status_code == 201
    assert await _rung(door) == 1


async def test_a_key_is_forgotten_after_a_day(both_doors: Front):
    client = await both_doors.as_role("responder")
    await client.post("/bells", json={"tone": "low"}, headers=KEY)
    both_doors.house.clock.move(KEPT - timedelta(seconds=1))
    await client.post("/bells", json={"tone": "low"}, headers=KEY)
    assert await _rung(both_doors) == 1
    both_doors.house.clock.move(timedelta(seconds=1))
    await client.post("/bells", json={"tone": "high"}, headers=KEY)
    assert await _rung(both_doors) == 2


async def test_expired_keys_are_purged(both_doors: Front):
    client = await both_doors.as_role("responder")
    await client.post("/bells", json={"tone": "low"}, headers=KEY)
    context = Context(TENANT, SYSTEM)
    assert await both_doors.house.database.write(context, purge_expired) == 0
    both_doors.house.clock.move(KEPT)
    assert await both_doors.house.database.write(context, purge_expired) == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "ä"])
async def test_a_key_must_be_a_key(door: Front, key):
    client = await door.as_role("responder")
    headers = [(b"Idempotency-Key", key.encode()), (b"Content-Type", b"application/json")]
    answer = await client.post("/bells", content=b'{"tone": "low"}', headers=headers)
    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency_key_invalid"


async def test_a_secret_is_shown_once_even_to_who_asks_again(door: Front):
    owner = await door.as_role("super_admin")
    draft = {"name": "deploys", "role": "viewer"}
    first = (await owner.post("/tokens", json=draft, headers=KEY)).json()
    again = (await owner.post("/tokens", json=draft, headers=KEY)).json()
    assert first["token"].startswith("tcs_")
    assert again == {**first, "token": None}


async def test_a_replay_still_needs_the_right(door: Front):
    user_id = await door.person("robin@example.test", "responder")
    robin, admin = await door.logged_in("robin@example.test"), await door.as_role("admin")
    await robin.post("/bells", json={"tone": "low"}, headers=KEY)
    await admin.patch(f"/users/{user_id}", json={"role": "viewer"})
    assert (await robin.post("/bells", json={"tone": "low"}, headers=KEY)).status_code == 403
