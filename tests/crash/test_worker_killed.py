"""The worker dies by signal 9 while updates fan out: nothing is lost, hardly anything repeated."""

import asyncio
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.crash.scene import Scene, scene, until
from tests.crash.sink import CONFIRMATION
from tocsin.adapters.email.channel import LIMITS

pytestmark = pytest.mark.crash

FOLLOWERS = 200


async def test_a_killed_worker_loses_no_letter_and_repeats_only_what_was_in_flight(
    tmp_path: Path,
    database_url: str,
    crash_kills: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    began = time.monotonic()
    async with scene(tmp_path / "data", database_url) as place:
        await place.follow(FOLLOWERS)
        in_flight = await _kill_while_speaking(place, crash_kills)
        settled = await _settle(place, crash_kills)
        await _check_the_letters(place, crash_kills)
        _check_the_repeats(place, in_flight)
        await _check_the_house(place, crash_kills)
        repeated = sum(place.sink.duplicates_by_life().values())
        took = time.monotonic() - began
        figures = (
            f"{place.house.platform.database.kind}: {crash_kills} kills,"
            f" {len(place.sink.by_message())} letters, {repeated} duplicates"
            f" (most per kill {max(place.sink.duplicates_by_life().values(), default=0)}),"
            f" lost 0, {took:.0f} s of which {settled:.0f} s to settle"
        )
        with capsys.disabled():
            print(f"\n  {figures}")  # noqa: T201 - `make soak` reports them


async def _kill_while_speaking(place: Scene, kills: int) -> dict[int, set[str]]:
    """Each life sees one more update; every fifth life ends while it is still starting, and
    every other one not before it sends.

    Returns the Message-IDs that each life had in hand when it ended.
    """
    chance, incident = random.Random(20_260_303), await place.incident()
    in_flight: dict[int, set[str]] = {}
    for number in range(1, kills + 1):
        await place.say(incident, number)
        worker = await place.worker(ready=number % 5 != 0)
        if number % 5 and number % 2 == 0:
            await until(place.sink.heard_this_life, 30)
        await asyncio.sleep(chance.uniform(0.05, 0.8))
        worker.kill()
        letters, _ = await place.held_by(worker.pid)
        in_flight[place.sink.life] = {_message_id(letter.hex) for letter in letters}
    await place.say(incident, kills + 1)
    assert await _checks(place) >= {"late_work", "missing_delivery", "stale_page"}, "a blind oracle"
    return in_flight


async def _settle(place: Scene, kills: int) -> float:
    """One more worker does what is left; returns the seconds it took."""
    last = await place.worker()
    took = await place.settle(FOLLOWERS * (kills + 2), within=60 + 4 * kills)
    assert await last.terminate() < 12
    return took


async def _checks(place: Scene) -> set[str]:
    return {finding.check for finding in await place.findings()}


async def _check_the_letters(place: Scene, kills: int) -> None:
    """Everybody got every saying, always under one id, and the ledger tells the same."""
    sayings = [CONFIRMATION, *(f"saying-{number}" for number in range(1, kills + 2))]
    told = place.sink.by_content()
    expected = {
        (f"follower-{number:03d}@example.org", saying)
        for number in range(FOLLOWERS)
        for saying in sayings
    }
    assert expected - told.keys() == set(), "lost"
    assert told.keys() - expected == set()
    assert [ids for ids in told.values() if len(ids) > 1] == []
    by_message, rows = place.sink.by_message(), await place.rows()
    assert {_message_id(row.id.hex): row.address for row in rows} == {
        message: arrivals[0].recipient for message, arrivals in by_message.items()
    }


def _check_the_repeats(place: Scene, in_flight: dict[int, set[str]]) -> None:
    """Nothing came again but what a killed life had in hand, and that is at most eight letters."""
    for message, arrivals in place.sink.by_message().items():
        for repeated in arrivals[:-1]:
            assert message in in_flight.get(repeated.life, set()), arrivals
    assert all(len(held) <= LIMITS.at_once for held in in_flight.values()), in_flight
    assert all(
        count <= len(in_flight[life]) for life, count in place.sink.duplicates_by_life().items()
    )


async def _check_the_house(place: Scene, kills: int) -> None:
    """The ledger's attempts tell of the kills; nothing is late, dead, held or stale."""
    rows, interrupted = await place.rows(), await place.interrupted()
    assert Counter(row.state for row in rows) == {"sent": FOLLOWERS * (kills + 2)}
    by_message = place.sink.by_message()
    for row in rows:
        arrivals = by_message[_message_id(row.id.hex)]
        assert row.attempts >= len(arrivals)
        assert (row.attempts > 1) == (row.id in interrupted), row
    assert interrupted, "no kill met a letter in flight"
    assert await place.findings() == []
    assert await place.dead() == []
    assert await place.leases() == 0
    assert f"saying-{kills + 1}." in place.page()


def _message_id(delivery: str) -> str:
    return f"<{delivery}@localhost>"
