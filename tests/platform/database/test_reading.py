"""Readers: they never write, and no question lasts for ever."""

import asyncio
import threading

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from tests.platform.database.shelf import CONTEXT, OURS, jars, names, put, run, shelf
from tocsin.kernel.errors import Unavailable
from tocsin.platform.database import Database, engines, readers

ENDLESS = text(
    "WITH RECURSIVE counting(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting"
    " WHERE n < 2000000000) SELECT count(*) FROM counting"
)


async def test_a_question_without_end_is_interrupted(
    database_url: str, monkeypatch: pytest.MonkeyPatch
):
    for module in (engines, readers):
        monkeypatch.setattr(module, "READ_SECONDS", 0.2)
    async with shelf(database_url) as db:
        with pytest.raises(Unavailable) as refused:
            await db.read(CONTEXT, run(ENDLESS))
        assert refused.value.code == "too_slow"
        await db.write(CONTEXT, put, "jar")
        for _ in range(10):
            assert await db.read(CONTEXT, names) == ["jar"]


async def test_a_reader_refuses_to_write(db: Database):
    with pytest.raises(DBAPIError, match=r"read.?only"):
        await db.read(CONTEXT, run(insert(jars).values(tenant_id=OURS, name="stolen", marbles=1)))
    assert await db.read(CONTEXT, names) == []


async def test_too_many_questions_at_once_are_refused(
    database_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(readers, "_MOST_WAITING", 1)
    gate = threading.Event()
    async with shelf(database_url) as db:
        first = asyncio.create_task(db.read(CONTEXT, lambda tx: gate.wait(5)))
        await asyncio.sleep(0)
        with pytest.raises(Unavailable) as refused:
            await db.read(CONTEXT, names)
        assert refused.value.code == "overloaded"
        gate.set()
        assert await first
        assert await db.read(CONTEXT, names) == []
