"""People are invited, join, get roles and are disabled; no one gets more than they may have."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.support.front import PASSWORD, Front
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context, ReadTx
from tocsin.registry.identity.model import Tenant
from tocsin.registry.identity.rules import INVITATION_LASTS
from tocsin.registry.identity.tables import invitations, log_in_tries, sessions
from tocsin.registry.identity.verbs import create_tenant

KIM = {"email": "Kim@Example.test", "name": "Kim", "role": "responder"}


def _secret(url: str) -> str:
    return parse_qs(urlsplit(url).query)["token"][0]


async def _other_tenant(door: Front) -> Tenant:
    return await door.house.house.write(create_tenant, "other", "Other")


async def test_an_invited_person_joins_by_the_link(door: Front):
    await door.person("robin@example.test", "admin")
    admin = await door.logged_in("robin@example.test")
    invited = (await admin.post("/users", json=KIM)).json()
    assert invited["email"] == "kim@example.test"
    assert invited["joined_at"] is None
    token = _secret(invited["invitation_url"])
    client = door.client()
    seen = (await client.post("/auth/invitation/preview", json={"token": token})).json()
    inviter = (await admin.get("/auth/me")).json()["user"]["name"]
    week = door.house.clock.now() + INVITATION_LASTS
    assert datetime.fromisoformat(seen.pop("expires_at")) == week
    assert seen == {
        "email": "kim@example.test",
        "name": "Kim",
        "tenant": "Default",
        "roles": ["responder"],
        "invited_by": inviter,
        "sets_password": True,
        "resets": False,
    }
    joined = await client.post("/auth/invitation", json={"token": token, "password": PASSWORD})
    assert joined.status_code == 200
    assert joined.json()["roles"] == ["responder"]
    await door.logged_in("kim@example.test")
    facts = await door.house.facts("person.invited", "person.joined")
    of_kim = [fact for fact in facts if fact.subject.endswith(UUID(invited["id"]).hex)]
    assert [fact.kind for fact in of_kim] == ["person.invited", "person.joined"]
    assert "kim" not in str([fact.payload for fact in facts]).lower()


async def test_a_link_works_once_and_for_a_week(door: Front):
    admin = await door.as_role("admin")
    token = _secret((await admin.post("/users", json=KIM)).json()["invitation_url"])
    accept = {"token": token, "password": PASSWORD}
    assert (await door.client().post("/auth/invitation", json=accept)).status_code == 200
    assert (await door.client().post("/auth/invitation", json=accept)).status_code == 404
    late = await admin.post("/users", json={**KIM, "email": "lee@example.test"})
    door.house.clock.move(INVITATION_LASTS)
    accept["token"] = _secret(late.json()["invitation_url"])
    assert (await door.client().post("/auth/invitation", json=accept)).status_code == 404


async def test_a_link_that_no_longer_works_says_why(door: Front):
    admin = await door.as_role("admin")
    token = _secret((await admin.post("/users", json=KIM)).json()["invitation_url"])
    accept = {"token": token, "password": PASSWORD}
    late = await admin.post("/users", json={**KIM, "email": "lee@example.test"})
    await door.client().post("/auth/invitation", json=accept)
    door.house.clock.move(INVITATION_LASTS)
    links = {
        "invitation_unknown": [token, "never made"],
        "invitation_expired": [_secret(late.json()["invitation_url"])],
    }
    for code, tokens in links.items():
        for each in tokens:
            said = await door.client().post("/auth/invitation/preview", json={"token": each})
            assert (said.status_code, said.json()["code"]) == (404, code)


async def test_a_renewed_link_replaces_the_old_one(door: Front):
    admin = await door.as_role("admin")
    invited = (await admin.post("/users", json=KIM)).json()
    renewed = await admin.post(f"/users/{invited['id']}/invitation")
    assert renewed.status_code == 201
    old = {"token": _secret(invited["invitation_url"]), "password": PASSWORD}
    new = {"token": _secret(renewed.json()["invitation_url"]), "password": PASSWORD}
    assert (await door.client().post("/auth/invitation", json=old)).status_code == 404
    assert (await door.client().post("/auth/invitation", json=new)).status_code == 200


async def test_a_member_gets_a_new_password_by_a_link_and_loses_their_sessions(door: Front):
    user_id = await door.person("robin@example.test")
    before = await door.logged_in("robin@example.test")
    admin = await door.as_role("admin")
    link = (await admin.post(f"/users/{user_id}/invitation")).json()["invitation_url"]
    accept = {"token": _secret(link), "password": "a new password"}
    assert (await door.client().post("/auth/invitation", json=accept)).status_code == 200
    assert (await before.get("/users")).status_code == 401
    await door.logged_in("robin@example.test", "a new password")


async def test_who_was_not_asked_in_cannot_log_in(door: Front):
    admin = await door.as_role("admin")
    await admin.post("/users", json=KIM)
    answer = await door.client().post(
        "/auth/login", json={"email": "kim@example.test", "password": PASSWORD}
    )
    assert answer.status_code == 401


async def test_another_tenants_invitation_cannot_set_a_members_password(door: Front):
    await door.person("robin@example.test")
    other = await _other_tenant(door)
    stranger = await door.as_role("admin", other.id)
    invited = await stranger.post("/users", json={**KIM, "email": "robin@example.test"})
    token = _secret(invited.json()["invitation_url"])
    taken = await door.client().post(
        "/auth/invitation", json={"token": token, "password": "an attacker's"}
    )
    assert taken.status_code == 401
    joined = await door.client().post(
        "/auth/invitation", json={"token": token, "password": PASSWORD}
    )
    assert joined.status_code == 200
    assert joined.json()["tenant"]["slug"] == "other"


async def test_another_tenants_admin_can_neither_reset_nor_rename_a_shared_person(door: Front):
    user_id = await door.person("robin@example.test")
    other = await _other_tenant(door)
    await door.person("robin@example.test", tenant=other.id)
    admin = await door.as_role("admin", other.id)
    reset = await admin.post(f"/users/{user_id}/invitation")
    renamed = await admin.patch(f"/users/{user_id}", json={"name": "Mallory"})
    assert [reset.status_code, renamed.status_code] == [409, 409]


async def test_a_disabled_person_loses_their_sessions_at_once(door: Front):
    user_id = await door.person("robin@example.test", "responder")
    robin, admin = await door.logged_in("robin@example.test"), await door.as_role("admin")
    assert (await robin.get("/users")).status_code == 200
    assert (await admin.delete(f"/users/{user_id}")).status_code == 204
    assert (await robin.get("/users")).status_code == 401
    again = await door.client().post(
        "/auth/login", json={"email": "robin@example.test", "password": PASSWORD}
    )
    assert again.status_code == 401
    assert again.json()["code"] == "wrong_credentials"


async def test_an_enabled_person_comes_back_with_their_roles(door: Front):
    user_id = await door.person("robin@example.test", "responder")
    admin = await door.as_role("admin")
    await admin.delete(f"/users/{user_id}")
    await admin.patch(f"/users/{user_id}", json={"disabled": False})
    client = await door.logged_in("robin@example.test")
    assert (await client.get("/auth/me")).json()["roles"] == ["responder"]


async def test_a_changed_role_counts_in_running_sessions_at_once(door: Front):
    user_id = await door.person("robin@example.test", "admin")
    robin, admin = await door.logged_in("robin@example.test"), await door.as_role("admin")
    team = {"slug": "a", "name": "A"}
    assert (await robin.post("/teams", json=team)).status_code == 201
    await admin.patch(f"/users/{user_id}", json={"role": "viewer"})
    assert (await robin.post("/teams", json={**team, "slug": "b"})).status_code == 403
    await admin.patch(f"/users/{user_id}", json={"roles": ["viewer", "admin"]})
    assert (await robin.post("/teams", json={**team, "slug": "b"})).status_code == 201


async def test_the_last_super_admin_stays(door: Front):
    user_id = await door.person("robin@example.test", "super_admin")
    owner = await door.as_role("super_admin")
    for refused in (
        await owner.delete(f"/users/{user_id}"),
        await owner.patch(f"/users/{user_id}", json={"role": "viewer"}),
        await owner.patch(f"/users/{user_id}", json={"disabled": True}),
    ):
        assert refused.status_code == 409
        assert refused.json()["code"] == "last_super_admin"


async def test_two_super_admins_cannot_remove_each_other_at_once(door: Front):
    ids = [await door.person(f"{name}@example.test", "super_admin") for name in ("robin", "kim")]
    owner = await door.as_role("super_admin")
    answers = await asyncio.gather(*(owner.delete(f"/users/{each}") for each in ids))
    assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_an_admin_neither_makes_nor_touches_super_admins(door: Front):
    owner = await door.person("robin@example.test", "super_admin")
    viewer = await door.person("kim@example.test")
    admin = await door.as_role("admin")
    for refused in (
        await admin.post("/users", json={**KIM, "email": "x@example.test", "role": "super_admin"}),
        await admin.patch(f"/users/{viewer}", json={"role": "super_admin"}),
        await admin.patch(f"/users/{owner}", json={"name": "Nobody"}),
        await admin.delete(f"/users/{owner}"),
        await admin.post(f"/users/{owner}/invitation"),
    ):
        assert refused.status_code == 403


@pytest.mark.parametrize("role", ["viewer", "responder", "itsm_manager"])
async def test_others_do_not_invite(door: Front, role):
    program = await door.as_role(role)
    answer = await program.post("/users", json=KIM)
    assert answer.status_code == 403
    assert answer.json()["code"] == "forbidden"


async def test_the_same_address_twice_is_a_conflict(door: Front):
    admin = await door.as_role("admin")
    await admin.post("/users", json=KIM)
    again = await admin.post("/users", json={**KIM, "email": "KIM@example.test "})
    assert again.status_code == 409


async def test_people_of_other_tenants_do_not_exist_here(door: Front):
    other = await _other_tenant(door)
    user_id = await door.person("robin@example.test", tenant=other.id)
    admin = await door.as_role("admin")
    for answer in (
        await admin.get(f"/users/{user_id}"),
        await admin.patch(f"/users/{user_id}", json={"name": "Eve"}),
        await admin.delete(f"/users/{user_id}"),
        await admin.post(f"/users/{user_id}/invitation"),
    ):
        assert answer.status_code == 404
    listed = (await admin.get("/users")).json()["items"]
    assert str(user_id) not in [person["id"] for person in listed]


async def test_what_get_gave_may_be_put_back_and_only_so(door: Front):
    user_id = await door.person("robin@example.test", "responder")
    admin = await door.as_role("admin")
    got = (await admin.get(f"/users/{user_id}")).json()
    put = await admin.put(f"/users/{user_id}", json={**got, "name": "Robin Two"})
    assert put.status_code == 200
    assert put.json()["name"] == "Robin Two"
    changed = await admin.put(f"/users/{user_id}", json={**got, "email": "eve@example.test"})
    assert changed.status_code == 422
    assert {error["field"] for error in changed.json()["errors"]} == {"email", "version"}


async def test_a_lost_race_is_412(door: Front):
    user_id = await door.person("robin@example.test")
    admin = await door.as_role("admin")
    tag = (await admin.get(f"/users/{user_id}")).headers["ETag"]
    first = await admin.patch(f"/users/{user_id}", json={"name": "One"}, headers={"If-Match": tag})
    second = await admin.patch(f"/users/{user_id}", json={"name": "Two"}, headers={"If-Match": tag})
    foreign = await admin.patch(
        f"/users/{user_id}", json={"name": "Two"}, headers={"If-Match": '"another"'}
    )
    assert [first.status_code, second.status_code, foreign.status_code] == [200, 412, 412]
    fresh = await admin.patch(
        f"/users/{user_id}", json={"name": "Two"}, headers={"If-Match": first.headers["ETag"]}
    )
    assert fresh.status_code == 200


async def test_people_are_listed_in_pages(door: Front):
    for number in range(5):
        await door.person(f"p{number}@example.test")
    viewer = await door.as_role("viewer")
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = (await viewer.get("/users", params=query)).json()
        seen += [person["email"] for person in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [f"p{number}@example.test" for number in range(5)]
    assert cursor is None


async def test_somebody_renames_themselves_everywhere(door: Front):
    await door.person("robin@example.test")
    client = await door.logged_in("robin@example.test")
    answer = await client.patch("/auth/me", json={"name": "Robin the Second"})
    assert answer.json()["user"]["name"] == "Robin the Second"


async def test_a_person_of_two_tenants_chooses_one_at_log_in(door: Front):
    other = await _other_tenant(door)
    await door.person("robin@example.test", "viewer")
    await door.person("robin@example.test", "admin", tenant=other.id)
    body = {"email": "robin@example.test", "password": PASSWORD}
    default = (await door.client().post("/auth/login", json=body)).json()
    chosen = (await door.client().post("/auth/login", json={**body, "tenant": "other"})).json()
    assert [default["tenant"]["slug"], default["roles"]] == ["default", ["viewer"]]
    assert [chosen["tenant"]["slug"], chosen["roles"]] == ["other", ["admin"]]


async def test_what_has_run_out_is_purged(door: Front):
    await door.person("robin@example.test")
    await door.logged_in("robin@example.test")
    await (await door.as_role("admin")).post("/users", json=KIM)
    await door.client().post(
        "/auth/login", json={"email": "x@example.test", "password": "wrong wrong"}
    )
    await door.house.pass_time(timedelta(days=31), timedelta(days=1))
    context = Context(door.house.house.context.tenant, SYSTEM)
    for table in (sessions, invitations, log_in_tries):
        count = select(func.count()).select_from(table)
        if "tenant_id" in table.c:
            count = count.where(table.c.tenant_id == context.tenant)
        assert await door.house.database.read(context, _scalar, count) == 0


def _scalar(tx: ReadTx, query: Any) -> Any:
    return tx.scalar(query)
