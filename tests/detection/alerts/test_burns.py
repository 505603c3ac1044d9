"""A burning error budget is one alert per severity, from its first window to its last."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.detection.objectives.house import DAY, HOUR, MAJOR, MINUTE, Scene
from tests.support.detection import ALERTS, CONDITIONS
from tests.support.front import front
from tocsin.detection import alerts
from tocsin.detection.objectives import ObjectiveSettings
from tocsin.detection.objectives.wiring import wire
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog
from tocsin.registry.maintenance.wiring import WIRING as MAINTENANCE

ROUND = timedelta(minutes=5)


@pytest.fixture
async def scene(database_url: str) -> AsyncIterator[Scene]:
    settings = ObjectiveSettings(is_alerting=True, check_interval=ROUND)
    async with front(database_url, [MAINTENANCE, wire(settings), CONDITIONS, ALERTS]) as found:
        yield Scene(found)


async def standing(scene: Scene) -> list[tuple[str, str, bool]]:
    def read(tx: ReadTx) -> list[tuple[str, str, bool]]:
        found = alerts.alerts_of(tx, "checkout")
        return [(one.kind.value, one.key, one.is_open) for one in reversed(found)]

    return await scene.shop.house.read(read)


async def test_an_outage_that_puts_four_pairs_over_is_one_alert(scene: Scene):
    await scene.service("checkout")
    await scene.was("checkout", (-10, 5, MAJOR))
    await scene.shop.settle()
    assert len(await scene.shop.facts("objective.burn_began")) == 4
    assert await standing(scene) == [("burn", "page", True)]
    (raised,) = await scene.shop.facts("alert.raised")
    assert raised.payload["sends"] is True

    await scene.shop.pass_time(2 * HOUR, ROUND)
    await scene.shop.pass_time(4 * DAY, HOUR)
    assert await standing(scene) == [("burn", "page", False)]
    assert len(await scene.shop.facts("objective.burn_ended")) == 4
    assert len(await scene.shop.facts("alert.resolved")) == 1


async def test_a_slow_burn_that_gets_fast_is_a_second_alert(scene: Scene):
    await scene.service("checkout")
    minutes = [(-1000 + 230 * n, -999 + 230 * n, MAJOR) for n in range(5)]
    await scene.was("checkout", *minutes, (5, None, MAJOR))
    await scene.shop.settle()
    assert await standing(scene) == [("burn", "ticket", True)]
    await scene.shop.pass_time(10 * MINUTE, ROUND)
    assert await standing(scene) == [("burn", "ticket", True), ("burn", "page", True)]


async def test_what_nobody_watches_any_more_leaves_no_alert_open(scene: Scene):
    await scene.service("checkout")
    await scene.was("checkout", (-10, None, MAJOR))
    await scene.shop.settle()
    await scene.shop.desk.write(catalog.archive_service, "checkout")
    await scene.shop.pass_time(ROUND)
    assert [open_ for *_, open_ in await standing(scene)] == [False]
