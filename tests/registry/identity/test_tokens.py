"""Programs act with tokens: scoped, dated, revocable, and worth nothing once they are."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.front import ADMIN_TOKEN, Front, front
from tests.support.spine import START, TENANT
from tocsin.platform.wiring import Wiring
from tocsin.registry.identity.tables import api_tokens


async def _made(door: Front, **draft: object) -> dict[str, str]:
    owner = await door.as_role("super_admin")
    answer = await owner.post("/tokens", json={"name": "deploys", **draft})
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


async def test_a_token_is_shown_once_and_kept_as_a_hash(door: Front):
    made = await _made(door, role="responder")
    assert made["token"].startswith("tcs_")
    owner = await door.as_role("super_admin")
    listed = await owner.get("/tokens")
    one = await owner.get(f"/tokens/{made['id']}")
    assert made["token"] not in listed.text + one.text
    mine = select(api_tokens).where(api_tokens.c.tenant_id == TENANT)
    rows = await door.house.desk.read(lambda tx: tx.all(mine))
    assert made["token"] not in str(rows)


async def test_a_token_does_what_its_role_may(door: Front):
    program = door.client((await _made(door, role="viewer"))["token"])
    assert (await program.get("/users")).status_code == 200
    assert (await program.post("/teams", json={"slug": "a", "name": "A"})).status_code == 403
    me = (await program.get("/auth/me")).json()
    assert me["user"] is None
    assert me["roles"] == ["viewer"]


async def test_a_scoped_token_does_that_and_no_more(door: Front):
    program = door.client((await _made(door, scopes=["teams.write"]))["token"])
    assert (await program.post("/teams", json={"slug": "a", "name": "A"})).status_code == 201
    assert (await program.get("/teams")).status_code == 403


async def test_a_revoked_token_is_out_at_once(door: Front):
    made = await _made(door, role="viewer")
    program, owner = door.client(made["token"]), await door.as_role("super_admin")
    assert (await program.get("/users")).status_code == 200
    assert (await owner.delete(f"/tokens/{made['id']}")).status_code == 204
    assert (await program.get("/users")).status_code == 401
    assert made["id"] not in (await owner.get("/tokens")).text
    assert (await owner.get(f"/tokens/{made['id']}")).json()["revoked_at"] is not None


async def test_an_expired_token_is_out(door: Front):
    until = (START + timedelta(hours=1)).isoformat()
    program = door.client((await _made(door, role="viewer", expires_at=until))["token"])
    assert (await program.get("/users")).status_code == 200
    door.house.clock.move(timedelta(hours=1))
    answer = await program.get("/users")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("token", ["wrong", "tcs_wrong", "ä", "x" * 5000])
async def test_an_unknown_token_is_refused_even_where_strangers_may_read(door: Front, token):
    client = door.client()
    headers = [(b"Authorization", b"Bearer " + token.encode())]
    assert (await client.get("/auth/me", headers=headers)).status_code == 401


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
async def test_another_scheme_is_somebody_elses(door: Front, scheme):
    client = door.client()
    client.headers["Authorization"] = f"{scheme} abc"
    assert (await client.get("/auth/me")).status_code == 200


@pytest.mark.parametrize(
    "draft",
    [
        {"name": "x"},
        {"name": "x", "role": "viewer", "scopes": ["teams.read"]},
        {"name": "x", "role": "king"},
        {"name": "x", "scopes": ["everything"]},
        {"name": "", "role": "viewer"},
        {"name": "x", "role": "viewer", "expires_at": "2020-01-01T00:00:00Z"},
        {"name": "x", "role": "viewer", "expires_at": "2030-01-01T00:00:00"},
        {"name": "x", "role": "viewer", "colour": "red"},
    ],
)
async def test_a_wrong_draft_is_422(door: Front, draft):
    owner = await door.as_role("super_admin")
    assert (await owner.post("/tokens", json=draft)).status_code == 422


async def test_an_admin_hands_on_no_more_than_they_may_grant(door: Front):
    admin = await door.as_role("admin")
    for draft in ({"role": "super_admin"}, {"scopes": ["tenants.write"]}):
        answer = await admin.post("/tokens", json={"name": "x", **draft})
        assert answer.status_code == 403


async def test_use_is_noted_now_and_then(door: Front):
    made = await _made(door, role="viewer")
    program, owner = door.client(made["token"]), await door.as_role("super_admin")
    await program.get("/users")
    await door.gatekeeper.notes_written()
    used = (await owner.get(f"/tokens/{made['id']}")).json()["last_used_at"]
    assert used == START.isoformat().replace("+00:00", "Z")


async def test_the_admin_token_is_a_super_admin_of_the_default_tenant(door: Front):
    me = (await door.client(ADMIN_TOKEN).get("/auth/me")).json()
    assert me["roles"] == ["super_admin"]
    assert me["tenant"]["slug"] == "default"


async def test_without_an_admin_token_nobody_has_it(sqlite_url: str):
    async with front(sqlite_url, [Wiring("none")], admin_token=None) as door:
        for token in ("", "None", ADMIN_TOKEN):
            client = door.client()
            client.headers["Authorization"] = f"Bearer {token}"
            assert (await client.get("/users")).status_code == 401


async def test_tokens_of_other_tenants_do_not_exist_here(door: Front):
    owner = door.client(ADMIN_TOKEN)
    await owner.post("/tenants", json={"slug": "other", "name": "Other"})
    made = await owner.post("/tokens", json={"name": "x", "role": "admin", "tenant": "other"})
    assert made.status_code == 201
    there = door.client(made.json()["token"])
    assert (await there.get("/auth/me")).json()["tenant"]["slug"] == "other"
    assert (await owner.get(f"/tokens/{made.json()['id']}")).status_code == 404
    here = (await owner.post("/tokens", json={"name": "y", "role": "viewer"})).json()
    assert (await there.delete(f"/tokens/{here['id']}")).status_code == 404


async def test_tokens_are_facts_without_names(door: Front):
    made = await _made(door, role="viewer")
    owner = await door.as_role("super_admin")
    await owner.delete(f"/tokens/{made['id']}")
    facts = [fact.kind for fact in await door.house.facts("token.created", "token.revoked")]
    assert facts[-1] == "token.revoked"
    assert "token.created" in facts


async def test_a_token_says_by_name_who_made_it(door: Front):
    await door.person("robin@example.test", "admin", name="Night desk")
    admin = await door.logged_in("robin@example.test")
    made = (await admin.post("/tokens", json={"name": "CI", "role": "viewer"})).json()
    one = (await admin.get(f"/tokens/{made['id']}")).json()
    listed = (await admin.get("/tokens")).json()["items"]
    found = next(each for each in listed if each["id"] == made["id"])
    assert [each["created_by"] for each in (made, one, found)] == ["Night desk"] * 3
