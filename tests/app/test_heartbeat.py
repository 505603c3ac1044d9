"""The heartbeat: /healthz looks at its age, and each beat pings the dead man's switch."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from aiohttp import web
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from structlog.testing import capture_logs

from tests.security.whole import compose_for_tests
from tests.support.schema import create_schema
from tocsin.app import worker as workers
from tocsin.app.web import build_app
from tocsin.app.worker import Worker
from tocsin.kernel.errors import Unavailable


@dataclass
class Ear:
    """What listens at the other end of the pings."""

    url: str = ""
    status: int = 200
    heard: int = 0
    hold: asyncio.Event | None = None
    began: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, _: web.Request) -> web.Response:
        self.heard += 1
        self.began.set()
        if self.hold is not None:
            await self.hold.wait()
        return web.Response(status=self.status, text="OK")


@asynccontextmanager
async def listening() -> AsyncIterator[Ear]:
    ear = Ear()
    app = web.Application()
    app.router.add_get("/ping/secret-part", ear.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ear.url = f"http://127.0.0.1:{runner.addresses[0][1]}/ping/secret-part"
    try:
        yield ear
    finally:
        if ear.hold is not None:
            ear.hold.set()
        await runner.cleanup()


@asynccontextmanager
async def beating(folder: Path, url: str | None = None, **settings: Any) -> AsyncIterator[Worker]:
    """A worker that beats when the test says so."""
    secret = SecretStr(url) if url else None
    house = compose_for_tests(folder, HEALTHCHECK_PING_URL=secret, **settings)
    create_schema(house.settings.database_url)
    await house.client.start()
    await house.prepare()
    worker = Worker(house)
    try:
        yield worker
    finally:
        await worker.switch.stop()
        await house.client.stop()
        house.platform.database.close()


def shown(worker: Worker) -> str:
    text = worker.house.metrics.text().decode()
    return next(line for line in text.splitlines() if line.startswith("healthcheck_ping_ok"))


async def test_each_beat_pings_the_switch(tmp_path: Path):
    async with listening() as ear, beating(tmp_path, ear.url) as worker:
        for _ in range(3):
            await worker.beat_once()
            await worker.switch.settled()
        assert ear.heard == 3
        assert shown(worker) == "healthcheck_ping_ok 1.0"


async def test_a_switch_that_does_not_hear_is_told_once_and_once_when_it_hears_again(
    tmp_path: Path,
):
    async with listening() as ear, beating(tmp_path, ear.url) as worker:
        with capture_logs() as logs:
            for status in (500, 500, 404, 200, 200, 503):
                ear.status = status
                await worker.beat_once()
                await worker.switch.settled()
        events = [line["event"] for line in logs if line["event"].startswith("healthcheck.")]
        assert events == [
            "healthcheck.not_heard",
            "healthcheck.heard_again",
            "healthcheck.not_heard",
        ]
        assert "secret-part" not in str(logs)
        assert shown(worker) == "healthcheck_ping_ok 0.0"


async def test_a_switch_that_is_away_costs_no_beat(tmp_path: Path):
    async with beating(tmp_path, "http://127.0.0.1:9/secret-part") as worker:
        with capture_logs() as logs:
            await worker.beat_once()
            await worker.switch.settled()
        assert worker.house.heartbeat.age_seconds() is not None
        assert [line["event"] for line in logs] == ["healthcheck.not_heard"]
        assert "secret-part" not in str(logs)


async def test_a_slow_switch_holds_up_no_beat_and_gets_one_ping_at_a_time(tmp_path: Path):
    async with listening() as ear, beating(tmp_path, ear.url) as worker:
        ear.hold = asyncio.Event()
        await worker.beat_once()
        await ear.began.wait()
        await worker.beat_once()
        await worker.beat_once()
        assert ear.heard == 1
        ear.hold.set()
        await worker.switch.settled()
        await worker.beat_once()
        await worker.switch.settled()
        assert ear.heard == 2


async def test_where_the_database_takes_no_write_there_is_no_beat_and_no_ping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with listening() as ear, beating(tmp_path, ear.url) as worker:
        busy = Mock(side_effect=Unavailable("The database is busy.", code="busy"))
        monkeypatch.setattr(worker.house.platform.database, "submit", busy)
        with capture_logs() as logs:
            await worker.beat_once()
        assert worker.house.heartbeat.age_seconds() is None
        assert ear.heard == 0
        assert [line["event"] for line in logs] == ["heartbeat.missed"]


async def test_the_worker_beats_at_its_interval(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            raise asyncio.CancelledError

    async with beating(tmp_path, HEARTBEAT_INTERVAL_SECONDS=7) as worker:
        monkeypatch.setattr(workers.asyncio, "sleep", wait)  # type: ignore[attr-defined]  # the module's own
        with pytest.raises(asyncio.CancelledError):
            await worker._beat()
        monkeypatch.undo()
    assert waits == [7, 7]


@pytest.mark.parametrize(("age", "status"), [(None, 503), (0, 200), (19, 200), (30, 503)])
async def test_healthz_answers_by_the_age_of_the_beat(
    tmp_path: Path, age: float | None, status: int
):
    async with beating(
        tmp_path, HEARTBEAT_STALE_AFTER_SECONDS=20, HEARTBEAT_INTERVAL_SECONDS=7
    ) as worker:
        if age is not None:
            await worker.beat_once()
            at = time.time() - age
            os.utime(tmp_path / "heartbeat", (at, at))
        transport = ASGITransport(build_app(worker.house))
        async with AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            answer = await client.get("/healthz")
    assert answer.status_code == status
    assert answer.text.startswith("ok" if status == 200 else "stale")
