"""The routes of signals: who may speak, what is refused, and the life of a monitor."""

from typing import Any
from uuid import UUID

from tests.detection.signals.conftest import Post
from tests.support.front import ADMIN_TOKEN

WORD = {"new_status": "degraded", "reason": "Slow for everybody."}


def fields(answer: Any) -> dict[str, str]:
    return {each["field"]: each["message"] for each in answer.json()["errors"]}


async def test_a_responder_sets_and_releases_a_status(post: Post):
    await post.declare()
    responder = await post.door.as_role("responder")
    answer = await responder.post("/services/vendor/status", json=WORD | {"detail": "Slow."})
    assert (answer.status_code, answer.json()["id"]) == (200, "vendor")
    assert (post.samples.last.status, post.samples.last.detail) == ("degraded", "Slow.")
    assert (await responder.post("/services/vendor/release")).status_code == 200
    again = await responder.post("/services/vendor/release")
    assert (again.status_code, again.json()["code"]) == (409, "not_set_by_hand")


async def test_viewers_and_strangers_set_nothing(post: Post):
    await post.declare()
    taken = len(post.samples.all)
    for client, status in ((await post.door.as_role("viewer"), 403), (post.door.client(), 401)):
        for path in ("/services/vendor/status", "/services/vendor/release"):
            assert (await client.post(path, json=WORD)).status_code == status
    assert len(post.samples.all) == taken


async def test_a_status_needs_a_reason_a_known_word_and_a_known_service(post: Post):
    await post.declare()
    responder = await post.door.as_role("responder")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"reason": ""}, "reason"),
        ({"reason": "  "}, "reason"),
        ({"reason": None}, "reason"),
        ({"new_status": "on fire"}, "new_status"),
        ({"status": "degraded"}, "status"),
        ({"detail": "x" * 2001}, "detail"),
    ]
    for change, field in wrong:
        answer = await responder.post("/services/vendor/status", json=WORD | change)
        assert (answer.status_code, field in fields(answer)) == (422, True), change
    assert (await responder.post("/services/ghost/status", json=WORD)).status_code == 404


async def test_the_admin_route_takes_the_admin_token(post: Post):
    await post.declare()
    admin = post.door.client(ADMIN_TOKEN)
    word = WORD | {"service_id": "vendor"}
    answer = await admin.post("/admin/status", json=word)
    assert (answer.status_code, answer.json()["id"]) == (200, "vendor")
    assert post.samples.last.status == "degraded"
    assert (await admin.post("/admin/status", json=word | {"reason": " "})).status_code == 422
    assert (await admin.post("/admin/status", json=word | {"service_id": "x"})).status_code == 404
    bad = word | {"new_status": "burning"}
    assert (await admin.post("/admin/status", json=bad)).status_code == 422


async def test_the_admin_route_takes_no_session_and_no_wrong_token(post: Post):
    await post.declare()
    taken = len(post.samples.all)
    word = WORD | {"service_id": "vendor"}
    await post.door.person("ann@example.org", "super_admin")
    browser = await post.door.logged_in("ann@example.org")
    for client in (browser, post.door.client(), post.door.client("wrong")):
        assert (await client.post("/admin/status", json=word)).status_code == 401
    viewer = await post.door.as_role("viewer")
    assert (await viewer.post("/admin/status", json=word)).status_code == 403
    assert len(post.samples.all) == taken


async def test_the_same_key_speaks_once(post: Post):
    await post.declare()
    responder = await post.door.as_role("responder")
    key = {"Idempotency-Key": "once"}
    for _ in range(2):
        answer = await responder.post("/services/vendor/status", json=WORD, headers=key)
        assert answer.status_code == 200
    assert await post.kinds_of_facts() == ["signal.set_by_hand"]


