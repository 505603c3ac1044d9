"""The daily snapshot and the checkpoint as the house runs them."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from structlog.testing import capture_logs

from tests.security.whole import compose_for_tests
from tests.support.schema import create_schema
from tocsin.app import backups
from tocsin.app.compose import House
from tocsin.app.worker import show_backlog
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.facts import Entry
from tocsin.platform.agenda import AgendaRunner, agenda_items
from tocsin.platform.database import Lane, ReadTx, Tx, wal_bytes
from tocsin.platform.journal import recent_entries
from tocsin.registry import identity

DAY = timedelta(days=1)


@asynccontextmanager
async def house(url: str, folder: Path, **settings: Any) -> AsyncIterator[House]:
    registry = folder / "services.yaml"
    registry.write_text("services: []\n")
    made = compose_for_tests(
        folder, DATABASE_URL=SecretStr(url), SERVICES_FILE=registry, **settings
    )
    create_schema(url)
    try:
        await made.prepare()
        await made.wake_rooms()
        yield made
    finally:
        made.platform.database.close()


async def pass_time(house: House, by: timedelta) -> None:
    clock = house.platform.database.clock
    assert isinstance(clock, ManualClock)
    clock.move(by)
    await AgendaRunner(house.platform.database, house.platform.handlers, house.context).run_due()


async def told(house: House, *kinds: str) -> list[Entry]:
    def found(tx: ReadTx) -> list[Entry]:
        return recent_entries(tx, kinds=kinds, limit=100)

    return await house.platform.database.read(house.context, found)


async def due(house: House, kind: str) -> list[datetime]:
    query = select(agenda_items.c.ready_at).where(
        agenda_items.c.tenant_id == house.context.tenant, agenda_items.c.kind == kind
    )

    def ready(tx: ReadTx) -> list[datetime]:
        return list(tx.scalars(query))

    return await house.platform.database.read(house.context, ready)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in (folder / "backups").iterdir())


async def test_each_day_at_its_hour_a_snapshot_is_taken_and_old_ones_go(
    sqlite_url: str, tmp_path: Path
):
    async with house(sqlite_url, tmp_path, BACKUP_TIME_HOUR=2, BACKUP_RETENTION_DAYS=3) as made:
        assert await due(made, "database.backup") == [datetime(2026, 3, 4, 2, tzinfo=UTC)]
        (tmp_path / "backups").mkdir()
        (tmp_path / "backups" / "mine.db").write_text("not ours")
        for _ in range(5):
            await pass_time(made, DAY)
        assert names(tmp_path) == [
            "mine.db",
            *(f"tocsin-2026-03-0{day}.db" for day in (6, 7, 8)),
        ]
        facts = await told(made, "backup.made")
        assert len(facts) == 5
        assert (
            facts[0].payload["bytes"] == (tmp_path / "backups/tocsin-2026-03-08.db").stat().st_size
        )
        with closing(sqlite3.connect(tmp_path / "backups/tocsin-2026-03-08.db")) as copy:
            assert copy.execute("SELECT slug FROM tenants").fetchall() == [("default",)]
        await show_backlog(made)
        text = made.metrics.text().decode()
        shown = next(
            line for line in text.splitlines() if line.startswith("tocsin_last_backup_timestamp")
        )
        written = (tmp_path / "backups/tocsin-2026-03-08.db").stat().st_mtime
        assert float(shown.split()[1]) == pytest.approx(written)


async def test_a_snapshot_that_fails_is_a_fact_and_is_tried_again_within_the_hour(
    sqlite_url: str, tmp_path: Path
):
    (tmp_path / "backups").write_text("a file where the directory should be")
    async with house(sqlite_url, tmp_path) as made:
        with capture_logs() as logs:
            await pass_time(made, DAY)
        assert "backup.failed" in {line["event"] for line in logs}
        facts = await told(made, "backup.failed")
        assert [fact.payload for fact in facts] == [{"error": "FileExistsError"}]
        assert await due(made, "database.backup") == [
            made.platform.database.clock.now() + timedelta(hours=1)
        ]
        (tmp_path / "backups").unlink()
        await pass_time(made, timedelta(hours=1))
        assert len(names(tmp_path)) == 1


async def test_only_one_tenants_agenda_carries_it(sqlite_url: str, tmp_path: Path):
    async with house(sqlite_url, tmp_path) as made:
        await made.platform.database.write(made.context, _second_tenant)
        await made.wake_rooms()
        await pass_time(made, DAY)
        assert len(await told(made, "backup.made")) == 1


def _second_tenant(tx: Tx) -> None:
    identity.create_tenant(tx, "second", "Second")


async def test_a_restart_does_not_put_off_what_is_due(sqlite_url: str, tmp_path: Path):
    async with house(sqlite_url, tmp_path) as made:
        clock = made.platform.database.clock
        assert isinstance(clock, ManualClock)
        clock.move(timedelta(hours=20))
        await made.wake_rooms()
        assert await due(made, "database.backup") < [clock.now()]
        assert await due(made, "database.checkpoint") < [clock.now() + timedelta(hours=5)]


async def test_the_log_is_cut_at_its_interval(sqlite_url: str, tmp_path: Path):
    async with house(sqlite_url, tmp_path, WAL_CHECKPOINT_INTERVAL_HOURS=6) as made:
        path = tmp_path / "tocsin.db"
        assert wal_bytes(path) > 0
        handler = made.platform.handlers["database.checkpoint"]
        only = {"database.checkpoint": handler}
        clock = made.platform.database.clock
        assert isinstance(clock, ManualClock)
        clock.move(timedelta(hours=6))
        before = wal_bytes(path)
        await AgendaRunner(made.platform.database, only, made.context).run_due((Lane.BULK,))
        assert wal_bytes(path) < before
        assert await due(made, "database.checkpoint") == [clock.now() + timedelta(hours=6)]


async def test_a_log_that_somebody_reads_is_tried_three_times_and_then_at_the_next_time(
    sqlite_url: str, tmp_path: Path
):
    async with house(sqlite_url, tmp_path, BACKUP_TIME_HOUR=11) as made:
        with closing(sqlite3.connect(tmp_path / "tocsin.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT COUNT(*) FROM tenants").fetchone()
            waits = []
            await pass_time(made, DAY)
            for _ in range(2):
                [at] = await due(made, "database.checkpoint")
                waits.append(at - made.platform.database.clock.now())
                await pass_time(made, waits[-1])
            [at] = await due(made, "database.checkpoint")
        assert waits == [timedelta(minutes=5), timedelta(minutes=5)]
        assert at - made.platform.database.clock.now() == DAY


@pytest.mark.postgres
async def test_postgresql_is_left_to_its_own_tools(postgres_url: str, tmp_path: Path):
    with capture_logs() as logs:
        async with house(postgres_url, tmp_path) as made:
            assert await due(made, "database.backup") == []
            assert await due(made, "database.checkpoint") == []
    assert [line["words"] for line in logs if line["event"] == "backup.not_ours"] == [
        backups.USE_PG_DUMP
    ]


def test_the_next_time_is_the_next_strike_of_the_hour():
    now = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
    assert backups.next_time(now, 2) == datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
    assert backups.next_time(now, 3) == datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
