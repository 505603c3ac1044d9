"""A service that comes and goes makes one summary, not an alert each time."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.detection.alerts.calm import DOWN, MINUTE, WELL, Calm, calm_house
from tests.support.spine import START
from tocsin.detection import alerts, conditions
from tocsin.detection.conditions.model import ConfirmSettings, PollSample, Watch
from tocsin.detection.conditions.rules import flapping
from tocsin.kernel.status import Status

DEFAULT = ConfirmSettings()
AT_ONCE = ConfirmSettings(confirm_polls=1, recovery_polls=1, min_duration=timedelta(0))


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[Calm]:
    async with calm_house(database_url, {"api": ()}) as calm:
        await calm.polls({"api": WELL}, 3)
        yield calm


async def rounds(house: Calm, down: int, up: int, minutes: int, *, settled: bool = False) -> None:
    for _ in range(minutes // (down + up)):
        await house.polls({"api": DOWN}, down, settled=settled)
        await house.polls({"api": WELL}, up, settled=settled)


@pytest.mark.parametrize(("down", "up"), [(1, 1), (5, 5), (2, 4), (9, 3), (12, 12), (20, 20)])
@pytest.mark.parametrize("settings", [DEFAULT, AT_ONCE], ids=["defaults", "at once"])
def test_a_day_of_ups_and_downs_begins_once_and_ends_once(down, up, settings):
    began, ended = [], []
    watch, at = Watch(), START
    for minute in range(24 * 60 + 120):
        at = START + minute * MINUTE
        ill = minute < 24 * 60 and minute % (down + up) < down
        poll = PollSample(at, DOWN if ill else WELL)
        watch, decision = flapping.begin(flapping.turned(watch, poll), poll, settings)
        began += [decision] if decision else []
        watch, decision = flapping.settle(watch, settings, at)
        ended += [decision] if decision else []
    assert (len(began), len(ended)) == (1, 1)
    if max(down, up) <= 5:
        assert began[0].at - START <= 2 * DEFAULT.window
    assert began[0].at < ended[0].at


async def test_a_day_of_flapping_is_told_in_two_messages_and_a_reminder(sqlite_url):
    async with calm_house(sqlite_url, {"api": ()}) as house:
        await house.polls({"api": WELL}, 3)
        for _ in range(24 * 6):
            await house.polls({"api": DOWN}, 5, late=True)
            await house.polls({"api": WELL}, 5, late=True)
        await house.polls({"api": WELL}, 60)
        assert await house.heard() == [
            "flapping_began api",
            "flapping_goes_on api",
            "flapping_ended api",
        ]


async def test_an_own_check_says_little_before_it_is_known_to_flap(house):
    await rounds(house, 1, 1, 2 * 60, settled=True)
    await house.polls({"api": WELL}, 40, settled=True)
    assert await house.heard() == [
        *("raised api", "resolved api", "raised api"),
        *("flapping_began api", "flapping_ended api"),
    ]


async def test_one_outage_with_a_hiccup_is_no_flapping(house):
    await house.polls({"api": DOWN}, 12)
    await house.polls({"api": WELL}, 1)
    await house.polls({"api": DOWN}, 12)
    await house.polls({"api": WELL}, 30)
    assert await house.heard() == ["raised api", "resolved api"]


async def test_the_badge_counts_the_changes_while_it_lasts(house):
    await rounds(house, 1, 1, 20)
    state = await house.shop.house.read(conditions.state, "api")
    assert state is not None
    assert state.flapping_since is not None
    assert state.flap_changes == 20
    await house.polls({"api": WELL}, 30)
    state = await house.shop.house.read(conditions.state, "api")
    assert state is not None
    assert state.flapping_since is None


async def test_a_service_that_stays_down_keeps_its_alert_when_flapping_ends(house):
    await rounds(house, 1, 1, 10)
    await house.polls({"api": DOWN}, 45)
    (one,) = await house.shop.house.read(alerts.alerts_of, "api")
    assert (one.is_open, one.flapping, one.status) == (True, False, Status.MAJOR_OUTAGE)
    await house.polls({"api": WELL}, 3)
    assert await house.heard() == ["flapping_began api", "flapping_ended api", "resolved api"]


async def test_every_step_is_kept_with_its_reason(house):
    await rounds(house, 1, 1, 10)
    await house.polls({"api": WELL}, 40)
    kept = await house.shop.house.read(lambda tx: alerts.decisions_about(tx, service_id="api"))
    assert [one.verdict for one in reversed(kept)] == [
        "flapping_began",
        "flapping_ended",
        "resolved",
    ]
    assert "4 changes between well and unwell within 3 min" in kept[-1].reason
