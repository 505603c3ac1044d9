"""Work that failed for good reaches people: once when it is found, once when it is gone."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from tests.support.journey import Journey, Vendor, journey
from tocsin.app.worker import audit_house
from tocsin.platform.agenda import agenda_items
from tocsin.platform.database import Tx

START = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def no_services(_: Vendor) -> list[dict[str, Any]]:
    return []


@pytest.fixture
async def trip(database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    async with journey(database_url, tmp_path, START, no_services) as trip:
        await trip.set_up()
        yield trip


async def die(trip: Journey, key: str) -> None:
    """Schedule work that nobody handles and let its tries run out."""

    def verb(tx: Tx) -> None:
        tx.schedule("nobody.knows", key, payload={})
        tx.execute(
            agenda_items.update()
            .where(agenda_items.c.tenant_id == tx.tenant, agenda_items.c.key == key)
            .values(died_at=tx.now, last_error="LookupError")
        )

    await trip.house.platform.database.write(trip.house.context, verb)


async def bury(trip: Journey) -> None:
    """Remove the dead work."""

    def verb(tx: Tx) -> None:
        dead = agenda_items.c.kind == "nobody.knows"
        tx.execute(delete(agenda_items).where(agenda_items.c.tenant_id == tx.tenant, dead))

    await trip.house.platform.database.write(trip.house.context, verb)


async def audited(trip: Journey) -> list[str]:
    """Audit an hour later; what was said in the chat about it."""
    await trip.pass_time(HOUR)
    said = len(trip.said_in_slack())
    await audit_house(trip.house)
    await trip.settle()
    return trip.said_in_slack()[said:]


async def test_a_finding_is_told_once_while_it_stands_and_once_when_it_is_gone(trip: Journey):
    assert await audited(trip) == []
    await die(trip, "one")
    [told] = await audited(trip)
    assert told.startswith("Tocsin found a fault of its own: dead work. The audit has 1 new")
    [shown] = (await trip.get("/audit"))["items"]
    assert (shown["check"], shown["count"]) == ("dead_work", 1)
    assert await audited(trip) == []
    await bury(trip)
    [gone] = await audited(trip)
    assert gone.startswith("Put right: dead work.")
    assert (await trip.get("/audit"))["items"] == []
    assert await audited(trip) == []


async def test_what_joins_a_standing_finding_is_news(trip: Journey):
    await die(trip, "one")
    assert len(await audited(trip)) == 1
    await die(trip, "two")
    [told] = await audited(trip)
    assert "1 new finding" in told
    [shown] = (await trip.get("/audit"))["items"]
    assert shown["count"] == 2


async def test_strangers_learn_of_no_finding(trip: Journey):
    answer = await trip.stranger.get("/api/v1/audit")
    assert answer.status_code == 401
