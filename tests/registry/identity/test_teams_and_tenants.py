"""Teams belong to a tenant; tenants belong to whoever owns the installation."""

import pytest

from tests.support.front import ADMIN_TOKEN, Front
from tests.support.spine import TENANT
from tocsin.kernel.errors import Invalid
from tocsin.kernel.facts import SYSTEM, Actor, ActorKind
from tocsin.registry.identity import actor_label, assignees, resolve_assignee

NOBODY = "01900000-0000-7000-8000-00000000ffff"
NIGHT = {"slug": "night-shift", "name": "Night shift"}


async def test_a_team_is_made_filled_renamed_and_archived(door: Front):
    robin = await door.person("robin@example.test")
    admin = await door.as_role("admin")
    made = await admin.post("/teams", json={**NIGHT, "members": ["Robin@example.test"]})
    assert made.status_code == 201
    assert made.json()["members"] == [str(robin)]
    renamed = await admin.put("/teams/night-shift", json={**made.json(), "name": "Nights"})
    assert [renamed.json()["name"], renamed.json()["version"]] == ["Nights", 2]
    emptied = await admin.patch("/teams/night-shift", json={"members": []})
    assert emptied.json()["members"] == []
    assert (await admin.delete("/teams/night-shift")).status_code == 204
    assert (await admin.get("/teams/night-shift")).status_code == 404
    assert (await admin.get("/teams")).json()["items"] == []


async def test_an_unchanged_team_keeps_its_version(door: Front):
    admin = await door.as_role("admin")
    made = (await admin.post("/teams", json=NIGHT)).json()
    assert (await admin.put("/teams/night-shift", json=made)).json()["version"] == 1


async def test_an_archived_slug_comes_back_and_a_living_one_is_taken(door: Front):
    admin = await door.as_role("admin")
    await admin.post("/teams", json=NIGHT)
    assert (await admin.post("/teams", json=NIGHT)).status_code == 409
    await admin.delete("/teams/night-shift")
    assert (await admin.post("/teams", json=NIGHT)).status_code == 201


@pytest.mark.parametrize("member", ["nobody@example.test", NOBODY, "night-shift"])
async def test_an_unknown_member_is_named_by_place(door: Front, member):
    await door.person("robin@example.test")
    admin = await door.as_role("admin")
    answer = await admin.post("/teams", json={**NIGHT, "members": ["robin@example.test", member]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "members[1]"


@pytest.mark.parametrize("slug", ["Night", "nacht schicht", "", "x" * 64])
async def test_a_wrong_slug_is_422(door: Front, slug):
    admin = await door.as_role("admin")
    assert (await admin.post("/teams", json={**NIGHT, "slug": slug})).status_code == 422


async def test_teams_are_listed_in_pages(door: Front):
    admin = await door.as_role("admin")
    for slug in "abc":
        await admin.post("/teams", json={"slug": slug, "name": slug})
    first = (await admin.get("/teams", params={"limit": 2})).json()
    second = (await admin.get("/teams", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [team["slug"] for team in first["items"] + second["items"]] == ["a", "b", "c"]
    assert second["next_cursor"] is None


async def test_work_is_given_to_people_and_teams_by_any_of_their_names(door: Front):
    robin = await door.person("robin@example.test", name="Robin")
    await (await door.as_role("admin")).post("/teams", json=NIGHT)
    desk = door.house.desk
    for text in (str(robin), "ROBIN@example.test"):
        found = await desk.read(resolve_assignee, text)
        assert [found.kind, found.id, found.label] == ["user", str(robin), "Robin"]
    team = await desk.read(resolve_assignee, "night-shift")
    assert [team.kind, team.id, team.label] == ["team", "night-shift", "Night shift"]
    with pytest.raises(Invalid, match="assigned_to"):
        await desk.read(resolve_assignee, "nobody")
    keys = [("user", str(robin)), ("team", "night-shift"), ("team", "gone")]
    named = await desk.read(assignees, keys)
    assert [named[key].label for key in keys] == ["Robin", "Night shift", "gone"]


async def test_timelines_name_whoever_acted(door: Front):
    robin = await door.person("robin@example.test", name="Robin")
    actors = {
        Actor(ActorKind.PERSON, str(robin)): "Robin",
        Actor(ActorKind.PERSON, NOBODY): "Somebody who left",
        Actor(ActorKind.TOKEN, "admin"): "Admin token",
        Actor(ActorKind.RULE, "default"): "Rule default",
        SYSTEM: "Tocsin",
    }
    labels = await door.house.desk.read(actor_label, actors)
    assert labels == {str(actor): label for actor, label in actors.items()}


async def test_the_owner_makes_tenants_and_others_do_not(door: Front):
    owner = door.client(ADMIN_TOKEN)
    made = await owner.post("/tenants", json={"slug": "other", "name": "Other"})
    assert made.status_code == 201
    assert (await owner.post("/tenants", json={"slug": "other", "name": "x"})).status_code == 409
    slugs = [tenant["slug"] for tenant in (await owner.get("/tenants")).json()["items"]]
    assert slugs == ["default", "other"]
    admin = await door.as_role("admin", TENANT)
    assert (await admin.get("/tenants")).status_code == 403


async def test_a_super_admin_of_another_tenant_does_not_own_the_installation(door: Front):
    owner = door.client(ADMIN_TOKEN)
    await owner.post("/tenants", json={"slug": "other", "name": "Other"})
    draft = {"name": "x", "role": "super_admin", "tenant": "other"}
    there = door.client((await owner.post("/tokens", json=draft)).json()["token"])
    for refused in (
        await there.get("/tenants"),
        await there.post("/tenants", json={"slug": "third", "name": "Third"}),
        await there.post("/tokens", json={**draft, "tenant": "default"}),
    ):
        assert refused.status_code == 403


async def test_a_person_who_makes_a_tenant_is_its_super_admin(door: Front):
    await door.person("robin@example.test", "super_admin")
    client = await door.logged_in("robin@example.test")
    await client.post("/tenants", json={"slug": "other", "name": "Other"})
    body = {
        "email": "robin@example.test",
        "password": "correct horse battery staple",
        "tenant": "other",
    }
    me = (await door.client().post("/auth/login", json=body)).json()
    assert [me["tenant"]["slug"], me["roles"]] == ["other", ["super_admin"]]


async def test_a_tenant_is_renamed_and_keeps_its_slug(door: Front):
    owner = door.client(ADMIN_TOKEN)
    got = (await owner.get("/tenants/default")).json()
    put = await owner.put("/tenants/default", json={**got, "name": "Ours"})
    assert put.json()["name"] == "Ours"
    moved = await owner.put("/tenants/default", json={**got, "slug": "ours"})
    assert moved.status_code == 422
