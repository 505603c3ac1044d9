"""`tocsin serve`: a role that dies is started again, and SIGTERM ends both and returns leases."""

import os
import signal
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from tests.crash.scene import Process, Scene, scene, until
from tocsin.adapters.email.channel import LIMITS

pytestmark = pytest.mark.crash

FOLLOWERS = 20


async def test_serve_restarts_a_killed_worker_and_leaves_web_alone(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with scene(tmp_path / "data", sqlite_url) as place:
        serve = Process(place, "tocsin.app.cli", "serve")
        web, worker = await _roles(serve)
        await place.follow(FOLLOWERS)
        os.kill(worker, signal.SIGKILL)
        same_web, another = await _roles(serve, but=worker)

        assert same_web == web
        assert another != worker
        assert serve.says("worker ended with -9; starting it again")
        await place.settle(FOLLOWERS, within=90)
        await until(lambda: _counts_letters(place), 10)  # the web role answers for the worker too
        assert await serve.terminate() < 12
        assert serve.popen.returncode == 0


async def test_sigterm_ends_serve_in_time_and_returns_what_it_could_not_send(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with scene(tmp_path / "data", sqlite_url) as place:
        place.sink.answering.clear()
        serve = Process(place, "tocsin.app.cli", "serve")
        roles = await _roles(serve)
        await place.follow(FOLLOWERS)
        await until(lambda: place.sink.waiting == LIMITS.at_once, 30)
        assert await place.leases() >= LIMITS.at_once

        assert await serve.terminate() < 12
        assert serve.popen.returncode == 0
        assert [pid for pid in roles if psutil.pid_exists(pid)] == []
        assert await place.leases() == 0
        await _check_nothing_is_lost(place)


async def _check_nothing_is_lost(place: Scene) -> None:
    """What was in hand counts as interrupted, and the next worker sends it under the same id."""
    assert len(await place.interrupted()) == LIMITS.at_once
    place.sink.answering.set()
    await place.worker()
    await place.settle(FOLLOWERS, within=30)
    assert {row.state for row in await place.rows()} == {"sent"}
    assert len(place.sink.by_message()) == len(place.sink.by_content()) == FOLLOWERS
    assert await place.findings() == []


def _counts_letters(place: Scene) -> bool:
    with urlopen(f"http://127.0.0.1:{place.house.settings.PORT}/metrics", timeout=5) as answer:
        return 'delivery_attempts_total{channel="mail",outcome="sent"}' in answer.read().decode()


async def _roles(serve: Process, but: int | None = None) -> tuple[int, int]:
    """The process ids of web and worker once both work; `but` is a worker that was killed."""
    found: dict[str, int] = {}

    def both() -> bool:
        found.clear()
        found.update({role: pid for pid, role in serve.children().items() if pid != but})
        started = serve.log.read_text().count("worker.started")
        return {"web", "worker"} <= found.keys() and started >= (1 if but is None else 2)

    await until(both, 40)
    return found["web"], found["worker"]
