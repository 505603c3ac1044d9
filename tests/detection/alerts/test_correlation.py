"""An upstream that fails stands for its dependents: one alert and one recovery."""

from collections.abc import AsyncIterator

import pytest

from tests.detection.alerts.calm import DOWN, ILL, MINUTE, WELL, Calm, calm_house
from tocsin.detection import alerts
from tocsin.detection.alerts import HeldBy

FORTY = {f"app{number}": ("db",) for number in range(40)}
EVERYTHING = {"db": (), **FORTY}


def all_are(status, services=EVERYTHING):
    return dict.fromkeys(services, status)


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[Calm]:
    services = {"db": (), "api": ("db",), "web": ("api",), "shop": ("api",), "mail": ()}
    async with calm_house(database_url, services) as calm:
        await calm.polls(dict.fromkeys(services, WELL), 2)
        yield calm


@pytest.mark.parametrize("settled", [False, True], ids=["vendor feeds", "own checks"])
async def test_forty_dependents_are_one_alert_and_one_recovery(sqlite_url, settled):
    async with calm_house(sqlite_url, EVERYTHING) as house:
        await house.polls(all_are(WELL), 2)
        await house.polls(all_are(DOWN), 20, settled=settled)
        assert await house.heard() == ["raised db"]
        await house.polls(all_are(WELL), 5, settled=settled)
        assert await house.heard() == ["raised db", "resolved db"]


async def test_dependents_that_follow_later_are_held_too(sqlite_url):
    async with calm_house(sqlite_url, EVERYTHING) as house:
        await house.polls(all_are(WELL), 2)
        await house.polls({"db": DOWN}, 1, settled=True)
        await house.polls(dict.fromkeys(FORTY, DOWN), 3, settled=True)
        assert await house.heard() == ["raised db"]
        await house.polls({"db": WELL}, 1, settled=True)
        await house.polls(dict.fromkeys(FORTY, WELL), 1, settled=True)
        await house.shop.pass_time(10 * MINUTE)
        assert await house.heard() == ["raised db", "resolved db"]


async def test_two_dependents_are_too_few_to_hold(house):
    await house.polls({"db": DOWN}, 1, settled=True)
    await house.polls({"api": DOWN}, 1, settled=True)
    assert await house.heard() == ["raised db"]
    await house.shop.pass_time(3 * MINUTE)
    assert await house.heard() == ["raised db", "released api"]
    await house.polls({"api": WELL}, 1, settled=True)
    assert (await house.heard())[-1] == "resolved api"


async def test_the_threshold_counts_along_the_whole_failing_path(house):
    await house.polls({"db": DOWN, "api": ILL, "web": DOWN, "shop": DOWN}, 1, settled=True)
    await house.shop.pass_time(5 * MINUTE)
    assert await house.heard() == ["raised db"]
    (held,) = await house.shop.house.read(alerts.alerts_of, "web")
    assert (held.held_by, held.upstream_id) == (HeldBy.UPSTREAM, "db")


async def test_a_healthy_link_breaks_the_explanation(house):
    await house.polls({"db": DOWN, "api": WELL, "web": DOWN, "shop": DOWN}, 1, settled=True)
    assert sorted(await house.heard()) == ["raised db", "raised shop", "raised web"]


async def test_what_stays_down_after_the_upstream_recovered_is_told_then(house):
    down = {"db": DOWN, "api": DOWN, "web": DOWN, "shop": DOWN}
    await house.polls(down, 1, settled=True)
    await house.polls({"db": WELL, "api": WELL, "web": DOWN, "shop": WELL}, 1, settled=True)
    assert await house.heard() == ["raised db", "resolved db"]
    await house.shop.pass_time(5 * MINUTE, MINUTE)
    assert await house.heard() == ["raised db", "resolved db", "released web"]
    await house.polls({"web": WELL}, 1, settled=True)
    assert (await house.heard())[-1] == "resolved web"


async def test_an_unconfirmed_upstream_is_confirmed_by_three_dependents(house):
    await house.polls({"db": ILL}, 1)
    await house.polls({"db": ILL, "api": ILL, "web": ILL, "shop": ILL}, 11)
    heard = await house.heard()
    assert heard == ["raised db"]
    kept = await house.shop.house.read(lambda tx: alerts.decisions_about(tx, service_id="web"))
    assert "stands for all 3 of its dependents" in kept[0].reason


async def test_own_checks_of_dependents_bring_a_slow_vendors_alert_forward(house):
    await house.polls({"db": ILL}, 1)
    for service in ("api", "web", "shop"):
        await house.polls({"db": ILL, service: DOWN}, 1)
    await house.polls({"db": ILL, "api": DOWN, "web": DOWN, "shop": DOWN}, 1, settled=True)
    assert "raised db" in await house.heard()


async def test_dependents_found_down_one_by_one_under_a_slow_vendor_are_one_alert(house):
    await house.polls({"db": ILL}, 1)
    for service in ("api", "web", "shop"):
        await house.polls({service: DOWN}, 1, settled=True, minutes=0.5)
    await house.shop.pass_time(10 * MINUTE, MINUTE)
    assert await house.heard() == ["raised db"]
    await house.polls(dict.fromkeys(("db", "api", "web", "shop"), WELL), 1, settled=True)
    assert await house.heard() == ["raised db", "resolved db"]


async def test_one_dependent_of_an_unconfirmed_upstream_waits_two_polls_and_no_longer(house):
    await house.polls({"db": ILL}, 1)
    await house.polls({"db": ILL, "api": DOWN}, 1, settled=False)
    await house.polls({"api": DOWN}, 1, settled=True)
    assert await house.heard() == []
    kept = await house.shop.house.read(lambda tx: alerts.decisions_about(tx, service_id="api"))
    assert kept[0].reason.startswith("Waits until ")
    assert "1 of 3 dependents" in kept[0].reason
    await house.shop.pass_time(2 * MINUTE)
    assert await house.heard() == ["released api"]


async def test_a_dependent_that_goes_down_long_after_the_first_still_waits_for_no_one(house):
    await house.polls({"db": ILL, "api": DOWN}, 1)
    await house.polls({"api": DOWN}, 1, settled=True)
    await house.shop.pass_time(5 * MINUTE, MINUTE)
    await house.polls({"web": DOWN}, 1, settled=True)
    assert await house.heard() == ["released api", "raised web"]


async def test_unrelated_trouble_is_told_beside_it(house):
    await house.polls({"db": DOWN, "api": DOWN, "web": DOWN, "shop": DOWN, "mail": DOWN}, 11)
    assert sorted(await house.heard()) == ["raised db", "raised mail"]
