"""Two nodes of one installation: what happens on one is heard and taken up on the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from tocsin.app.compose import House, compose
from tocsin.app.schema import ensure_schema
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.facts import Fact
from tocsin.platform.database import Lane, Tx
from tocsin.platform.live import Subscriber
from tocsin.platform.settings import Settings

pytestmark = pytest.mark.postgres


@asynccontextmanager
async def node(url: str, data_dir: Path) -> AsyncIterator[House]:
    """A process on a machine of its own."""
    settings = Settings(
        _env_file=None,
        DATA_DIR=data_dir,
        DATABASE_URL=SecretStr(url),
        SECRET_KEY=SecretStr("s" * 32),
    )
    house = compose(settings, SystemClock())
    await house.prepare()
    bus = house.open_bus()
    bus.start(asyncio.get_running_loop())
    house.signalling.attach(asyncio.get_running_loop(), bus)
    try:
        yield house
    finally:
        await bus.stop()
        house.platform.database.close()


def _work(tx: Tx, number: int) -> None:
    tx.record(Fact("incident.noticed", f"incident:{number}"))
    tx.schedule("test.work", str(number), lane=Lane.URGENT)


async def test_hints_and_due_work_of_one_node_reach_the_other(postgres_url: str, tmp_path: Path):
    ensure_schema(postgres_url)
    woken: list[Lane] = []
    async with (
        node(postgres_url, tmp_path / "a") as near,
        node(postgres_url, tmp_path / "b") as far,
    ):
        far.signalling.on_lane = woken.append
        screen = Subscriber(far.context.tenant, public_only=False)
        far.hub.join(screen)
        async with asyncio.timeout(10):
            number = 0
            while screen.queue.empty() or Lane.URGENT not in woken:
                number += 1
                await near.platform.database.write(near.context, _work, number)
                await asyncio.sleep(0.05)
        assert screen.queue.get_nowait()["kind"] == "incident.noticed"