async def test_the_life_of_a_monitor(post: Post):
    await post.declare(kind="manual")
    admin = await post.door.as_role("admin")
    body = {
        "service_id": "vendor",
        "name": "Front page",
        "kind": "http",
        "url": post.vendor.url("www.own.example"),
        "interval_seconds": 30,
        "timeout_seconds": 5,
        "retries": 2,
    }
    made = await admin.post("/monitors", json=body)
    assert made.status_code == 201
    monitor = made.json()
    assert {name: monitor[name] for name in body} == body
    await post.house.settle()
    path = f"/monitors/{monitor['id']}"
    shown = await admin.get(path)
    assert (shown.json()["status"], shown.json()["poller_health"]) == ("operational", "ok")
    listed = (await admin.get("/monitors", params={"service_id": "vendor"})).json()["items"]
    assert [one["kind"] for one in listed] == ["manual", "http"]
    edited = await admin.patch(
        path, json={"keyword": "Welcome", "name": None}, headers={"If-Match": shown.headers["etag"]}
    )
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    assert (edited.json()["keyword"], edited.json()["name"]) == ("Welcome", None)
    stale = await admin.patch(
        path, json={"retries": 0}, headers={"If-Match": shown.headers["etag"]}
    )
    assert stale.status_code == 412
    assert (await admin.put(path, json=edited.json())).json() == edited.json()
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(path)).status_code == 404
    assert await post.kinds_of_facts() == [
        *("signal.monitor_added", "signal.monitor_edited", "signal.monitor_removed"),
    ]


async def test_a_monitors_credentials_are_never_shown_and_survive_an_edit(post: Post):
    await post.declare(kind="manual")
    admin = await post.door.as_role("admin")
    body = {
        "service_id": "vendor",
        "kind": "http",
        "url": post.vendor.url("www.own.example"),
        "headers": {"X-Api-Key": "hush-1"},
        "auth": {"type": "basic", "username": "ann", "password": "hush-2"},
    }
    made = await admin.post("/monitors", json=body)
    assert made.status_code == 201
    await post.house.settle()
    path = f"/monitors/{made.json()['id']}"
    shown = await admin.get(path)
    assert (shown.json()["status"], shown.json()["auth"]["username"]) == ("operational", "ann")
    assert "hush" not in made.text + shown.text + str((await admin.get("/monitors")).json())
    again = await admin.put(path, json=shown.json())
    assert (again.status_code, again.json()["version"]) == (200, 1)
    renamed = await admin.patch(path, json={"name": "Shop"})
    assert renamed.json()["auth"] == shown.json()["auth"]
    moved = await admin.patch(path, json={"url": "https://thief.example"})
    assert (moved.status_code, list(fields(moved))) == (422, ["headers.X-Api-Key"])


async def test_a_trial_shows_what_was_measured(post: Post):
    admin = await post.door.as_role("admin")
    check = {"kind": "http", "url": post.vendor.url("www.own.example")}
    found = (await admin.post("/monitors/test", json=check)).json()
    assert (found["status_code"], found["fault"], found["figures"]) == (200, None, {})
    assert found["phases"]["tls"] is None
    assert found["phases"]["first_byte"] > 0
    whole = check | {"service_id": "vendor", "name": "Front page"}
    assert (await admin.post("/monitors/test", json=whole)).json()["status_code"] == 200
    missing = (await admin.post("/monitors/test", json=check | {"keyword": "owl"})).json()
    assert (missing["fault"], missing["detail"]) == ("keyword", "“owl” is missing from the page.")


async def test_monitors_are_listed_page_by_page(post: Post):
    await post.declare(kind="manual")
    admin = await post.door.as_role("admin")
    for number in range(5):
        body = {"service_id": "vendor", "kind": "http", "url": f"https://www{number}.example"}
        assert (await admin.post("/monitors", json=body)).status_code == 201
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await admin.get("/monitors", params=params)).json()
        found += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert len(found) == len(set(found)) == 6


async def test_a_wrong_monitor_is_refused_with_its_field(post: Post):
    await post.declare()
    admin = await post.door.as_role("admin")
    good = {"service_id": "vendor", "kind": "http", "url": "https://own.example"}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"kind": "owl"}, "kind"),
        ({"url": "gopher://own.example"}, "url"),
        ({"url": None}, "url"),
        ({"timeout_seconds": 0}, "timeout_seconds"),
        ({"retries": 11}, "retries"),
        ({"interval_seconds": 4}, "interval_seconds"),
        ({"interval_seconds": 5, "timeout_seconds": 6}, "timeout_seconds"),
        ({"expected_status": "teapot"}, "expected_status"),
        ({"colour": "red"}, "colour"),
        ({"name": ""}, "name"),
    ]
    for change, field in wrong:
        answer = await admin.post("/monitors", json=good | change)
        assert (answer.status_code, field in fields(answer)) == (422, True), change
    assert (await admin.post("/monitors", json=good | {"service_id": "x"})).status_code == 404
    for role in ("viewer", "responder"):
        client = await post.door.as_role(role)
        assert (await client.post("/monitors", json=good)).status_code == 403


