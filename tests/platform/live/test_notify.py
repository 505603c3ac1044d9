"""The bus between nodes: two machines, one PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tocsin.platform.live.notify import CHANNEL, NotifyBus


class Node:
    """A bus on a machine of its own, and what it heard."""

    def __init__(self, url: str, data_dir: Path) -> None:
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.bus = NotifyBus(url, data_dir, self.heard.put_nowait)

    async def hears(self, word: str) -> None:
        """Wait until something that names the word was heard."""
        async with asyncio.timeout(10):
            while word not in str(await self.heard.get()):
                pass


async def reached(speaker: Node, listener: Node) -> None:
    """Until both are connected nothing is kept for them: say it again until it is heard."""
    async with asyncio.timeout(10):
        while listener.heard.empty():
            speaker.bus.publish({"channels": ["hello"]})
            await asyncio.sleep(0.02)
    while not listener.heard.empty():
        listener.heard.get_nowait()


@pytest.fixture
async def nodes(postgres_url: str, tmp_path: Path) -> AsyncIterator[tuple[Node, Node]]:
    pair = Node(postgres_url, tmp_path / "a"), Node(postgres_url, tmp_path / "b")
    for node in pair:
        node.bus.start(asyncio.get_running_loop())
    await reached(pair[0], pair[1])
    await reached(pair[1], pair[0])
    yield pair
    for node in pair:
        await node.bus.stop()
        await node.bus.stop()


async def test_nodes_hear_each_other_and_not_themselves(nodes: tuple[Node, Node]):
    one, two = nodes
    one.bus.publish({"lanes": ["urgent"], "channels": ["mail"]})
    await two.hears("urgent")
    two.bus.publish({"channels": ["chat"]})
    await one.hears("chat")
    assert one.heard.empty()


async def test_processes_of_one_node_leave_it_to_their_own_bus(
    nodes: tuple[Node, Node], postgres_url: str, tmp_path: Path
):
    one, two = nodes
    neighbour = Node(postgres_url, tmp_path / "a")
    neighbour.bus.start(asyncio.get_running_loop())
    await reached(two, neighbour)
    one.bus.publish({"channels": ["for others"]})
    await two.hears("for others")
    two.bus.publish({"channels": ["last"]})
    await neighbour.hears("last")
    await neighbour.bus.stop()


async def test_many_hints_leave_in_parts_that_postgres_takes(nodes: tuple[Node, Node]):
    one, two = nodes
    hints = [["0" * 32, "incident.opened", f"incident:{n}", False, 0] for n in range(1000)]
    one.bus.publish({"hints": hints})
    one.bus.publish({"hints": hints[:10]})
    heard: list[Any] = []
    async with asyncio.timeout(10):
        while len(heard) < 1000:
            heard += (await two.heard.get()).get("hints", [])
    assert heard == hints


async def test_a_broken_connection_is_made_anew(nodes: tuple[Node, Node], postgres_url: str):
    one, two = nodes
    with psycopg.connect(postgres_url, autocommit=True) as doctor:
        doctor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    await reached(one, two)


async def test_others_on_the_channel_are_passed_over(nodes: tuple[Node, Node], postgres_url: str):
    one, two = nodes
    with psycopg.connect(postgres_url, autocommit=True) as stranger:
        for noise in ("", "{no json", "[]", '["x", 3]', "7"):
            stranger.execute("SELECT pg_notify(%s, %s)", (CHANNEL, noise))
    one.bus.publish({"channels": ["sense"]})
    await two.hears("sense")
