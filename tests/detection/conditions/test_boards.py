"""The kept board says at every moment what a board that was made anew would say."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.support.detection import ALERTS, CONDITIONS, ROOM
from tests.support.front import Front, front
from tests.support.spine import PERSON, TENANT, Workshop
from tocsin.detection.conditions.board import Reader, service_page
from tocsin.detection.conditions.boards import Boards
from tocsin.detection.conditions.schemas import ServiceOut, ServicesOut
from tocsin.detection.signals import ServiceLook, ServiceSample
from tocsin.kernel.facts import Visibility
from tocsin.kernel.status import Status
from tocsin.platform.database import Context, ReadTx
from tocsin.registry import catalog, maintenance
from tocsin.registry.catalog import Category, ServiceChange, ServiceDraft
from tocsin.registry.identity.verbs import create_tenant
from tocsin.registry.maintenance import WindowDraft
from tocsin.registry.maintenance.wiring import WIRING as MAINTENANCE

MEMBER, STRANGER = Reader(is_stranger=False), Reader(is_stranger=True)
UTC, TOKYO, CHATHAM = ZoneInfo("UTC"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Chatham")
VIEWS = ((MEMBER, UTC), (MEMBER, CHATHAM), (STRANGER, TOKYO))
NAMES = ("mail", "chat", "shop", "vpn", "wiki")
STEPS = 60


@pytest.fixture
async def door(database_url: str) -> AsyncIterator[Front]:
    async with front(database_url, [CONDITIONS, ALERTS, MAINTENANCE]) as opened:
        yield opened


def board(tx: ReadTx, boards: Boards, reader: Reader, zone: ZoneInfo) -> Any:
    body = boards.show(tx, reader, zone).body
    assert body is not None
    ServicesOut.model_validate_json(body)
    return json.loads(body)


def made_anew(tx: ReadTx, reader: Reader, zone: ZoneInfo) -> Any:
    """The same answer from the pages of the single services, which nothing keeps."""
    shown = [one for one in catalog.services(tx) if reader.sees(one)]
    items = [
        service_page(tx, one.id, reader, zone).model_dump(
            mode="json", include=set(ServiceOut.model_fields)
        )
        for one in shown
    ]
    items.sort(
        key=lambda one: (
            -Status(one["status"]).rank,
            one["tier"],
            one["name"].casefold(),
            one["name"],
            one["id"],
        )
    )
    counted = Counter(one["status"] for one in items)
    return {"items": items, "counts": {status.value: counted[status] for status in Status}}


class World:
    """Everything that can happen to services, by chance."""

    def __init__(self, house: Workshop, random: Random) -> None:
        self.house = house
        self.random = random

    async def begin(self) -> None:
        for name in NAMES:
            await self.house.desk.write(catalog.declare_service, self.draft(name))
        for name in NAMES[1:]:
            await self.say(name, Status.OPERATIONAL)

    async def say(self, name: str, status: Status, **more: Any) -> None:
        values = {"maintenance": False, "detail": None, "health": "ok", "counts": True} | more
        now = self.house.clock.now()
        await self.house.house.write(ROOM.taken, ServiceSample(name, now, status, **values))

    async def step(self) -> str:
        """Let one thing happen; returns what."""
        what = self.random.choices(list(HAPPENINGS), weights=list(HAPPENINGS.values()))[0]
        await getattr(self, what)()
        return what

    def draft(self, name: str) -> ServiceDraft:
        visibility = self.random.choice(list(Visibility))
        return ServiceDraft(
            name, name.title(), Category.ENGINEERING, {"kind": "manual"}, 1, visibility
        )

    async def there(self) -> list[str]:
        return [one.id for one in await self.house.house.read(catalog.services)]

    async def one(self) -> str:
        return self.random.choice(await self.there())

    async def poll(self) -> None:
        await self.say(
            await self.one(),
            self.random.choice(list(Status)),
            maintenance=self.random.random() < 0.2,
            detail=self.random.choice((None, "Slow “today”.", "<b>\\u2028")),
            health=self.random.choice(("ok", "ok", "failing", "broken")),
            counts=self.random.random() < 0.8,
            spoken=self.random.random() < 0.1,
            settled=self.random.random() < 0.5,
        )

    async def flap(self) -> None:
        name = await self.one()
        for turn in range(8):
            self.house.clock.move(timedelta(minutes=1))
            await self.say(name, Status.MAJOR_OUTAGE if turn % 2 else Status.OPERATIONAL)

    async def look(self) -> None:
        now = self.house.clock.now()
        looks = [ServiceLook(one, now, now) for one in await self.there()]
        await self.house.house.write(ROOM.looked, looks)

    async def edit(self) -> None:
        name = await self.one()
        others = [one for one in await self.there() if one != name]
        some = tuple(self.random.sample(others, min(len(others), self.random.randrange(3))))
        change = self.random.choice(
            (
                ServiceChange(name=self.random.choice(("Äther", "zulu", "Zulu"))),
                ServiceChange(tier=self.random.choice((1, 2, 3))),
                ServiceChange(visibility=self.random.choice(list(Visibility))),
                ServiceChange(dependencies=some),
                ServiceChange(dependencies=some),
                ServiceChange(category=self.random.choice(list(Category))),
            )
        )
        await self.house.desk.write(catalog.edit_service, name, change)

    async def archive(self) -> None:
        if len(await self.there()) > 2:
            await self.house.desk.write(catalog.archive_service, await self.one())

    async def restore(self) -> None:
        gone = sorted(set(NAMES) - set(await self.there()))
        if gone:
            await self.house.desk.write(
                catalog.declare_service, self.draft(self.random.choice(gone))
            )

    async def maintain(self) -> None:
        at = self.house.clock.now() + timedelta(minutes=self.random.choice((1, 20)))
        draft = WindowDraft("Works", at, at + timedelta(minutes=30), (await self.one(),))
        await self.house.desk.write(maintenance.schedule_window, draft)

    async def wait(self) -> None:
        minutes = self.random.choice((0.5, 1, 10, 45, 119, 120, 121, 600))
        await self.house.pass_time(timedelta(minutes=minutes))

    async def next_day(self) -> None:
        zone = self.random.choice((UTC, TOKYO, CHATHAM))
        local = self.house.clock.now().astimezone(zone) + timedelta(days=1)
        midnight = datetime(local.year, local.month, local.day, tzinfo=zone)
        await self.house.pass_time(midnight - self.house.clock.now())


HAPPENINGS = {
    "poll": 12,
    "flap": 2,
    "look": 4,
    "edit": 6,
    "archive": 2,
    "restore": 3,
    "maintain": 2,
    "wait": 8,
    "next_day": 2,
}


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_the_kept_board_is_the_board_made_anew(door: Front, seed: int):
    world, boards, told = World(door.house, Random(seed)), Boards(), []
    await world.begin()
    for number in range(STEPS):
        told.append(await world.step())
        kept = [await door.house.house.read(board, boards, *view) for view in VIEWS]
        seen = number % len(VIEWS)
        assert kept[seen] == await door.house.house.read(made_anew, *VIEWS[seen]), told
    assert set(told) == set(HAPPENINGS)


async def test_a_change_of_one_service_reads_that_one_alone(door: Front):
    world, boards = World(door.house, Random(1)), Boards()
    await world.begin()
    await world.look()
    door.house.clock.move(timedelta(minutes=1))
    made: list[str] = []

    def shown(tx: ReadTx) -> None:
        boards.show(tx, MEMBER, UTC)
        (kept,) = boards._kept.values()
        made[:] = [
            key for key, one in kept.items.items() if one.fragment.made_at == door.house.clock.now()
        ]

    await door.house.house.read(shown)
    assert sorted(made) == sorted(NAMES)
    door.house.clock.move(timedelta(minutes=1))
    await door.house.desk.write(catalog.edit_service, "mail", ServiceChange(tier=3))
    await door.house.house.read(shown)
    assert made == ["mail"]


async def test_who_has_the_board_already_is_told_so_until_something_moves(door: Front):
    world = World(door.house, Random(2))
    await world.begin()
    door.house.clock.move(timedelta(minutes=1))
    client = await door.as_role("viewer")
    first = await client.get("/services")
    assert (first.status_code, first.headers["etag"][:3]) == (200, 'W/"')
    has = {"If-None-Match": f'"other", {first.headers["etag"]}'}
    same = await client.get("/services", headers=has)
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == first.headers["etag"]
    assert same.headers["cache-control"] == "private, no-cache"

    await world.look()
    moved = await client.get("/services", headers=has)
    assert moved.status_code == 200
    again = {"If-None-Match": moved.headers["etag"]}
    other_zone = await client.get("/services?time_zone=Asia/Tokyo", headers=again)
    assert other_zone.status_code == 200
    stranger = await door.client().get("/services", headers=again)
    assert stranger.status_code == 200
    await door.house.desk.write(catalog.archive_service, "mail")
    assert (await client.get("/services", headers=again)).status_code == 200


async def test_the_board_of_one_tenant_is_never_another_ones(door: Front):
    world, boards = World(door.house, Random(3)), Boards()
    await world.begin()
    other_tenant = await door.house.house.write(create_tenant, "other", "Other")
    other = Context(other_tenant.id, PERSON)
    await door.house.database.write(other, catalog.declare_service, world.draft("mail"))
    own = await door.house.desk.read(board, boards, MEMBER, UTC)
    theirs = await door.house.database.read(other, board, boards, MEMBER, UTC)
    assert len(own["items"]) == len(NAMES)
    assert [one["id"] for one in theirs["items"]] == ["mail"]


async def test_the_boards_least_used_are_given_up_first(door: Front):
    world, boards = World(door.house, Random(4)), Boards(most=2 * len(NAMES))
    await world.begin()
    for zone in (UTC, TOKYO, UTC, CHATHAM):
        await door.house.house.read(board, boards, MEMBER, zone)
    kept: list[tuple[UUID, bool, str]] = list(boards._kept)
    assert kept == [(TENANT, False, "UTC"), (TENANT, False, "Pacific/Chatham")]
