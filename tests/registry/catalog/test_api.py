"""The catalog's routes: who may write, what is refused and how, and PUT of what was given."""

from uuid import UUID

from tests.support.front import Front

MAIL = {"id": "mail", "name": "Mail", "category": "productivity", "source": {"kind": "manual"}}
SHOP = {
    "id": "shop",
    "name": "Our shop",
    "category": "sales",
    "tier": 1,
    "visibility": "internal",
    "owner_team": "shop-team",
    "description": "Where customers buy.",
    "dependencies": ["mail"],
    "source": {"kind": "web", "url": "https://moved.example"},
}


def fields(answer) -> dict[str, str]:
    return {each["field"]: each["message"] for each in answer.json()["errors"]}


async def test_an_admin_declares_a_service_and_its_source_is_followed_home(door: Front):
    admin = await door.as_role("admin")
    answer = await admin.post("/services", json=MAIL)
    assert answer.status_code == 201
    assert answer.headers["etag"].startswith('"1.')
    body = answer.json()
    assert {name: body[name] for name in MAIL} == MAIL
    assert (body["tier"], body["visibility"], body["version"]) == (2, "public", 1)
    shop = (await admin.post("/services", json=SHOP)).json()
    assert shop["source"] == {"kind": "web", "url": "https://new.example"}
    assert shop["created_at"].endswith("Z")


async def test_only_admins_change_the_catalog(door: Front):
    statuses = {"viewer": 403, "responder": 403, "itsm_manager": 403, "super_admin": 201}
    for role, status in statuses.items():
        client = await door.as_role(role)
        assert (await client.post("/services", json=MAIL)).status_code == status, role


async def test_strangers_change_nothing(door: Front):
    stranger = door.client()
    for method, path in (
        ("POST", "/services"),
        ("PATCH", "/services/mail"),
        ("PUT", "/services/mail"),
        ("DELETE", "/services/mail"),
        ("POST", "/services/reload"),
    ):
        answer = await stranger.request(method, path, json=MAIL)
        assert (method, answer.status_code) == (method, 401)


WRONG_SERVICES = (
    ({"id": "Mail"}, "id"),
    ({"id": "uptime"}, "id"),
    ({"id": None}, "id"),
    ({"name": " "}, "name"),
    ({"name": "a\u0000b"}, None),
    ({"category": "mail"}, "category"),
    ({"tier": 4}, "tier"),
    ({"tier": True}, "tier"),
    ({"tier": "1"}, "tier"),
    ({"visibility": "secret"}, "visibility"),
    ({"dependencies": ["ghost"]}, "dependencies.0"),
    ({"dependencies": ["mail"]}, "dependencies.0"),
    ({"dependencies": "shop"}, "dependencies"),
    ({"source": None}, "source"),
    ({"source": {"kind": "owl"}}, "source.kind"),
    ({"source": {"kind": "web"}}, "source.url"),
    ({"colour": "red"}, "colour"),
    ({"managed_by": "file"}, "managed_by"),
)


async def test_a_wrong_service_is_refused_with_its_field(door: Front):
    admin = await door.as_role("admin")
    for change, field in WRONG_SERVICES:
        answer = await admin.post("/services", json=MAIL | change)
        assert answer.status_code == 422, change
        assert field is None or field in fields(answer), change


async def test_four_fields_are_required(door: Front):
    admin = await door.as_role("admin")
    assert fields(await admin.post("/services", json={})).keys() == MAIL.keys()


async def test_patch_changes_the_fields_given(door: Front):
    admin = await door.as_role("admin")
    await admin.post("/services", json=MAIL)
    await admin.post("/services", json=SHOP)
    answer = await admin.patch("/services/shop", json={"tier": 3, "owner_team": None})
    assert answer.status_code == 200
    assert answer.headers["etag"].startswith('"2.')
    body = answer.json()
    assert (body["tier"], body["owner_team"], body["name"]) == (3, None, "Our shop")


async def test_put_of_what_was_given_changes_nothing(door: Front):
    admin = await door.as_role("admin")
    await admin.post("/services", json=MAIL)
    shown = (await admin.post("/services", json=SHOP)).json()
    again = await admin.put("/services/shop", json=shown)
    assert (again.status_code, again.json()) == (200, shown)
    renamed = await admin.put("/services/shop", json=shown | {"name": "Shop"})
    assert (renamed.status_code, renamed.json()["version"]) == (200, 2)


READ_ONLY = "is read-only; send it as it was read, or leave it out"


