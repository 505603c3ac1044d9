"""The web process dies by signal 9 while incidents are posted: a key still makes exactly one."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crash.scene import ADMIN_TOKEN, Process, Scene, scene

pytestmark = pytest.mark.crash

AT_ONCE = 10
_LONGEST = (0.01, 0.04, 0.16)
"""Seconds to a kill: before the first answer, between answers, perhaps after the last."""


async def test_a_repeated_key_makes_one_incident_although_web_died_in_between(
    tmp_path: Path, database_url: str, crash_kills: int
) -> None:
    kills = max(2, crash_kills // 2)
    async with scene(tmp_path / "data", database_url) as place:
        chance = random.Random(20_260_304)
        answers: dict[str, str] = {}
        for number in range(kills):
            answers |= await _post_and_kill(
                place, number, chance.uniform(0.0, _LONGEST[number % 3])
            )
        async with _web(place) as client:
            keys = [f"post-{number}-{each}" for number in range(kills) for each in range(AT_ONCE)]
            again = {key: await _post(client, key) for key in keys}
            found = await _titles(client)

        assert len(answers) < len(keys), "no kill met a post in flight"
        assert {key: again[key] for key in answers} == answers
        assert found == Counter(keys)
        assert len(set(again.values())) == len(keys)


async def _post_and_kill(place: Scene, number: int, seconds: float) -> dict[str, str]:
    """Post several incidents at once, kill the server meanwhile; returns what it had answered."""
    async with _web(place) as client:
        posts = {
            f"post-{number}-{each}": asyncio.create_task(_post(client, f"post-{number}-{each}"))
            for each in range(AT_ONCE)
        }
        await asyncio.sleep(seconds)
        place.processes[-1].kill()
        outcomes = await asyncio.gather(*posts.values(), return_exceptions=True)
    answered = dict(zip(posts, outcomes, strict=True))
    broken = [one for one in outcomes if isinstance(one, BaseException)]
    assert all(isinstance(one, httpx.TransportError) for one in broken), broken
    return {key: one for key, one in answered.items() if isinstance(one, str)}


@asynccontextmanager
async def _web(place: Scene) -> AsyncIterator[httpx.AsyncClient]:
    """Start the server, wait for its first answer, and kill it in the end."""
    server = Process(place, "tocsin.app.cli", "web")
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{place.environment['PORT']}/api/v1",
        headers={"Authorization": f"Bearer {ADMIN_TOKEN}"},
        timeout=30,
    ) as client:
        await _answers(client, server)
        yield client
    server.kill()


async def _answers(client: httpx.AsyncClient, server: Process) -> None:
    for _ in range(300):
        with suppress(httpx.TransportError):
            answer = await client.get("/incidents")
            assert answer.status_code == 200, answer.text
            return
        await asyncio.sleep(0.1)
    raise AssertionError(server.log.read_text())


async def _post(client: httpx.AsyncClient, key: str) -> str:
    answer = await client.post(
        "/incidents",
        json={"title": key, "severity": "high"},
        headers={"Idempotency-Key": key},
    )
    assert answer.status_code == 201, answer.text
    reference: str = answer.json()["id"]
    return reference


async def _titles(client: httpx.AsyncClient) -> Counter[str]:
    """How often each title stands in the list, all its pages read."""
    titles: Counter[str] = Counter()
    parameters: dict[str, Any] = {"limit": 100}
    while True:
        answer = (await client.get("/incidents", params=parameters)).json()
        titles.update(one["title"] for one in answer["items"])
        if not answer.get("next_cursor"):
            return titles
        parameters["cursor"] = answer["next_cursor"]
