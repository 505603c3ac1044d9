"""SEED_DEMO_DATA fills a database that nobody has used, and touches no other."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Table, func, select

from tocsin.app.auditor import audit
from tocsin.app.compose import compose
from tocsin.app.demo.seeding import OPERATOR, seed_empty
from tocsin.app.demo.sinks import sinks
from tocsin.app.schema import ensure_schema
from tocsin.app.tables import metadata
from tocsin.detection import conditions
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.settings import Settings
from tocsin.registry import catalog, identity
from tocsin.response import incidents

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
DAYS = 4


def settings_for(url: str, folder: Path) -> Settings:
    registry = folder / "services.yaml"
    registry.write_text(
        "services:\n  - {id: ours, name: Ours, category: sales, source: {kind: manual}}\n"
    )
    settings = Settings(
        _env_file=None,
        DATA_DIR=folder,
        DATABASE_URL=SecretStr(url),
        SERVICES_FILE=registry,
        SMTP_URL=SecretStr("smtp://127.0.0.1:9"),
        SLACK_WEBHOOK_URL=SecretStr("https://127.0.0.1:9/services/secret"),
        SEED_DEMO_DATA=True,
    )
    ensure_schema(settings.database_url)
    return settings


async def at_work(settings: Settings, verb: Callable[[Tx], Any]) -> Any:
    house = compose(settings, ManualClock(NOW + timedelta(seconds=1)), channels=sinks())
    try:
        return await house.platform.database.write(await house.prepare(), verb)
    finally:
        house.platform.database.close()


def count(name: str) -> Callable[[ReadTx], int]:
    table: Table = metadata.tables[name]

    def rows(tx: ReadTx) -> int:
        mine = select(func.count()).where(table.c.tenant_id == tx.tenant)
        return int(tx.scalar(mine))

    return rows


async def seeded(settings: Settings, now: datetime = NOW) -> tuple[bool, list[str]]:
    told: list[str] = []
    did = await seed_empty(settings, now=now, days=DAYS, tell=told.append)
    return did, told


async def test_an_empty_database_gets_a_history_and_nobody_who_could_be_written_to(
    database_url: str, tmp_path: Path
):
    settings = settings_for(database_url, tmp_path)
    did, told = await seeded(settings)
    assert did
    assert told[0].startswith(f"SEED_DEMO_DATA: log in as {OPERATOR} with the password ")
    assert told[-1].endswith(f"day {DAYS} of {DAYS}")
    for table, least in (("incidents", 5), ("alerts", 1), ("status_events", 5)):
        assert await at_work(settings, count(table)) >= least, table
    for table in ("deliveries", "subscribers", "channels"):
        assert await at_work(settings, count(table)) == 0, table

    def board(tx: Tx) -> None:
        stands = conditions.states(tx)
        assert {"keyward", "gitfold", "website"} <= set(stands)
        assert stands["keyward"].status is Status.OPERATIONAL
        source = catalog.service(tx, "keyward").source
        assert (source["kind"], source["url"]) == ("http", "http://127.0.0.1:8000/healthz")
        assert catalog.service(tx, "ours").managed_by is catalog.ManagedBy.FILE
        assert audit(tx) == []

    await at_work(settings, board)


async def test_a_second_start_changes_nothing(sqlite_url: str, tmp_path: Path):
    settings = settings_for(sqlite_url, tmp_path)
    await seeded(settings)
    facts = await at_work(settings, count("journal"))
    assert await seeded(settings, NOW + timedelta(days=1)) == (False, [])
    assert await at_work(settings, count("journal")) == facts


def _person(tx: Tx) -> None:
    hashed = identity.hash_password("correct horse battery staple")
    identity.create_user(tx, "me@example.org", "Me", [identity.Role.VIEWER], hashed)


def _incident(tx: Tx) -> None:
    incidents.open_incident(tx, incidents.IncidentDraft("Mine", Severity.LOW))


def _service(tx: Tx) -> None:
    category = catalog.Category.SALES
    catalog.declare_service(tx, catalog.ServiceDraft("mine", "Mine", category, {"kind": "manual"}))


@pytest.mark.parametrize("used", [_person, _incident, _service])
async def test_a_database_in_use_is_left_alone(
    sqlite_url: str, tmp_path: Path, used: Callable[[Tx], None]
):
    settings = settings_for(sqlite_url, tmp_path)
    await at_work(settings, used)
    facts = await at_work(settings, count("journal"))
    assert await seeded(settings) == (False, [])
    assert await at_work(settings, count("journal")) == facts
