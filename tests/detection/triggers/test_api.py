"""Triggers over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from tests.detection.triggers.conftest import DOWN, Watch
from tests.detection.triggers.measured import results
from tests.support.spine import START

TRIGGER = {
    "name": "Domain down",
    "condition": DOWN,
    "service_id": "shop",
    "duration_minutes": 2,
    "auto_create_incident": True,
    "severity": "critical",
}


@pytest.fixture
async def admin(watch: Watch) -> AsyncClient:
    return await watch.door.as_role("admin")


async def test_an_admin_adds_edits_and_archives(watch: Watch, admin: AsyncClient):
    made = await admin.post("/triggers", json=TRIGGER)
    assert made.status_code == 201, made.text
    one = f"/triggers/{made.json()['id']}"
    assert {**TRIGGER, "enabled": True, "firing": []}.items() <= made.json().items()
    shown = await admin.get(one)
    put = await admin.put(one, json={**shown.json(), "duration_minutes": 5})
    assert (put.status_code, put.json()["version"]) == (200, 2)
    lost = await admin.patch(one, json={"name": "x"}, headers={"If-Match": shown.headers["etag"]})
    assert lost.status_code == 412
    assert [each["id"] for each in (await admin.get("/triggers")).json()["items"]] == [
        made.json()["id"]
    ]
    assert (await admin.delete(one)).status_code == 204
    assert (await admin.get(one)).status_code == 404
    kinds = [fact.kind for fact in await watch.shop.facts() if fact.kind.startswith("trigger.")]
    assert kinds == ["trigger.added", "trigger.edited", "trigger.archived"]


async def test_a_bad_condition_is_refused_with_its_character(admin: AsyncClient):
    answer = await admin.post("/triggers", json={**TRIGGER, "condition": "response_time >"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "condition", "message": "expected a number after “>” at character 16"}
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"service_id": "nowhere"}, "service_id"),
        ({"duration_minutes": 1441}, "duration_minutes"),
        ({"severity": "huge"}, "severity"),
        ({"condition": "respons_time > 3"}, "condition"),
        ({"name": ""}, "name"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_wrong_fields_are_named(admin: AsyncClient, change: dict[str, Any], field: str):
    answer = await admin.post("/triggers", json={**TRIGGER, **change})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == field
    made = await admin.post("/triggers", json=TRIGGER)
    edited = await admin.patch(f"/triggers/{made.json()['id']}", json=change)
    assert edited.status_code == 422, edited.text
    assert edited.json()["errors"][0]["field"] == field


async def test_everybody_reads_and_only_admins_write(watch: Watch, admin: AsyncClient):
    made = (await admin.post("/triggers", json=TRIGGER)).json()
    viewer = await watch.door.as_role("viewer")
    assert (await viewer.get("/triggers")).status_code == 200
    manager = await watch.door.as_role("itsm_manager")
    one = f"/triggers/{made['id']}"
    for answer in (
        await manager.post("/triggers", json=TRIGGER),
        await manager.patch(one, json={"name": "x"}),
        await manager.delete(one),
        await manager.post("/triggers/preview", json={"service_id": "shop", "condition": DOWN}),
    ):
        assert answer.status_code == 403
    assert (await watch.door.client().get("/triggers")).status_code == 401


async def test_a_firing_trigger_shows_where_and_why(watch: Watch, admin: AsyncClient):
    made = (await admin.post("/triggers", json=TRIGGER)).json()
    await watch.checks("bbbb")
    [firing] = (await admin.get(f"/triggers/{made['id']}")).json()["firing"]
    assert firing["service_id"] == "shop"
    assert firing["values"] == {"response_time": 90.0, "status_code": 503.0}
    assert firing["reason"].startswith("status_code was 503 (>= 500)")


async def test_a_condition_is_read_while_it_is_typed(admin: AsyncClient):
    good = (await admin.post("/triggers/check", json={"condition": DOWN})).json()
    assert (good["valid"], good["metrics"]) == (True, ["response_time", "status_code"])
    bad = (await admin.post("/triggers/check", json={"condition": "up ="})).json()
    assert bad["valid"] is False
    assert (bad["position"], bad["line"], bad["column"], bad["length"]) == (5, 1, 5, 0)
    assert bad["message"] == "expected a number after “=” at character 5"


async def test_a_preview_shows_when_it_would_have_fired(watch: Watch, admin: AsyncClient):
    begin = START - timedelta(hours=2)
    shop = watch.monitors["shop"].id
    watch.samples.found[shop] = results("o" * 30 + "b" * 10 + "o" * 80, start=begin)
    asked = {"service_id": "shop", "condition": DOWN, "duration_minutes": 2}
    found = (await admin.post("/triggers/preview", json=asked)).json()
    assert (found["count"], found["total_minutes"]) == (1, 10.0)
    assert found["spans"][0]["fired_at"] == "2026-03-03T10:32:00Z"
    assert found["from"] == "2026-02-24T12:00:00Z"
    first = found["charts"][0]
    assert (first["metric"], first["unit"]) == ("response_time", "ms")
    assert first["limits"] == [{"sign": ">", "value": 30_000.0, "text": "30000"}]
    assert first["lines"][0]["monitor"] == "Website"
    window = {"from": "2026-03-03T11:00:00Z", "to": "2026-03-03T11:30:00Z"}
    later = (await admin.post("/triggers/preview", json={**asked, **window})).json()
    assert (later["count"], later["coverage"]) == (0, 1.0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"from": "2026-01-01T00:00:00Z"}, "from"),
        ({"from": "2026-03-04T00:00:00Z"}, "from"),
        ({"service_id": "nowhere"}, "service_id"),
        ({"condition": "up >"}, "condition"),
    ],
)
async def test_a_preview_is_bounded(admin: AsyncClient, change: dict[str, Any], field: str):
    asked = {"service_id": "shop", "condition": DOWN, **change}
    answer = await admin.post("/triggers/preview", json=asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_a_preview_of_very_frequent_checks_is_shorter(watch: Watch, admin: AsyncClient):
    watch.samples.watch("mail", "Often", every=5)
    watch.samples.watch("mail", "As often", every=5)
    asked = {"service_id": "mail", "condition": DOWN}
    answer = await admin.post("/triggers/preview", json={**asked, "from": "2026-02-23T12:00:00Z"})
    assert "expected at most 4.2 days before" in answer.json()["errors"][0]["message"]
    usual = (await admin.post("/triggers/preview", json=asked)).json()
    assert usual["from"].startswith("2026-02-27")


async def test_a_metric_that_is_pushed_every_second_is_shorter_too(
    watch: Watch, admin: AsyncClient
):
    begin = START - timedelta(hours=1)
    watch.samples.values["mail", "queue"] = [
        (begin + timedelta(seconds=n), 9.0) for n in range(3_600)
    ]
    asked = {"service_id": "mail", "condition": "queue > 5"}
    found = (await admin.post("/triggers/preview", json=asked)).json()
    assert found["from"].startswith("2026-03-01")
    assert (found["count"], found["evaluated"]) == (1, 3_600)
