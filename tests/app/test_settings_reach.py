"""Settings reach the rooms that they govern, each under its own name."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.app.attic import attic
from tocsin.app.compose import House, compose, conditions_room, objective_settings
from tocsin.detection.conditions import ConfirmSettings
from tocsin.detection.objectives import ObjectiveSettings
from tocsin.detection.signals import SignalSettings
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.status import Status
from tocsin.platform.agenda import agenda_items
from tocsin.platform.http import HttpFailure, HttpRequest
from tocsin.platform.settings import Settings

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def house_with(tmp_path: Path, **values: Any) -> House:
    return compose(Settings(_env_file=None, DATA_DIR=tmp_path, **values), ManualClock(NOON))


def test_watching_follows_its_settings(tmp_path: Path):
    house = house_with(
        tmp_path,
        POLL_INTERVAL_SECONDS=7,
        POLLER_FAILURE_THRESHOLD=5,
        RETENTION_DAYS_CHECK_RESULTS=12,
    )
    assert house.signals.settings == SignalSettings(7, 5, 12)


def test_confirming_follows_its_settings(tmp_path: Path):
    house = house_with(
        tmp_path,
        ALERT_CONFIRM_THRESHOLD_POLLS=4,
        ALERT_RECOVERY_THRESHOLD_POLLS=5,
        ALERT_MIN_STATE_DURATION_SECONDS=6,
        ALERT_DEDUP_WINDOW_SECONDS=7,
        POLL_INTERVAL_SECONDS=8,
        DEPENDENCY_CORRELATION_THRESHOLD=9,
    )
    assert conditions_room(house.settings).settings == ConfirmSettings(
        confirm_polls=4,
        recovery_polls=5,
        min_duration=timedelta(seconds=6),
        dedup_window=timedelta(seconds=7),
        poll_interval=timedelta(seconds=8),
        correlation=9,
    )


def test_objectives_follow_their_settings(tmp_path: Path):
    house = house_with(
        tmp_path,
        SLO_BURN_RATE_ENABLED=True,
        SLO_TARGET_PERCENT=95,
        SLO_BURN_RATE_CHECK_INTERVAL_SECONDS=30,
        SLO_BURN_RATE_FAST_THRESHOLD=10,
        SLO_BURN_RATE_SLOW_THRESHOLD=5,
        SLO_BURN_RATE_TICKET_THRESHOLD=2,
        UPTIME_WEIGHT_PARTIAL_OUTAGE=0.3,
        UPTIME_WEIGHT_DEGRADED=0.1,
    )
    assert objective_settings(house.settings) == ObjectiveSettings(
        target_percent=95,
        is_alerting=True,
        check_interval=timedelta(seconds=30),
        fast_threshold=10,
        slow_threshold=5,
        ticket_threshold=2,
        weights={Status.MAJOR_OUTAGE: 1.0, Status.PARTIAL_OUTAGE: 0.3, Status.DEGRADED: 0.1},
    )


async def test_a_host_that_keeps_failing_is_left_alone_as_the_breaker_says(tmp_path: Path):
    house = house_with(tmp_path, BREAKER_THRESHOLD=2, BREAKER_TTL_SECONDS=40)
    request = HttpRequest("http://127.0.0.1:9/", "test", attempts=1)
    seen = []
    async with house.client as client:
        for _ in range(2):
            seen.append(client.open_circuits)
            with pytest.raises(HttpFailure):
                await client.fetch(request)
        assert [*seen, client.open_circuits] == [0, 0, 1]
        with pytest.raises(HttpFailure) as left_alone:
            await client.fetch(request)
    assert left_alone.value.retry_after_seconds == 40


async def test_the_next_purge_comes_after_the_interval(database_url: str, tmp_path: Path):
    async with attic(database_url, tmp_path, RETENTION_INTERVAL_HOURS=5) as house:
        house.clock.move(timedelta(minutes=11))
        await house.work()
        planned = select(agenda_items.c.planned_at).where(
            agenda_items.c.tenant_id == house.house.context.tenant,
            agenda_items.c.kind == "retention.status_events",
        )
        assert await house.read(lambda tx: tx.scalar(planned)) == house.clock.now() + timedelta(
            hours=5
        )