async def test_what_a_monitor_shows_is_not_changed_by_hand(post: Post):
    await post.declare(kind="manual")
    admin = await post.door.as_role("admin")
    body = {"service_id": "vendor", "kind": "http", "url": "https://own.example"}
    monitor = (await admin.post("/monitors", json=body)).json()
    path = f"/monitors/{monitor['id']}"
    for name, value in {"kind": "statuspage", "service_id": "x", "declared": True}.items():
        answer = await admin.patch(path, json={name: value})
        assert (answer.status_code, name in fields(answer)) == (422, True), name
    declared = (await post.source()).id
    answer = await admin.patch(f"/monitors/{declared}", json={"name": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "declared_by_service")


async def test_a_source_is_tried_out_before_it_is_saved(post: Post):
    admin = await post.door.as_role("admin")
    post.vendor.shows(api="operational", web="major_outage")
    page = {"kind": "statuspage", "url": post.vendor.url() + "/api/v2/summary.json"}
    found = (await admin.post("/monitors/test", json=page)).json()
    assert (found["status"], found["detail"]) == ("major_outage", "Web: major outage")
    assert found["final_url"] == post.vendor.url()
    assert [part["name"] for part in found["components"]] == ["Api", "Web"]
    assert isinstance(found["response_ms"], int)
    assert found["error"] is None
    post.vendor.is_down()
    check = {"kind": "http", "url": post.vendor.url("www.own.example")}
    down = (await admin.post("/monitors/test", json=check)).json()
    assert (down["status"], down["error"]) == ("major_outage", None)
    silent = (await admin.post("/monitors/test", json=page)).json()
    assert (silent["status"], silent["error"]) == ("unknown", "http_status")
    wrong = await admin.post("/monitors/test", json={"kind": "http"})
    assert (wrong.status_code, "url" in fields(wrong)) == (422, True)
    viewer = await post.door.as_role("viewer")
    assert (await viewer.post("/monitors/test", json=page)).status_code == 403


async def test_saving_follows_a_page_to_where_it_moved(post: Post):
    admin = await post.door.as_role("admin")
    post.vendor.moves_to("status.new.example")
    source = {"kind": "statuspage", "url": post.vendor.url()}
    body = {"id": "moved", "name": "Moved", "category": "hr", "source": source}
    made = await admin.post("/services", json=body)
    assert made.json()["source"]["url"] == post.vendor.url("status.new.example")


async def test_saving_an_unreachable_page_keeps_the_address_as_given(post: Post):
    admin = await post.door.as_role("admin")
    source = {"kind": "statuspage", "url": "http://status.vendor.example:9"}
    body = {"id": "away", "name": "Away", "category": "hr", "source": source}
    made = await admin.post("/services", json=body)
    assert made.json()["source"]["url"] == "http://status.vendor.example:9"


async def test_use_this_over_the_wire(post: Post):
    await post.declare()
    post.vendor.moves_to("status.new.example")
    await post.polls(3)
    source = await post.source()
    responder = await post.door.as_role("responder")
    path = f"/monitors/{source.id}/adopt-address"
    assert (await responder.post(path)).status_code == 403
    admin = await post.door.as_role("admin")
    answer = await admin.post(path)
    assert (answer.status_code, answer.json()["moved_to"]) == (200, None)
    assert answer.json()["url"] == post.vendor.url("status.new.example")
    assert (await admin.post(path)).json()["code"] == "not_moved"


async def test_another_tenants_sources_are_not_there(post: Post):
    await post.declare()
    source = await post.source()
    root = await post.door.as_role("super_admin")
    made = (await root.post("/tenants", json={"slug": "other", "name": "Other"})).json()
    stranger = await post.door.as_role("admin", tenant=UUID(made["id"]))
    for method, path in (
        ("GET", f"/monitors/{source.id}"),
        ("PATCH", f"/monitors/{source.id}"),
        ("DELETE", f"/monitors/{source.id}"),
        ("POST", f"/monitors/{source.id}/adopt-address"),
        ("POST", "/services/vendor/status"),
        ("POST", "/services/vendor/release"),
    ):
        answer = await stranger.request(method, path, json=WORD if "status" in path else {})
        assert (method, path, answer.status_code) == (method, path, 404)
    assert (await stranger.get("/monitors")).json()["items"] == []
