"""What programs and strangers are told of uptime and objectives."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel
from sqlalchemy import event

from tests.detection.objectives.house import DEGRADED, MAJOR, PARTIAL, UNKNOWN, Scene
from tests.support.spine import START
from tocsin.detection.conditions import Reader
from tocsin.detection.objectives import ObjectiveSettings
from tocsin.detection.objectives.board import Figures
from tocsin.detection.objectives.pasts import Found, Pasts
from tocsin.detection.objectives.rules import Past
from tocsin.detection.objectives.schemas import HistoriesOut, SlasOut, SlosOut
from tocsin.kernel.facts import Entry
from tocsin.kernel.segments import DOWN
from tocsin.platform.database import ReadTx

INSIDE = Reader(is_stranger=False)
READS: dict[str, Callable[[ReadTx], bytes]] = {
    "/services/sla": lambda tx: _anew().sla(tx, INSIDE),
    "/services/slo": lambda tx: _anew().slo(tx, INSIDE),
    "/services/sla/history?days=3": lambda tx: _anew().history(tx, INSIDE, 3, ZoneInfo("UTC")),
}
TODAY = START.date().isoformat()


def _anew() -> Figures:
    """Figures of a process that has kept nothing yet."""
    return Figures(ObjectiveSettings())


async def get(scene: Scene, path: str, role: str | None = "viewer", status: int = 200) -> Any:
    client = await scene.front.as_role(role) if role else scene.front.client()
    answer = await client.get(path)
    assert answer.status_code == status, answer.text
    return answer.json()


async def two_services(scene: Scene) -> None:
    await scene.service("checkout", tier=1)
    await scene.service("vault", tier=3, public=False)
    await scene.was("checkout", (-28, 0, MAJOR))
    await scene.was("vault", (-3 * 1440, -3 * 1440 + 60, PARTIAL))


async def test_sla_answers_three_spans_of_every_service(scene: Scene):
    await two_services(scene)
    found = {one["id"]: one for one in (await get(scene, "/services/sla"))["items"]}
    assert found["checkout"]["uptime_percent"] == {
        "24h": 98.0555,
        "7d": 99.7222,
        "30d": 99.9351,
    }
    assert found["checkout"]["lost_seconds"] == {"24h": 1680, "7d": 1680, "30d": 1680}
    assert found["vault"]["uptime_percent"]["24h"] == 100
    assert found["vault"]["uptime_percent"]["7d"] == 99.4047
    assert found["vault"]["known_percent"] == {"24h": 100, "7d": 100, "30d": 100}


LISTS: dict[str, type[BaseModel]] = {
    "/services/sla": SlasOut,
    "/services/slo": SlosOut,
    "/services/sla/history?days=3": HistoriesOut,
}


@pytest.mark.parametrize("path", LISTS)
async def test_lists_are_what_their_models_say(quiet_scene: Scene, path: str):
    scene = quiet_scene
    await two_services(scene)
    answer = await (await scene.front.as_role("viewer")).get(path)
    model = LISTS[path].model_validate_json(answer.content)
    assert model.model_dump(mode="json", by_alias=True) == answer.json()


@pytest.mark.parametrize("path", LISTS)
async def test_what_changes_between_two_requests_is_seen_at_once(quiet_scene: Scene, path: str):
    scene = quiet_scene
    await two_services(scene)
    await get(scene, path)
    await scene.draws("vault", -600, -60, MAJOR, rank=2)
    scene.shop.clock.move(timedelta(minutes=10))
    await scene.service("fresh")
    kept = await get(scene, path)
    anew = await scene.shop.house.read(READS[path])
    assert kept == json.loads(anew)
    assert {one["id"] for one in kept["items"]} == {"checkout", "fresh", "vault"}


async def test_what_is_kept_is_read_anew_only_where_it_changed_or_reaches_too_short(
    quiet_scene: Scene,
):
    scene, pasts = quiet_scene, Pasts(DOWN)
    for name in ("one", "two"):
        await scene.service(name)
        await scene.was(name)

    async def of(days: int, *names: str) -> dict[str, Past]:
        def read(tx: ReadTx) -> dict[str, Past]:
            found = pasts.of(tx, tx.now - timedelta(days=days), names)
            return {key: one.stretches.past for key, one in found.items()}

        return await scene.shop.house.read(read)

    first = await of(30, "one", "two")
    await scene.draws("two", -60, -30, MAJOR, rank=1)
    second = await of(30, "one", "two")
    assert second["one"] is first["one"]
    assert second["two"] is not first["two"]
    assert (await of(7, "one"))["one"] is first["one"]
    assert (await of(90, "one"))["one"] is not first["one"]


async def test_no_more_pasts_are_kept_than_allowed(quiet_scene: Scene):
    scene, pasts = quiet_scene, Pasts(DOWN, most=1)
    for name in ("one", "two"):
        await scene.service(name)
        await scene.was(name)

    def read(tx: ReadTx, name: str) -> dict[str, Found]:
        return pasts.of(tx, tx.now - timedelta(days=1), [name])

    first = await scene.shop.house.read(read, "one")
    assert (await scene.shop.house.read(read, "one"))["one"].kept is first["one"].kept
    await scene.shop.house.read(read, "two")
    assert (await scene.shop.house.read(read, "one"))["one"].kept is not first["one"].kept


async def test_a_service_without_data_has_no_uptime(scene: Scene):
    await scene.service("fresh")
    (only,) = (await get(scene, "/services/sla"))["items"]
    assert only["uptime_percent"] == {"24h": None, "7d": None, "30d": None}
    (budget,) = (await get(scene, "/services/slo"))["items"]
    assert (budget["left_percent"], budget["insufficient_data"]) == (100, True)
    (history,) = (await get(scene, "/services/sla/history?days=2"))["items"]
    assert [day["uptime_percent"] for day in history["days"]] == [None, None]


async def test_history_is_daily_and_thirty_days_by_default(scene: Scene):
    await two_services(scene)
    found = await get(scene, "/services/sla/history")
    (days,) = [one["days"] for one in found["items"] if one["id"] == "checkout"]
    assert len(days) == 30
    assert days[-1] == {"date": TODAY, "uptime_percent": 96.1111}
    assert {day["uptime_percent"] for day in days[:-1]} == {100}
    assert len((await get(scene, "/services/sla/history?days=90"))["items"][0]["days"]) == 90


async def test_history_of_one_service_is_that_service_alone(scene: Scene):
    await two_services(scene)
    found = await get(scene, "/services/sla/history?service=vault&days=4")
    (only,) = found["items"]
    assert only["id"] == "vault"
    assert [day["uptime_percent"] for day in only["days"]] == [95.8333, 100, 100, 100]
    await get(scene, "/services/sla/history?service=ghost", status=404)
    await get(scene, "/services/sla/history?service=vault", role=None, status=404)


async def test_history_cuts_days_in_the_zone_asked_for(scene: Scene):
    await scene.service("checkout")
    await scene.was("checkout", (-14 * 60, -13 * 60, MAJOR))  # 22:00 to 23:00 UTC the day before
    path = "/services/sla/history?days=2&time_zone="
    (utc,) = (await get(scene, path + "UTC"))["items"]
    (athens,) = (await get(scene, path + "Europe/Athens"))["items"]
    assert [day["uptime_percent"] for day in utc["days"]] == [95.8333, 100]
    assert [day["uptime_percent"] for day in athens["days"]] == [100, 92.8571]


@pytest.mark.parametrize(
    ("query", "field"),
    [("days=0", "days"), ("days=91", "days"), ("days=x", "days"), ("time_zone=Mars", "time_zone")],
)
async def test_a_history_that_cannot_be_is_refused_by_its_field(
    quiet_scene: Scene, query: str, field: str
):
    answer = await get(quiet_scene, f"/services/sla/history?{query}", status=422)
    assert field in answer["errors"][0]["field"]


async def test_slo_answers_budget_burn_and_breaches_the_emptiest_first(scene: Scene):
    await two_services(scene)
    await scene.shop.settle()
    found = await get(scene, "/services/slo")
    assert found["alerting"] is True
    assert found["check_interval_seconds"] == 300
    vault, checkout = found["items"]
    assert (vault["id"], vault["left_percent"], vault["left_seconds"]) == ("vault", -38.89, -1008)
    assert vault["exhausted_in_seconds"] == 0
    assert checkout["left_percent"] == 35.19
    assert (checkout["budget_seconds"], checkout["spent_seconds"]) == (2592, 1680)
    assert (checkout["target_percent"], checkout["own_target"]) == (99.9, False)
    assert checkout["burn_rate"] == 466.6667
    assert checkout["exhausted_in_seconds"] == int(2_592_000 * (912 / 2592) / (1680 / 3.6))
    assert checkout["burn"][0] == {
        "pair": "1h/5m",
        "long_seconds": 3600,
        "short_seconds": 300,
        "severity": "page",
        "threshold": 14.4,
        "configured_threshold": 14.4,
        "scaled": False,
        "burn_long": 466.6667,
        "burn_short": 1000,
        "state": "over",
        "reason": "Over in both windows: 466.7 × and 1000 ×; the limit is 14.4 ×.",
    }
    assert [one["pair"] for one in checkout["burn"]] == ["1h/5m", "6h/30m", "1d/2h", "3d/6h"]
    assert {one["pair"] for one in checkout["breaches"]} == {"1h/5m", "6h/30m", "1d/2h", "3d/6h"}
    assert {one["since"] for one in checkout["breaches"]} == {"2026-03-03T12:00:00Z"}


async def test_switched_off_the_figures_are_answered_without_breaches(quiet_scene: Scene):
    await two_services(quiet_scene)
    await quiet_scene.shop.settle()
    found = await get(quiet_scene, "/services/slo")
    assert found["alerting"] is False
    (checkout,) = [one for one in found["items"] if one["id"] == "checkout"]
    assert checkout["burn"][0]["state"] == "over"
    assert checkout["breaches"] == []


async def test_one_service_is_shown_day_by_day_and_where_it_went(scene: Scene):
    await scene.service("checkout")
    await scene.was(
        "checkout",
        (-20 * 1440, -20 * 1440 + 10, PARTIAL),
        (-20 * 1440 + 10, -20 * 1440 + 15, MAJOR),
        (-5 * 1440, -4 * 1440, UNKNOWN),
        (-300, -200, DEGRADED),
        (-5, None, MAJOR),
    )
    found = await get(scene, "/services/checkout/slo")
    assert found["left_percent"] == pytest.approx(100 * (1 - 20 / (43.2 * 29 / 30)), abs=0.01)
    first, second = found["losses"]
    assert (first["worst"], first["seconds"]) == ("major_outage", 900)
    assert first["budget_percent"] == pytest.approx(100 * 15 / 41.76, abs=0.01)
    assert (second["seconds"], second["end"]) == (300, None)
    assert (found["other_losses"], found["other_losses_seconds"]) == (0, 0)
    points = found["points"]
    assert (points[0]["at"], points[0]["left_percent"]) == ("2026-02-01T12:00:00Z", 100)
    assert (points[-1]["at"], points[-1]["left_percent"]) == (
        "2026-03-03T12:00:00Z",
        found["left_percent"],
    )
    assert (points[0]["even_percent"], points[-1]["even_percent"]) == (100, 0)
    assert found["sla"]["lost_seconds"] == {"24h": 300, "7d": 300, "30d": 1200}
    assert found["default_target_percent"] == 99.9


async def test_many_small_losses_are_counted_not_listed(quiet_scene: Scene):
    scene = quiet_scene
    await scene.service("checkout")
    await scene.was("checkout", *((-100 * n, -100 * n + 1, MAJOR) for n in range(1, 31)))
    found = await get(scene, "/services/checkout/slo")
    assert len(found["losses"]) == 20
    assert (found["other_losses"], found["other_losses_seconds"]) == (10, 600)


async def test_strangers_are_told_of_public_services_only(scene: Scene):
    await two_services(scene)
    for path in ("/services/sla", "/services/sla/history", "/services/slo"):
        found = await get(scene, path, role=None)
        assert [one["id"] for one in found["items"]] == ["checkout"], path
    assert (await get(scene, "/services/checkout/slo", role=None))["id"] == "checkout"
    await get(scene, "/services/vault/slo", role=None, status=404)
    await get(scene, "/services/checkout/objective", role=None, status=401)


async def test_a_service_can_promise_something_else(scene: Scene):
    await two_services(scene)
    admin = await scene.front.as_role("admin")
    before = await get(scene, "/services/checkout/objective")
    assert (before["target_percent"], before["own_target"], before["version"]) == (99.9, False, 0)

    answer = await admin.put("/services/checkout/objective", json={"target_percent": 99.5})
    assert answer.status_code == 200, answer.text
    put = answer.json()
    assert (put["target_percent"], put["own_target"], put["version"]) == (99.5, True, 1)
    assert put["budget_seconds"] == 12_960
    assert answer.headers["etag"].startswith('"1')
    slo = await get(scene, "/services/checkout/slo")
    assert (slo["target_percent"], slo["own_target"]) == (99.5, True)
    facts: list[Entry] = await scene.shop.facts("objective.set")
    assert [(one.subject, dict(one.payload)) for one in facts] == [
        ("service:checkout", {"target_percent": 99.5, "previous": None})
    ]

    again = await admin.put("/services/checkout/objective", json=put)
    assert again.json() == put
    assert len(await scene.shop.facts("objective.set")) == 1

    back = await admin.put("/services/checkout/objective", json={"target_percent": None})
    assert (back.json()["target_percent"], back.json()["own_target"]) == (99.9, False)
    assert back.json()["version"] == 2
    stale = await admin.put(
        "/services/checkout/objective", json={"target_percent": 95}, headers={"If-Match": '"1"'}
    )
    assert stale.status_code == 412


async def test_a_threshold_out_of_reach_is_shown_as_scaled(scene: Scene):
    await two_services(scene)
    admin = await scene.front.as_role("admin")
    answer = await admin.put("/services/checkout/objective", json={"target_percent": 90})
    fast, slow, *_ = answer.json()["thresholds"]
    assert (fast["threshold"], fast["configured_threshold"], fast["scaled"]) == (9, 14.4, True)
    assert (slow["threshold"], slow["scaled"]) == (6, False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"target_percent": 89.99}, "target_percent"),
        ({"target_percent": 99.991}, "target_percent"),
        ({"target_percent": "high"}, "target_percent"),
        ({}, "target_percent"),
        ({"target_percent": 99, "colour": "red"}, "colour"),
        ({"target_percent": 99, "version": 7}, "version"),
    ],
)
async def test_a_promise_that_cannot_be_is_refused_by_its_field(
    quiet_scene: Scene, body: dict[str, Any], field: str
):
    await quiet_scene.service("checkout")
    admin = await quiet_scene.front.as_role("admin")
    answer = await admin.put("/services/checkout/objective", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


@pytest.mark.parametrize("role", ["viewer", "responder", "itsm_manager"])
async def test_only_admins_change_promises(quiet_scene: Scene, role: str):
    await quiet_scene.service("checkout")
    client = await quiet_scene.front.as_role(role)
    answer = await client.put("/services/checkout/objective", json={"target_percent": 95})
    assert answer.status_code == 403


async def test_a_service_that_is_not_there_promises_nothing(quiet_scene: Scene):
    admin = await quiet_scene.front.as_role("admin")
    answer = await admin.put("/services/ghost/objective", json={"target_percent": 95})
    assert answer.status_code == 404
    await get(quiet_scene, "/services/ghost/slo", status=404)


@pytest.mark.parametrize("read", READS)
async def test_however_many_services_there_are_the_queries_are_few(quiet_scene: Scene, read: str):
    scene = quiet_scene

    def counted(tx: ReadTx) -> int:
        seen: list[str] = []

        def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        event.listen(tx.connection.engine, "before_cursor_execute", note)
        try:
            READS[read](tx)
        finally:
            event.remove(tx.connection.engine, "before_cursor_execute", note)
        return len(seen)

    async def add(*numbers: int) -> None:
        for n in numbers:
            await scene.service(f"s{n}")
            await scene.was(f"s{n}", (-10, -5, MAJOR))

    await add(1, 2, 3)
    few = await scene.shop.house.read(counted)
    await add(*range(4, 12))
    assert await scene.shop.house.read(counted) == few
    assert few <= 5
