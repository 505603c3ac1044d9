"""The journal over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from tests.support.front import Front, front
from tocsin.kernel.facts import Fact, Visibility
from tocsin.platform.database import Tx
from tocsin.platform.history.wiring import WIRING
from tocsin.registry.identity import Role


@pytest.fixture
async def door(database_url: str) -> AsyncIterator[Front]:
    async with front(database_url, [WIRING]) as found:
        yield found


@pytest.fixture
async def viewer(door: Front) -> AsyncClient:
    return await door.as_role(Role.VIEWER)


async def happen(door: Front, *facts: Fact) -> None:
    def record(tx: Tx) -> None:
        for fact in facts:
            tx.record(fact)

    door.house.clock.move(timedelta(seconds=1))
    await door.house.desk.write(record)


async def kinds(client: AsyncClient, **wanted: Any) -> list[str]:
    answer = await client.get("/journal", params=wanted)
    assert answer.status_code == 200, answer.text
    return [one["kind"] for one in answer.json()["items"]]


async def test_an_entry_says_what_happened_when_and_by_whom(door: Front, viewer: AsyncClient):
    earlier = door.house.clock.now() - timedelta(hours=1)
    fact = Fact(
        "incident.resolved",
        "incident:0190",
        {"by_rule": True},
        thread="incident:0190",
        happened_at=earlier,
        visibility=Visibility.PUBLIC,
        silent=True,
    )
    await happen(door, fact)
    [one] = (await viewer.get("/journal", params={"kind": "incident.resolved"})).json()["items"]
    assert one.pop("id")
    assert one.pop("actor")["kind"] == "person"
    assert one == {
        "kind": "incident.resolved",
        "version": 1,
        "subject": "incident:0190",
        "thread": "incident:0190",
        "happened_at": "2026-03-03T11:00:00Z",
        "recorded_at": "2026-03-03T12:00:01Z",
        "visibility": "public",
        "silent": True,
        "drill": False,
        "payload": {"by_rule": True},
    }


async def test_the_newest_come_first_and_can_be_chosen(door: Front, viewer: AsyncClient):
    await happen(door, Fact("bell.cast", "bell:1"), Fact("bell.rung", "bell:2"))
    await happen(door, Fact("bell.rung", "bell:1", thread="tower:1"))
    assert (await kinds(viewer))[:3] == ["bell.rung", "bell.rung", "bell.cast"]
    assert await kinds(viewer, kind=["bell.cast", "bell.melted"]) == ["bell.cast"]
    assert await kinds(viewer, subject="bell:1") == ["bell.rung", "bell.cast"]
    assert await kinds(viewer, thread="tower:1") == ["bell.rung"]
    assert await kinds(viewer, subject="bell:2", kind="bell.cast") == []


async def test_pages_follow_each_other_even_within_one_instant(door: Front, viewer: AsyncClient):
    await happen(door, *(Fact("bell.rung", f"bell:{number}") for number in range(7)))
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page: dict[str, Any] = {
            "limit": 3,
            "kind": "bell.rung",
            **({"cursor": cursor} if cursor else {}),
        }
        answer = (await viewer.get("/journal", params=page)).json()
        seen += [one["subject"] for one in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"bell:{number}" for number in reversed(range(7))]


async def test_strangers_do_not_read_the_journal(door: Front):
    assert (await door.client().get("/journal")).status_code == 401
