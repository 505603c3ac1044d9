"""The first start prints a link; whoever opens it becomes the super admin, once."""

import asyncio

import pytest

from tests.support.front import ADMIN_TOKEN, Front
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context
from tocsin.registry.identity import Role, ensure_default_tenant, setup_link
from tocsin.registry.identity.verbs import create_user


async def _link(door: Front) -> str | None:
    return await door.house.house.write(setup_link, door.gatekeeper.settings)


async def _token(door: Front) -> str:
    link = await _link(door)
    assert link is not None
    return link.partition("?token=")[2]


def _first(token: str, **changes: str) -> dict[str, str]:
    body = {"email": "robin@example.test", "name": "Robin", "password": "a good password"}
    return {"token": token, **body, **changes}


async def test_the_link_makes_a_super_admin_and_logs_them_in(door: Front):
    client = door.client()
    answer = await client.post("/setup", json=_first(await _token(door)))
    assert answer.status_code == 200
    me = (await client.get("/auth/me")).json()
    assert me["roles"] == ["super_admin"]
    assert me["set_up"] is True


async def test_the_link_stays_the_same_until_it_is_used_and_is_gone_then(door: Front):
    assert await _link(door) == await _link(door)
    await door.client().post("/setup", json=_first(await _token(door)))
    assert await _link(door) is None


async def test_a_used_link_is_dead(door: Front):
    token = await _token(door)
    await door.client().post("/setup", json=_first(token))
    again = await door.client().post("/setup", json=_first(token, email="eve@example.test"))
    assert again.status_code == 409
    assert again.json()["code"] == "already_set_up"


async def test_a_wrong_link_makes_nobody(door: Front):
    await _token(door)
    answer = await door.client().post("/setup", json=_first("guessed"))
    assert answer.status_code == 403
    assert (await door.client().get("/auth/me")).json()["set_up"] is False


async def test_of_two_who_open_the_link_at_once_one_wins(door: Front):
    token = await _token(door)
    answers = await asyncio.gather(
        *(
            door.client().post("/setup", json=_first(token, email=f"{name}@example.test"))
            for name in ("robin", "kim")
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "short"), ("email", "no address"), ("name", " "), ("password", "aaaaaaaaaaaa")],
)
async def test_bad_fields_are_named(door: Front, field, value):
    answer = await door.client().post("/setup", json=_first(await _token(door), **{field: value}))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_super_admin_from_the_command_line_makes_the_link_dead(door: Front):
    await _token(door)
    await door.house.house.write(
        create_user, "kim@example.test", "Kim", [Role.SUPER_ADMIN], "a hash"
    )
    assert await _link(door) is None


async def test_the_admin_token_works_before_the_set_up(door: Front):
    answer = await door.client(ADMIN_TOKEN).get("/users")
    assert answer.status_code == 200


async def test_the_default_tenant_is_made_once(door: Front):
    nowhere = Context(door.house.house.context.tenant, SYSTEM)
    made = [await door.house.database.write(nowhere, ensure_default_tenant) for _ in range(2)]
    assert made[0] == made[1] == door.house.house.context.tenant
