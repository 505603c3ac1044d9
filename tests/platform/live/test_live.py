"""Hints reach whoever may know of them, in this process and in the others."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tocsin.app.signalling import PACE_SECONDS, Signalling
from tocsin.platform.database import Lane
from tocsin.platform.journal import Hint
from tocsin.platform.live import Hub, LocalBus, Subscriber

OURS = UUID("01900000-0000-7000-8000-000000000001")
THEIRS = UUID("01900000-0000-7000-8000-000000000002")
SECRET = Hint(OURS, "incident.opened", "incident:1", public=False, version=3)
PUBLIC = Hint(OURS, "service.changed", "service:mail", public=True)


@pytest.fixture
async def hub() -> Hub:
    made = Hub()
    made.attach(asyncio.get_running_loop())
    return made


def waiting(subscriber: Subscriber) -> list[dict[str, Any]]:
    return [subscriber.queue.get_nowait() for _ in range(subscriber.queue.qsize())]


async def turn() -> None:
    """Let what was called soon happen."""
    for _ in range(3):
        await asyncio.sleep(0)


async def test_a_hint_says_what_changed_and_never_how(hub: Hub):
    subscriber = Subscriber(OURS, public_only=False)
    hub.join(subscriber)
    await asyncio.to_thread(hub.publish, SECRET)
    await turn()
    assert waiting(subscriber) == [
        {"kind": "incident.opened", "subject": "incident:1", "version": 3}
    ]


@pytest.mark.parametrize(
    ("subscriber", "expected"),
    [
        (Subscriber(OURS, public_only=False), [SECRET, PUBLIC]),
        (Subscriber(OURS, public_only=True), [PUBLIC]),
        (Subscriber(THEIRS, public_only=False), []),
        (Subscriber(None, public_only=True, subject="service:mail"), [PUBLIC]),
        (Subscriber(None, public_only=True, subject="incident:1"), []),
        (Subscriber(OURS, public_only=False, subject="incident:1"), [SECRET]),
    ],
    ids=["inside", "stranger", "other tenant", "page", "page of a secret", "one subject"],
)
async def test_hints_go_to_those_who_may_know(
    hub: Hub, subscriber: Subscriber, expected: list[Hint]
):
    hub.join(subscriber)
    hub.publish(SECRET)
    hub.publish(PUBLIC)
    await turn()
    assert [told["subject"] for told in waiting(subscriber)] == [hint.subject for hint in expected]


async def test_paced_hints_wait_and_become_one(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    loop, later = asyncio.get_running_loop(), []
    monkeypatch.setattr(loop, "call_later", lambda seconds, act: later.append((seconds, act)))
    subscriber = Subscriber(OURS, public_only=False)
    hub.join(subscriber)
    signalling = Signalling(hub)
    signalling.attach(loop, None)
    await turn()
    for _ in range(20_000):
        signalling.hint(Hint(OURS, "delivery.changed", "incident:1", public=False, paced=True))
    signalling.hint(PUBLIC)
    await turn()
    assert [told["subject"] for told in waiting(subscriber)] == ["service:mail"]
    [(seconds, act)] = later
    assert seconds == PACE_SECONDS
    act()
    await turn()
    assert [told["subject"] for told in waiting(subscriber)] == ["incident:1"]


async def test_a_slow_reader_is_told_to_fetch_everything(hub: Hub):
    slow = Subscriber(OURS, public_only=False)
    hub.join(slow)
    for number in range(300):
        hub.publish(Hint(OURS, "service.changed", f"service:{number}", public=True))
    await turn()
    told = waiting(slow)
    assert told[0] == {"kind": "everything", "subject": "", "version": 0}
    assert len(told) < 256
    assert told[-1]["subject"] == "service:299"


async def test_whoever_left_hears_nothing(hub: Hub):
    subscriber = Subscriber(OURS, public_only=False)
    hub.join(subscriber)
    hub.leave(subscriber)
    hub.publish(PUBLIC)
    await turn()
    assert (len(hub), waiting(subscriber)) == (0, [])


class Ear:
    """A bus and what it heard."""

    def __init__(self, data_dir: Path) -> None:
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.bus = LocalBus(data_dir, self.heard.put_nowait)

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.heard.get(), 5)


@pytest.fixture
async def ears(tmp_path: Path) -> AsyncIterator[tuple[Ear, Ear]]:
    pair = Ear(tmp_path), Ear(tmp_path)
    for ear in pair:
        ear.bus.start(asyncio.get_running_loop())
    yield pair
    for ear in pair:
        await ear.bus.stop()
        await ear.bus.stop()


async def test_two_buses_hear_each_other_and_not_themselves(ears: tuple[Ear, Ear]):
    one, two = ears
    one.bus.publish({"from": "one"})
    await asyncio.to_thread(two.bus.publish, {"from": "two"})
    assert await two.next() == {"from": "one"}
    assert await one.next() == {"from": "two"}
    await turn()
    assert one.heard.empty()
    assert two.heard.empty()


async def test_the_socket_is_its_owners_alone(ears: tuple[Ear, Ear], tmp_path: Path):
    places = list((tmp_path / "run").glob("*.sock"))
    assert len(places) == 2
    assert {place.stat().st_mode & 0o777 for place in places} == {0o600}
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700


async def test_a_dead_socket_is_forgotten(ears: tuple[Ear, Ear], tmp_path: Path):
    dead = tmp_path / "run" / "1-dead.sock"
    killed = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    killed.bind(str(dead))
    killed.close()
    one, two = ears
    one.bus.publish({"still": "heard"})
    assert await two.next() == {"still": "heard"}
    assert not dead.exists()


async def test_a_full_buffer_never_blocks_the_sender(ears: tuple[Ear, Ear], tmp_path: Path):
    one, two = ears
    for number in range(5000):
        one.bus.publish({"number": number, "padding": "x" * 1000})
    assert (await two.next())["number"] == 0
    assert len(list((tmp_path / "run").glob("*.sock"))) == 2


async def test_noise_is_passed_over(ears: tuple[Ear, Ear], tmp_path: Path):
    one, two = ears
    noisy = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    for place in (tmp_path / "run").glob("*.sock"):
        noisy.sendto(b"{no json", str(place))
    noisy.close()
    one.bus.publish({"sense": True})
    assert await two.next() == {"sense": True}


async def test_a_long_data_directory_finds_a_shorter_place(tmp_path: Path):
    deep = tmp_path / ("d" * 100)
    one, two = Ear(deep), Ear(deep)
    for ear in (one, two):
        ear.bus.start(asyncio.get_running_loop())
    try:
        one.bus.publish({"far": True})
        assert await two.next() == {"far": True}
    finally:
        await one.bus.stop()
        await two.bus.stop()


@pytest.mark.parametrize("length", range(60, 90, 5))
async def test_every_length_of_path_can_be_bound(
    tmp_path_factory: pytest.TempPathFactory, length: int
):
    base = tmp_path_factory.mktemp("b")
    directory = base / ("d" * max(1, length - len(os.fsencode(base)) - 5))
    ear = Ear(directory)
    ear.bus.start(asyncio.get_running_loop())
    await ear.bus.stop()


async def test_what_commits_announce_before_anybody_listens_is_told_later(tmp_path: Path):
    hub = Hub()
    woken: list[Lane] = []
    signalling = Signalling(hub)
    signalling.on_lane = woken.append
    signalling.wake_lane(Lane.NORMAL)
    signalling.attach(asyncio.get_running_loop(), None)
    await turn()
    assert woken == [Lane.NORMAL]
    await asyncio.to_thread(signalling.wake_lane, Lane.URGENT)
    await turn()
    assert woken == [Lane.NORMAL, Lane.URGENT]


async def test_hints_and_wake_ups_reach_the_other_process(tmp_path: Path):
    loop = asyncio.get_running_loop()
    near, far = Signalling(Hub()), Signalling(other_hub := Hub())
    heard = asyncio.Event()
    lanes: list[Lane] = []
    far.on_lane = lanes.append
    far.on_channel = lambda _: heard.set()
    buses = LocalBus(tmp_path, near.receive), LocalBus(tmp_path, far.receive)
    for bus, signalling in zip(buses, (near, far), strict=True):
        bus.start(loop)
        signalling.attach(loop, bus)
    subscriber = Subscriber(OURS, public_only=False)
    other_hub.join(subscriber)
    near.hint(SECRET)
    near.wake_lane(Lane.BULK)
    near.wake_channel("mail")
    await asyncio.wait_for(heard.wait(), 5)
    await turn()
    assert lanes == [Lane.BULK]
    assert [told["subject"] for told in waiting(subscriber)] == ["incident:1"]
    for bus in buses:
        await bus.stop()
