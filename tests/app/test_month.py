"""The demo's month: what it promises, and that it is told once, whole, and leaves nothing undone."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import func, select

from tocsin.app.auditor import audit
from tocsin.app.compose import compose
from tocsin.app.demo.month import cursor
from tocsin.app.demo.past import live_through
from tocsin.app.demo.registry import write_registry
from tocsin.app.demo.script import script
from tocsin.app.demo.sinks import sinks
from tocsin.app.schema import ensure_schema
from tocsin.kernel.clock import ManualClock
from tocsin.platform.database import ReadTx
from tocsin.platform.delivery.tables import deliveries
from tocsin.platform.journal.tables import journal
from tocsin.platform.settings import Settings
from tocsin.response.incidents.tables import incidents as _incidents

NOW = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
DAYS = 7


def _settings(url: str, folder: Path) -> Settings:
    registry = folder / "services.yaml"
    write_registry(registry, "http://127.0.0.1:9")
    settings = Settings(
        _env_file=None,
        DATA_DIR=folder / "data",
        DATABASE_URL=SecretStr(url),
        SERVICES_FILE=registry,
        POLL_INTERVAL_SECONDS=5,
        ALERT_MIN_STATE_DURATION_SECONDS=0,
        ALERT_CONFIRM_THRESHOLD_POLLS=2,
        ALERT_RECOVERY_THRESHOLD_POLLS=2,
    )
    ensure_schema(settings.database_url)
    return settings


async def _live(settings: Settings, **how: Any) -> list[str]:
    told: list[str] = []
    await live_through(
        settings, "demo@example.com", "tocsin-demo-only", days=DAYS, tell=told.append, **how
    )
    return told


async def _read(settings: Settings, query: Callable[[ReadTx], Any]) -> Any:
    house = compose(settings, ManualClock(NOW + timedelta(seconds=1)), channels=sinks())
    try:
        context = await house.prepare()
        return await house.platform.database.read(context, query)
    finally:
        house.platform.database.close()


def _states(tx: ReadTx) -> Counter[str]:
    found = tx.scalars(select(_incidents.c.state).where(_incidents.c.tenant_id == tx.tenant))
    return Counter(found)


def _messages(tx: ReadTx) -> Counter[str]:
    return Counter(
        tx.scalars(select(deliveries.c.state).where(deliveries.c.tenant_id == tx.tenant))
    )


def _public(tx: ReadTx) -> int:
    told = _incidents.c.public_title.is_not(None)
    return int(tx.scalar(select(func.count()).where(_incidents.c.tenant_id == tx.tenant, told)))


def _facts(tx: ReadTx) -> int:
    return int(tx.scalar(select(func.count()).where(journal.c.tenant_id == tx.tenant)))


async def test_the_month_leaves_incidents_in_every_hand_and_nothing_for_the_auditor(
    database_url: str, tmp_path: Path
) -> None:
    settings = _settings(database_url, tmp_path)

    told = await _live(settings, now=NOW)

    assert told[-1].endswith(f"day {DAYS} of {DAYS}")
    states = await _read(settings, _states)
    assert {"open", "in_progress", "pending"} <= set(states)
    assert states["resolved"] + states["closed"] >= 5
    messages = await _read(settings, _messages)
    assert messages["sent"] >= 20
    assert messages["failed"] >= 1
    assert messages["pending"] == 0
    assert await _read(settings, _public) >= 1
    assert await _read(settings, audit) == []


async def test_a_second_start_changes_nothing(sqlite_url: str, tmp_path: Path) -> None:
    settings = _settings(sqlite_url, tmp_path)
    await _live(settings, now=NOW)
    before = await _read(settings, _facts)

    assert await _live(settings, now=NOW + timedelta(days=1)) == []

    assert await _read(settings, _facts) == before


async def test_a_walk_that_was_ended_half_way_goes_on_there(
    database_url: str, tmp_path: Path
) -> None:
    settings = _settings(database_url, tmp_path)
    await _live(settings, now=NOW, stop_after=timedelta(days=2))
    assert await _read(settings, cursor) is not None

    told = await _live(settings, now=NOW + timedelta(minutes=1))

    assert told[0].endswith(f"day 3 of {DAYS}")
    assert await _read(settings, cursor) is None
    assert await _read(settings, audit) == []


def test_the_same_day_tells_the_same_month() -> None:
    start = NOW - timedelta(days=30)
    assert [one.at for one in script(start, 30)] == [one.at for one in script(start, 30)]