async def test_changed_read_only_fields_are_refused(door: Front):
    admin = await door.as_role("admin")
    await admin.post("/services", json=MAIL)
    changed = {"name": "Letters", "id": "other", "version": 7, "managed_by": "file", "colour": "x"}
    answer = await admin.put("/services/mail", json=changed)
    assert answer.status_code == 422
    assert fields(answer) == {
        "id": READ_ONLY,
        "version": READ_ONLY,
        "managed_by": READ_ONLY,
        "colour": "unknown field",
    }


async def test_a_wrong_change_is_refused(door: Front):
    admin = await door.as_role("admin")
    await admin.post("/services", json=MAIL)
    wrong = [{"name": None}, {"tier": None}, {"source": {}}, {"dependencies": ["mail"]}]
    for change in wrong:
        assert (await admin.patch("/services/mail", json=change)).status_code == 422, change


async def test_a_lost_race_is_412(door: Front):
    admin = await door.as_role("admin")
    made = await admin.post("/services", json=MAIL)
    first = {"If-Match": made.headers["etag"]}
    assert (await admin.patch("/services/mail", json={"tier": 1}, headers=first)).status_code == 200
    late = await admin.patch("/services/mail", json={"tier": 3}, headers=first)
    assert (late.status_code, late.json()["code"]) == (412, "version_mismatch")
    assert (await admin.delete("/services/mail", headers=first)).status_code == 412
    assert (await admin.delete("/services/mail", headers={"If-Match": '"2"'})).status_code == 204


async def test_the_same_key_declares_once(door: Front):
    admin = await door.as_role("admin")
    key = {"Idempotency-Key": "only-once"}
    first = await admin.post("/services", json=MAIL, headers=key)
    again = await admin.post("/services", json=MAIL, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = await admin.post("/services", json=MAIL | {"name": "Other"}, headers=key)
    assert other.status_code == 422


async def test_delete_archives(door: Front):
    admin = await door.as_role("admin")
    await admin.post("/services", json=MAIL)
    assert (await admin.delete("/services/mail")).status_code == 204
    assert (await admin.delete("/services/mail")).status_code == 404
    assert (await admin.patch("/services/mail", json={"tier": 1})).status_code == 404


async def test_the_button_reads_the_file_again(door: Front, registry):
    admin = await door.as_role("admin")
    none = await admin.post("/services/reload")
    assert (none.status_code, none.json()["code"]) == (409, "no_registry_file")
    row = "- {id: mail, name: Mail, category: hr, source: {kind: manual}}\n"
    _write(registry, "services:\n" + row)
    answer = await admin.post("/services/reload")
    assert answer.status_code == 200
    assert answer.json() == {
        "file": str(registry),
        "declared": ["mail"],
        "edited": [],
        "archived": [],
        "unchanged": 0,
    }
    refused = await admin.patch("/services/mail", json={"name": "Letters"})
    assert (refused.status_code, refused.json()["code"]) == (409, "managed_by_file")
    _write(registry, "services:\n" + row.replace("hr", "nonsense"))
    wrong = await admin.post("/services/reload")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "registry_invalid")
    [message] = fields(wrong).values()
    assert "line 2: expected 'identity'" in message


async def test_members_see_how_the_file_was_when_it_was_read_last(door: Front, registry):
    viewer, admin = await door.as_role("viewer"), await door.as_role("admin")
    assert (await viewer.get("/registry-file")).json()["state"] == "none"
    row = "- {id: mail, name: Mail, category: hr, source: {kind: manual}}\n"
    _write(registry, "services:\n" + row)
    await admin.post("/services/reload")
    assert (await viewer.get("/registry-file")).json()["state"] == "loaded"
    _write(registry, "services:\n" + row.replace("hr", "nonsense"))
    await admin.post("/services/reload")
    shown = (await viewer.get("/registry-file")).json()
    assert (shown["state"], shown["file"]) == ("refused", str(registry))
    [mistake] = shown["mistakes"]
    assert (mistake["line"], mistake["field"]) == (2, "services.0.category")
    assert (await door.client().get("/registry-file")).status_code == 401


async def test_only_the_default_tenant_has_a_registry_file(door: Front, registry):
    _write(registry, "services: []\n")
    root = await door.as_role("super_admin")
    made = (await root.post("/tenants", json={"slug": "other", "name": "Other"})).json()
    admin = await door.as_role("admin", tenant=UUID(made["id"]))
    answer = await admin.post("/services/reload")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_registry_file")


def _write(file, text: str) -> None:
    file.write_text(text)
