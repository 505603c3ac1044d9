"""Burns begin, go on and end: told with a moving clock."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.detection.objectives.conftest import SETTINGS
from tests.detection.objectives.house import DAY, HOUR, MAJOR, MINUTE, UNKNOWN, Scene
from tests.support.detection import CONDITIONS
from tests.support.front import front
from tests.support.spine import START, TENANT
from tocsin.detection.objectives import Breach, objectives, open_breaches, verbs
from tocsin.detection.objectives.timers import WATCH
from tocsin.detection.objectives.wiring import wire
from tocsin.kernel.facts import SYSTEM, Entry
from tocsin.platform.agenda import agenda_items
from tocsin.platform.database import Context, ReadTx
from tocsin.registry import catalog, identity

BEGAN, ENDED = "objective.burn_began", "objective.burn_ended"
ROUND = SETTINGS.check_interval


async def burning(scene: Scene) -> list[str]:
    found: list[Breach] = await scene.shop.house.read(open_breaches)
    return [f"{one.service_id} {one.pair}" for one in found]


async def told(scene: Scene, *kinds: str) -> list[tuple[str, str, str]]:
    facts: list[Entry] = await scene.shop.facts(*(kinds or (BEGAN, ENDED)))
    return [(fact.kind, fact.payload["service_id"], fact.payload["pair"]) for fact in facts]


async def pass_time(scene: Scene, by: timedelta) -> None:
    await scene.shop.pass_time(by, ROUND)


async def test_an_outage_is_a_burn_once_it_has_lasted_three_minutes(scene: Scene):
    await scene.service("checkout", tier=2)
    await scene.was("checkout", (-2, None, MAJOR))
    await scene.shop.settle()
    assert await burning(scene) == []

    await pass_time(scene, ROUND)
    pairs = ["1h/5m", "6h/30m", "1d/2h", "3d/6h"]
    assert sorted(await burning(scene)) == sorted(f"checkout {pair}" for pair in pairs)
    page, *others = await scene.shop.facts(BEGAN)
    assert page.subject == "service:checkout"
    assert dict(page.payload) == {
        "service_id": "checkout",
        "tier": 2,
        "pair": "1h/5m",
        "severity": "page",
        "threshold": 14.4,
        "burn_long": pytest.approx(116.6667),
        "burn_short": 1000.0,
        "since": (START + ROUND).isoformat(),
        "target_percent": 99.9,
        "budget_left": 83.8,
        "exhausted_in_seconds": int(2_592_000 * (36.2 / 43.2) / (7 / 0.06)),
        "sends": True,
    }
    assert [one.payload["severity"] for one in others] == ["page", "ticket", "ticket"]
    assert {one.payload["sends"] for one in others} == {False}
    assert page.visibility == "internal"


async def test_while_a_burn_goes_on_it_is_said_once(scene: Scene):
    await scene.service("checkout")
    await scene.was("checkout", (-10, None, MAJOR))
    await pass_time(scene, 4 * HOUR)
    began = [pair for _, _, pair in await told(scene, BEGAN)]
    assert sorted(began) == sorted(set(began)) == ["1d/2h", "1h/5m", "3d/6h", "6h/30m"]
    assert await told(scene, ENDED) == []


async def test_a_burn_ends_when_both_windows_were_calm_for_the_short_one(scene: Scene):
    await scene.service("checkout")
    await scene.was("checkout", (-10, 5, MAJOR))
    await scene.shop.settle()
    await pass_time(scene, 10 * MINUTE)
    assert "checkout 1h/5m" in await burning(scene)
    await pass_time(scene, 50 * MINUTE)  # five bad minutes are still within the hour
    assert "checkout 1h/5m" in await burning(scene)
    await pass_time(scene, 5 * MINUTE)
    assert "checkout 1h/5m" not in await burning(scene)
    (ended,) = [one for one in await scene.shop.facts(ENDED) if one.payload["pair"] == "1h/5m"]
    assert ended.payload["how"] == "calm"
    assert ended.payload["lasted_seconds"] == 65 * 60
    assert ended.payload["budget_left"] == pytest.approx(100 * (43.2 - 15) / 43.2, abs=0.01)
    assert not ended.silent


async def test_people_hear_of_a_burn_once_and_of_its_end_by_severity(scene: Scene):
    await scene.service("checkout")
    await scene.was("checkout", (-10, 5, MAJOR))
    await pass_time(scene, 2 * HOUR)
    await scene.shop.pass_time(4 * DAY, HOUR)
    facts: list[Entry] = await scene.shop.facts(BEGAN, ENDED)
    loud = [(one.kind, one.payload["severity"]) for one in facts if one.payload["sends"]]
    assert loud == [(BEGAN, "page"), (ENDED, "page"), (ENDED, "ticket")]
    assert len(facts) == 8
    assert await burning(scene) == []


async def test_a_page_is_news_while_a_ticket_burns(scene: Scene):
    await scene.service("checkout")
    minutes = [(-1000 + 230 * n, -999 + 230 * n, MAJOR) for n in range(5)]
    await scene.was("checkout", *minutes, (5, None, MAJOR))
    await scene.shop.settle()
    (ticket, *_) = await scene.shop.facts(BEGAN)
    assert (ticket.payload["severity"], ticket.payload["sends"]) == ("ticket", True)
    await pass_time(scene, 10 * MINUTE)
    facts: list[Entry] = await scene.shop.facts(BEGAN)
    loud = [one.payload["severity"] for one in facts if one.payload["sends"]]
    assert loud == ["ticket", "page"]


async def test_what_flares_up_again_goes_on_as_the_same_burn(scene: Scene):
    await scene.service("checkout")
    await scene.was("checkout", (-10, 0, MAJOR), (57, 59, MAJOR), (61, 70, MAJOR))
    await pass_time(scene, 100 * MINUTE)
    assert [pair for _, _, pair in await told(scene, BEGAN)].count("1h/5m") == 1


async def test_nothing_burns_on_one_bad_minute_nor_on_unknown_time(scene: Scene):
    await scene.service("checkout")
    await scene.service("search")
    await scene.was("checkout", (-1, 1, MAJOR))
    await scene.was("search", (-600, None, UNKNOWN))
    await pass_time(scene, HOUR)
    assert await told(scene) == []


async def test_an_archived_service_burns_no_more_and_nobody_is_told(scene: Scene):
    await scene.service("checkout")
    await scene.was("checkout", (-10, None, MAJOR))
    await scene.shop.settle()
    assert await burning(scene)
    await scene.shop.desk.write(catalog.archive_service, "checkout")
    await pass_time(scene, ROUND)
    assert await burning(scene) == []
    ended = await scene.shop.facts(ENDED)
    assert {(one.payload["how"], one.silent) for one in ended} == {("archived", True)}


async def test_a_target_of_its_own_decides_what_burns(scene: Scene):
    await scene.service("checkout")
    await scene.service("search")
    for name in ("checkout", "search"):
        await scene.was(name, (-4, 0, MAJOR))
    await scene.shop.desk.write(verbs.set_objective, SETTINGS, "search", 90.0)
    await scene.shop.settle()
    assert {one.partition(" ")[0] for one in await burning(scene)} == {"checkout"}


async def test_a_portion_goes_on_where_the_last_one_ended(scene: Scene):
    names = ["a", "b", "c", "d", "e"]
    for name in names:
        await scene.service(name)
        await scene.was(name, (-10, None, MAJOR))

    async def portion(after: str) -> str | None:
        return await scene.shop.house.write(verbs.watch_portion, SETTINGS, after, 2)

    assert await portion("") == "b"
    assert {one[0] for one in await burning(scene)} == {"a", "b"}
    assert await portion("b") == "d"
    assert await portion("d") is None
    assert {one[0] for one in await burning(scene)} == set(names)
    assert await portion("e") is None


async def test_rounds_come_at_their_interval_whatever_their_length(scene: Scene):
    def due(tx: ReadTx) -> list[Any]:
        planned = select(agenda_items.c.planned_at).where(
            agenda_items.c.tenant_id == TENANT, agenda_items.c.kind == WATCH
        )
        return list(tx.scalars(planned))

    await scene.shop.settle()
    assert await scene.shop.house.read(due) == [START + ROUND]
    await pass_time(scene, 3 * ROUND)
    assert await scene.shop.house.read(due) == [START + 4 * ROUND]


async def test_switched_off_there_is_no_timer(quiet_scene: Scene):
    scene = quiet_scene
    await scene.service("checkout")
    await scene.was("checkout", (-10, None, MAJOR))
    await pass_time(scene, HOUR)
    assert await told(scene) == []

    def count(tx: ReadTx) -> int:
        mine = select(agenda_items.c.seq).where(
            agenda_items.c.tenant_id == TENANT, agenda_items.c.kind == WATCH
        )
        return len(tx.scalars(mine))

    assert await scene.shop.house.read(count) == 0


async def test_switching_off_ends_what_burns_in_silence(sqlite_url: str):
    async with front(sqlite_url, [wire(SETTINGS), CONDITIONS]) as found:
        scene = Scene(found)
        await scene.service("checkout")
        await scene.was("checkout", (-10, None, MAJOR))
        await scene.shop.settle()
        assert len(await burning(scene)) == 4
        off = wire(replace(SETTINGS, is_alerting=False))
        for verb in off.at_start:
            await scene.shop.house.write(verb)
        (handler,) = off.handlers
        scene.shop.platform.handlers[WATCH] = handler
        await scene.shop.settle()
        assert await burning(scene) == []
        ended = await scene.shop.facts(ENDED)
        assert {(one.payload["how"], one.silent) for one in ended} == {("switched_off", True)}


async def test_a_burn_that_was_seen_before_a_restart_is_not_said_again(scene: Scene):
    await scene.service("checkout")
    await scene.was("checkout", (-10, None, MAJOR))
    await scene.shop.settle()
    before = await told(scene)
    for verb in wire(SETTINGS).at_start:
        await scene.shop.house.write(verb)
    await scene.shop.settle()
    assert await told(scene) == before


async def test_a_new_tenant_is_watched_without_a_restart(scene: Scene):
    tenant = await scene.shop.house.write(identity.create_tenant, "second", "Second")
    await scene.shop.settle()

    def watched(tx: ReadTx) -> list[Any]:
        kinds = select(agenda_items.c.kind).where(agenda_items.c.tenant_id == tx.tenant)
        return list(tx.scalars(kinds))

    found = await scene.shop.database.read(Context(tenant.id, SYSTEM), watched)
    assert found == [WATCH]


async def test_promises_are_read_in_one_go(scene: Scene):
    await scene.service("checkout")
    await scene.shop.desk.write(verbs.set_objective, SETTINGS, "checkout", 99.5)
    found = await scene.shop.house.read(objectives, SETTINGS)
    assert [(one.service_id, one.target_percent, one.is_own) for one in found.values()] == [
        ("checkout", 99.5, True)
    ]
