"""Routes of maintenance: who may do what, what strangers see, what is refused."""

from datetime import timedelta

from tests.support.front import Front
from tests.support.spine import START

HOUR = timedelta(hours=1)
PLAN = {
    "title": "New disks",
    "starts_at": "2026-03-03T15:00:00+02:00",
    "ends_at": "2026-03-03T14:00:00Z",
    "affected_services": ["mail", "vault"],
    "description": "Ask the storage team.",
}
NOBODY = "00000000-0000-7000-8000-000000000000"


async def test_a_window_is_scheduled_read_changed_and_put_back(door: Front):
    manager = await door.as_role("itsm_manager")
    made = await manager.post("/maintenance", json=PLAN)
    assert made.status_code == 201
    body = made.json()
    assert (body["status"], body["source"]) == ("scheduled", "own")
    assert body["starts_at"] == "2026-03-03T13:00:00Z"
    path = f"/maintenance/{body['id']}"
    read = await manager.get(path)
    assert read.json() == body
    assert read.headers["etag"].startswith('"1.')
    assert (await manager.put(path, json=body)).json() == body
    changed = await manager.patch(
        path, json={"title": "Newer disks"}, headers={"If-Match": read.headers["etag"]}
    )
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    late = await manager.patch(
        path, json={"title": "x"}, headers={"If-Match": read.headers["etag"]}
    )
    assert late.status_code == 412
    wrong = await manager.put(path, json={**changed.json(), "status": "completed"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "status"


async def test_only_managers_write_and_viewers_read(door: Front):
    statuses = {"viewer": 403, "responder": 403, "itsm_manager": 201, "admin": 201}
    for role, status in statuses.items():
        client = await door.as_role(role)
        assert (await client.post("/maintenance", json=PLAN)).status_code == status, role
        assert len((await client.get("/maintenance")).json()["items"]) <= 2
    assert (await door.client().post("/maintenance", json=PLAN)).status_code == 401


async def test_strangers_see_what_affects_public_services_and_no_more(door: Front):
    manager, stranger = await door.as_role("itsm_manager"), door.client()
    shown = (await manager.post("/maintenance", json=PLAN)).json()
    secret = {**PLAN, "affected_services": ["vault"], "title": "Secret"}
    hidden = (await manager.post("/maintenance", json=secret)).json()
    (seen,) = (await stranger.get("/maintenance")).json()["items"]
    assert seen["title"] == "New disks"
    assert (seen["affected_services"], seen["description"]) == (["mail"], None)
    assert (await stranger.get(f"/maintenance/{shown['id']}")).json() == seen
    assert (await stranger.get(f"/maintenance/{hidden['id']}")).status_code == 404
    assert (await stranger.get(f"/maintenance/{shown['id']}/updates")).status_code == 401


async def test_lists_are_filtered_and_paged(door: Front):
    manager = await door.as_role("itsm_manager")
    for hours in (3, 1, 2):
        start = START + hours * HOUR
        plan = {**PLAN, "starts_at": start.isoformat(), "ends_at": (start + HOUR).isoformat()}
        await manager.post("/maintenance", json=plan)
    now = {**PLAN, "starts_at": "2026-03-01T00:00:00Z"}
    active = (await manager.post("/maintenance", json=now)).json()
    assert active["status"] == "in_progress"
    first = (await manager.get("/maintenance?limit=2")).json()
    assert [one["starts_at"][11:13] for one in first["items"]] == ["13", "14"]
    rest = (await manager.get(f"/maintenance?limit=2&cursor={first['next_cursor']}")).json()
    assert ([one["starts_at"][11:13] for one in rest["items"]], rest["next_cursor"]) == (
        ["15"],
        None,
    )
    (only,) = (await manager.get("/maintenance?filter=active")).json()["items"]
    assert only["id"] == active["id"]
    assert (await manager.get("/maintenance?filter=past")).json()["items"] == []
    everything = (await manager.get("/maintenance?filter=all&limit=3")).json()
    assert [one["starts_at"][11:13] for one in everything["items"]] == ["15", "14", "13"]
    assert (await manager.get("/maintenance?filter=soon")).status_code == 422


async def test_complete_and_cancel_out_of_order_are_409(door: Front):
    manager = await door.as_role("itsm_manager")
    planned = (await manager.post("/maintenance", json=PLAN)).json()["id"]
    early = await manager.post(f"/maintenance/{planned}/complete")
    assert (early.status_code, early.json()["code"]) == (409, "illegal_transition")
    assert (await manager.post(f"/maintenance/{planned}/cancel")).json()["status"] == "cancelled"
    assert (await manager.post(f"/maintenance/{planned}/cancel")).status_code == 409
    now = {**PLAN, "starts_at": "2026-03-03T12:00:00Z"}
    begun = (await manager.post("/maintenance", json=now)).json()["id"]
    assert (await manager.post(f"/maintenance/{begun}/complete")).json()["status"] == "completed"
    assert (await manager.post(f"/maintenance/{begun}/complete")).status_code == 409
    assert (await manager.patch(f"/maintenance/{begun}", json={"title": "x"})).status_code == 409
    assert (await manager.delete(f"/maintenance/{begun}")).status_code == 204
    assert (await manager.get(f"/maintenance/{begun}")).status_code == 404


async def test_people_write_about_a_window(door: Front):
    manager = await door.as_role("itsm_manager")
    path = f"/maintenance/{(await manager.post('/maintenance', json=PLAN)).json()['id']}/updates"
    written = await manager.post(path, json={"message": " Disks are in. "})
    assert written.status_code == 201
    assert written.json()["message"] == "Disks are in."
    viewer = await door.as_role("viewer")
    assert (await viewer.get(path)).json()["items"] == [written.json()]
    assert (await viewer.post(path, json={"message": "x"})).status_code == 403
    for message in ("", " ", "x" * 5_001, None):
        assert (await manager.post(path, json={"message": message})).status_code == 422
    assert (await manager.get(f"/maintenance/{NOBODY}/updates")).status_code == 404


WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"title": " "}, "title"),
    ({"title": "x" * 201}, "title"),
    ({"title": "two\nlines"}, "title"),
    ({"starts_at": "2026-03-03T12:00:00"}, "starts_at"),
    ({"starts_at": 1772539200}, "starts_at"),
    ({"ends_at": "2026-03-03T13:00:00Z"}, "ends_at"),
    ({"ends_at": "2026-03-03T12:30:00Z"}, "ends_at"),
    ({"ends_at": "2026-07-03T12:30:00Z"}, "ends_at"),
    ({"ends_at": "9999-12-31T23:59:59Z", "starts_at": "9999-12-30T00:00:00Z"}, "ends_at"),
    ({"affected_services": []}, "affected_services"),
    ({"affected_services": ["mail", "mail"]}, "affected_services"),
    ({"affected_services": ["ghost"]}, "affected_services.0"),
    ({"recurrence": {"rule": "FREQ=SECONDLY", "time_zone": "UTC"}}, "recurrence"),
    ({"recurrence": {"rule": "FREQ=DAILY", "time_zone": "Nowhere"}}, "recurrence"),
    ({"recurrence": {"rule": "FREQ=DAILY", "time_zone": "../etc/passwd"}}, "recurrence"),
    ({"recurrence": {"rule": "FREQ=DAILY"}}, "recurrence.time_zone"),
    ({"colour": "red"}, "colour"),
)


async def test_a_wrong_window_is_refused_with_its_field(door: Front):
    manager = await door.as_role("itsm_manager")
    for wrong, field in WRONG:
        answer = await manager.post("/maintenance", json={**PLAN, **wrong})
        assert answer.status_code == 422, wrong
        assert answer.json()["errors"][0]["field"] == field, wrong
    made = (await manager.post("/maintenance", json=PLAN)).json()
    for wrong, field in WRONG:
        answer = await manager.patch(f"/maintenance/{made['id']}", json=wrong)
        assert answer.status_code == 422, wrong
        assert answer.json()["errors"][0]["field"] == field, wrong
    for name in ("title", "starts_at", "ends_at", "affected_services"):
        answer = await manager.patch(f"/maintenance/{made['id']}", json={name: None})
        assert answer.status_code == 422, name


async def test_the_same_key_schedules_once(door: Front):
    manager = await door.as_role("itsm_manager")
    answers = [
        await manager.post("/maintenance", json=PLAN, headers={"Idempotency-Key": "once"})
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert len((await manager.get("/maintenance")).json()["items"]) == 1
