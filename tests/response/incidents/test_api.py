"""Incidents over HTTP, as programs and the console use them."""

import sys
from datetime import timedelta

import pytest
from httpx import AsyncClient

from tests.response.incidents.counter import OPENING, opened
from tests.support.front import Front
from tocsin.kernel.facts import Fact
from tocsin.platform.database import Tx
from tocsin.registry import identity
from tocsin.registry.identity import Role


async def test_an_opened_incident_is_answered_whole(responder: AsyncClient):
    shown = await opened(responder, tags=["dns"], description="Since the deploy.")
    assert shown["id"] == shown["incident_id"] == "INC0000001"
    assert (shown["status"], shown["priority"]) == ("open", "P2")
    assert shown["affected_services"] == [{"id": "github", "name": "Github", "status": "unknown"}]
    assert shown["sla_response_due"] is None
    assert shown["sla_response_breached"] is False
    assert (shown["major"], shown["phase"], shown["public"]) == (False, "none", False)
    assert shown["version"] == 1
    assert shown["started_at"].endswith("Z")
    assert shown["audience"] == {"pages": ["main"], "mail": 3, "webhooks": 1, "chat": 1}
    assert "resolve" in shown["allowed"]
    assert "close" in shown["refused"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"severity": "awful"}, "severity"),
        ({"affected_services": ["nowhere"]}, "affected_services.0"),
        ({"assigned_to": "nobody@example.org"}, "assigned_to"),
        ({"started_at": "2026-03-03T12:00:00"}, "started_at"),
        ({"started_at": "2099-01-01T00:00:00Z"}, "started_at"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_wrong_fields_are_named(responder: AsyncClient, wrong: dict, field: str):
    answer = await responder.post("/incidents", json={**OPENING, **wrong})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_an_assignee_starts_a_new_incident(door: Front, responder: AsyncClient):
    await door.person("robin@example.org", Role.RESPONDER)
    shown = await opened(responder, assignee="robin@example.org")
    assert shown["status"] == "in_progress"
    assert shown["assigned_to"]["label"] == "Robin"
    listed = await responder.get("/incidents", params={"assigned_to": "robin@example.org"})
    assert [one["id"] for one in listed.json()["items"]] == [shown["id"]]


async def test_every_verb_has_its_route(responder: AsyncClient, manager: AsyncClient):
    await opened(responder)
    walk = [
        ("start", {}, "in_progress"),
        ("acknowledge", {}, "in_progress"),
        ("hold", {"pending_reason": "vendor"}, "pending"),
        ("resume", {}, "in_progress"),
        ("resolve", {"resolution_note": "Restarted."}, "resolved"),
        ("close", {}, "closed"),
        ("reopen", {}, "in_progress"),
        ("cancel", {"reason": "A drill."}, "cancelled"),
    ]
    for verb, body, status in walk:
        answer = await manager.post(f"/incidents/INC0000001/{verb}", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == status


async def test_verbs_that_need_no_words_take_no_body(responder: AsyncClient):
    await opened(responder)
    for verb in ("acknowledge", "start"):
        answer = await responder.post(f"/incidents/INC0000001/{verb}")
        assert answer.status_code == 200


async def test_an_illegal_transition_names_state_and_verb(responder: AsyncClient):
    await opened(responder)
    answer = await responder.post("/incidents/INC0000001/close")
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["code"] == "illegal_transition"
    assert "open" in problem["detail"]
    assert "close" in problem["detail"]


async def test_a_patched_status_runs_the_verb(responder: AsyncClient):
    await opened(responder)
    answer = await responder.patch(
        "/incidents/INC0000001", json={"status": "pending", "pending_reason": "caller"}
    )
    assert (answer.status_code, answer.json()["status"]) == (200, "pending")
    answer = await responder.patch("/incidents/INC0000001", json={"status": "in_progress"})
    assert answer.json()["status"] == "in_progress"
    answer = await responder.patch("/incidents/INC0000001", json={"status": "open"})
    assert answer.status_code == 409


async def test_a_patched_status_needs_the_role_of_its_verb(responder: AsyncClient):
    await opened(responder)
    answer = await responder.patch(
        "/incidents/INC0000001", json={"status": "cancelled", "reason": "A drill."}
    )
    assert answer.status_code == 403
    await responder.post("/incidents/INC0000001/resolve", json={"resolution_note": "Done."})
    answer = await responder.patch("/incidents/INC0000001", json={"status": "in_progress"})
    assert answer.status_code == 403


async def test_put_of_what_get_gave_changes_nothing(door: Front, responder: AsyncClient):
    await door.person("robin@example.org", Role.RESPONDER)
    await opened(responder, assigned_to="robin@example.org", tags=["dns"], category="network")
    update = {"phase": "investigating", "message": "We look.", "public": True}
    await responder.post("/incidents/INC0000001/updates", json=update)
    for verb, body in (("hold", {"pending_reason": "vendor"}), ("resolve", {})):
        await responder.post(
            f"/incidents/INC0000001/{verb}", json=body or {"resolution_note": "Done."}
        )
        given = (await responder.get("/incidents/INC0000001")).json()
        answer = await responder.put("/incidents/INC0000001", json=given)
        assert answer.status_code == 200, answer.text
        assert answer.json() == given


async def test_a_read_only_field_that_differs_is_refused(responder: AsyncClient):
    shown = await opened(responder)
    for field, value in (("priority", "P1"), ("opened_at", "2020-01-01T00:00:00Z"), ("x", 1)):
        answer = await responder.put("/incidents/INC0000001", json={**shown, field: value})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == field


async def test_a_lost_race_is_412(responder: AsyncClient):
    shown = await opened(responder)
    tag = (await responder.get("/incidents/INC0000001")).headers["etag"]
    first = await responder.patch(
        "/incidents/INC0000001", json={"title": "Mine"}, headers={"If-Match": tag}
    )
    assert first.status_code == 200
    for late in (
        await responder.patch(
            "/incidents/INC0000001", json={"title": "Theirs"}, headers={"If-Match": tag}
        ),
        await responder.put("/incidents/INC0000001", json={**shown, "title": "Theirs"}),
        await responder.post("/incidents/INC0000001/start", headers={"If-Match": tag}),
    ):
        assert late.status_code == 412
    assert (await responder.get("/incidents/INC0000001")).json()["title"] == "Mine"


async def test_a_repeated_key_opens_one_incident(responder: AsyncClient):
    key = {"Idempotency-Key": "once"}
    first = await responder.post("/incidents", json=OPENING, headers=key)
    second = await responder.post("/incidents", json=OPENING, headers=key)
    assert first.json() == second.json()
    assert len((await responder.get("/incidents")).json()["items"]) == 1


async def test_a_public_update_is_written_and_shown(responder: AsyncClient):
    await opened(responder)
    body = {
        "status": "investigating",
        "texts": {"en": "We look.", "nl": "Wij kijken."},
        "public": True,
        "impacts": {"github": "major_outage"},
    }
    answer = await responder.post("/incidents/INC0000001/updates", json=body)
    assert answer.status_code == 201, answer.text
    update = answer.json()
    assert (update["phase"], update["pages"]) == ("investigating", ["main"])
    shown = (await responder.get("/incidents/INC0000001")).json()
    assert (shown["phase"], shown["public"], shown["public_title"]) == (
        "investigating",
        True,
        "Pushes fail",
    )
    assert [one["id"] for one in shown["updates"]] == [update["id"]]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"message": None}, "message"),
        ({"phase": "sleeping"}, "phase"),
        ({"phase": "none"}, "phase"),
        ({"at": "2099-01-01T00:00:00Z"}, "at"),
        ({"pages": ["nowhere"]}, "pages"),
        ({"impacts": {"nowhere": "degraded"}}, "impacts.0"),
    ],
)
async def test_wrong_updates_are_refused(responder: AsyncClient, wrong: dict, field: str):
    await opened(responder)
    body = {"phase": "investigating", "message": "We look.", "public": True, **wrong}
    answer = await responder.post("/incidents/INC0000001/updates", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_the_timeline_joins_texts_and_names(door: Front, responder: AsyncClient):
    await opened(responder)
    update = {"phase": "investigating", "message": "We look.", "public": True}
    await responder.post("/incidents/INC0000001/updates", json=update)
    await responder.post("/incidents/INC0000001/comments", json={"body": "Which disk?"})
    note = {"resolution_note": "Restarted.", "public_message": "It works."}
    await responder.post("/incidents/INC0000001/resolve", json=note)
    story = (await responder.get("/incidents/INC0000001/timeline")).json()["items"]
    assert [(entry["kind"], entry["text"]) for entry in story] == [
        ("incident.opened", None),
        ("incident.update_published", "We look."),
        ("incident.commented", "Which disk?"),
        ("incident.update_published", "It works."),
        ("incident.resolved", "Restarted."),
    ]
    assert story[0]["actor"]["kind"] == "token"
    assert story[0]["actor"]["label"]


async def test_what_was_said_is_listed_with_its_authors(responder: AsyncClient):
    await opened(responder)
    update = {"phase": "investigating", "message": "We look.", "public": True}
    posted = (await responder.post("/incidents/INC0000001/updates", json=update)).json()
    comment = (await responder.post("/incidents/INC0000001/comments", json={"body": "Why?"})).json()
    assert (comment["body"], comment["author"]["kind"]) == ("Why?", "token")
    updates = (await responder.get("/incidents/INC0000001/updates")).json()["items"]
    comments = (await responder.get("/incidents/INC0000001/comments")).json()["items"]
    assert (updates, comments) == ([posted], [comment])
    assert (await responder.get("/incidents/INC0000009/comments")).status_code == 404


async def test_the_list_pages_and_counts(door: Front, responder: AsyncClient):
    for _ in range(3):
        await opened(responder)
        door.house.clock.move(timedelta(seconds=1))
    await responder.post("/incidents/INC0000001/resolve", json={"resolution_note": "Done."})
    first = (await responder.get("/incidents", params={"limit": 2})).json()
    assert [one["id"] for one in first["items"]] == ["INC0000003", "INC0000002"]
    assert (first["counts"]["live"], first["counts"]["resolved"]) == (2, 1)
    rest = await responder.get("/incidents", params={"cursor": first["next_cursor"]})
    assert [one["id"] for one in rest.json()["items"]] == ["INC0000001"]
    live = (await responder.get("/incidents", params={"open": "true"})).json()
    assert len(live["items"]) == 2


async def test_only_admins_archive(door: Front, responder: AsyncClient):
    await opened(responder)
    assert (await responder.delete("/incidents/INC0000001")).status_code == 403
    admin = await door.as_role(Role.ADMIN)
    assert (await admin.delete("/incidents/INC0000001")).status_code == 204
    assert (await responder.get("/incidents/INC0000001")).status_code == 404


async def test_viewers_read_and_strangers_do_not(door: Front, responder: AsyncClient):
    await opened(responder)
    viewer = await door.as_role(Role.VIEWER)
    assert (await viewer.get("/incidents/INC0000001")).status_code == 200
    assert (await viewer.post("/incidents/INC0000001/start")).status_code == 403
    for path in ("/incidents", "/incidents/INC0000001", "/incidents/INC0000001/timeline"):
        assert (await door.client().get(path)).status_code == 401


async def test_strangers_see_open_public_faces_only(door: Front, responder: AsyncClient):
    await opened(responder, title="The marker inside")
    await opened(responder, title="Another marker")
    update = {
        "phase": "investigating",
        "title": "Pushes fail",
        "message": "We look.",
        "public": True,
        "impacts": {"github": "major_outage", "zoom": "degraded"},
    }
    await responder.post("/incidents/INC0000001/updates", json=update)
    answer = await door.client().get("/summary")
    assert answer.status_code == 200
    [face] = answer.json()["incidents"]
    assert (face["title"], face["phase"]) == ("Pushes fail", "investigating")
    assert [one["id"] for one in face["affected_services"]] == ["github"]
    assert "marker" not in answer.text
    assert "INC0" not in answer.text
    assert sum(answer.json()["counts"].values()) == 2
    inside = (await responder.get("/summary")).json()
    assert [one["id"] for one in inside["incidents"]] == ["INC0000001", "INC0000002"]
    assert (inside["open_incidents"], answer.json()["open_incidents"]) == (2, 1)


async def test_the_summary_lists_what_comes_first_and_counts_the_rest(
    responder: AsyncClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys.modules["tocsin.response.incidents.views.summary"], "MOST", 2)
    for severity in ("critical", "low", "medium", "critical"):
        await opened(responder, severity=severity)
    shown = (await responder.get("/summary")).json()
    assert [one["id"] for one in shown["incidents"]] == ["INC0000001", "INC0000004"]
    assert shown["open_incidents"] == 4


async def test_the_audience_is_told_before_it_is_written_to(responder: AsyncClient):
    await opened(responder)
    answer = await responder.get(
        "/incidents/INC0000001/audience", params={"phase": "identified", "service": "slack"}
    )
    assert answer.json() == {"pages": ["chat"], "mail": 3, "webhooks": 1, "chat": 1}


async def test_a_comment_names_people_by_id(door: Front, responder: AsyncClient):
    robin = await door.person("robin@example.org", Role.RESPONDER)
    await opened(responder)
    path = "/incidents/INC0000001/comments"
    body = {"body": "Robin, look?", "mentions": ["robin@example.org"]}
    assert (await responder.post(path, json=body)).status_code == 201
    story = (await responder.get("/incidents/INC0000001/timeline")).json()["items"]
    assert story[-1]["payload"]["mentions"] == [f"user:{robin}"]
    wrong = await responder.post(path, json={"body": "?", "mentions": ["nobody@example.org"]})
    assert wrong.json()["errors"][0]["field"] == "mentions"


async def test_words_for_a_verb_that_does_not_run_are_refused(responder: AsyncClient):
    await opened(responder)
    for idle in ({"reason": "?"}, {"public_message": "?"}, {"pending_reason": "vendor"}):
        answer = await responder.patch("/incidents/INC0000001", json=idle)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == next(iter(idle))


async def test_incidents_that_nobody_has_can_be_listed(door: Front, responder: AsyncClient):
    await door.person("robin@example.org", Role.RESPONDER)
    await opened(responder, assigned_to="robin@example.org")
    await opened(responder)
    listed = (await responder.get("/incidents", params={"assigned_to": "nobody"})).json()
    assert [one["id"] for one in listed["items"]] == ["INC0000002"]


async def test_another_tenants_incident_does_not_exist(door: Front, responder: AsyncClient):
    shown = await opened(responder)
    other = await door.house.house.write(identity.create_tenant, "other", "Other")
    stranger = await door.as_role(Role.SUPER_ADMIN, other.id)
    for name in (shown["id"], shown["uid"]):
        assert (await stranger.get(f"/incidents/{name}")).status_code == 404
        assert (await stranger.post(f"/incidents/{name}/start")).status_code == 404
    assert (await stranger.get("/incidents")).json()["items"] == []


async def test_a_recovery_that_was_seen_prepares_the_words(door: Front, responder: AsyncClient):
    await opened(responder)
    for kind, status in (("confirmed", "major_outage"), ("recovered", "operational")):
        payload = {
            "status": status,
            "since": door.house.clock.now().isoformat(),
            "episode": 1,
            "decision": "0" * 32,
        }
        fact = Fact(f"condition.{kind}", "service:github", payload)
        await door.house.house.write(Tx.record, fact)
        await door.house.settle()
        door.house.clock.move(timedelta(minutes=5))
    shown = (await responder.get("/incidents/INC0000001")).json()
    assert shown["status"] == "open"
    assert shown["recovery_observed_at"] == "2026-03-03T12:05:00Z"
    prepared = shown["prepared_resolution"]
    assert prepared["public_message"].startswith("Github works normally again since 2026-03-03")
    note = {"resolution_note": prepared["resolution_note"]}
    taken = await responder.post("/incidents/INC0000001/resolve", json=note)
    assert taken.json()["status"] == "resolved"
    assert taken.json()["prepared_resolution"] is None
