"""When a ping is due, across both edges of summer time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from tocsin.detection.signals.heartbeats import HeartbeatFields, Schedule, next_due

BERLIN = ZoneInfo("Europe/Berlin")
SPRING = datetime(2026, 3, 28, 12, tzinfo=UTC)  # the clocks jump from 02:00 to 03:00 next night
AUTUMN = datetime(2026, 10, 24, 12, tzinfo=UTC)  # the hour from 02:00 comes twice next night


def dues(cron: str, since: datetime, count: int) -> list[str]:
    """The next due times, one after the other, in UTC."""
    found = []
    last = since
    for _ in range(count):
        last = next_due(Schedule(cron=cron), last, BERLIN)
        assert last.tzinfo is UTC
        found.append(f"{last:%d %H:%M}")
    return found


def test_an_interval_is_real_time():
    schedule = Schedule(interval_seconds=86_400)
    assert next_due(schedule, SPRING, BERLIN) == SPRING + timedelta(days=1)


@pytest.mark.parametrize(
    ("cron", "since", "expected"),
    [
        ("30 2 * * *", SPRING, ["29 01:00", "30 00:30", "31 00:30"]),  # after the gap, at 03:00
        ("30 2 * * *", AUTUMN, ["25 00:30", "26 01:30", "27 01:30"]),  # the first 02:30 only
        ("0 9 * * *", SPRING, ["29 07:00", "30 07:00"]),
        ("0 9 * * *", AUTUMN, ["25 08:00", "26 08:00"]),
        ("0 9 * * 1", SPRING, ["30 07:00", "06 07:00"]),
        ("0 9 * * 1", AUTUMN, ["26 08:00", "02 08:00"]),
    ],
)
def test_a_job_at_a_wall_time_keeps_it(cron: str, since: datetime, expected: list[str]):
    assert dues(cron, since, len(expected)) == expected


@pytest.mark.parametrize("night", ["2026-03-29T00:00:00Z", "2026-10-25T00:00:00Z"])
def test_a_job_every_five_minutes_keeps_to_real_time(night: str):
    last = datetime.fromisoformat(night)
    for _ in range(36):
        due = next_due(Schedule(cron="*/5 * * * *"), last, BERLIN)
        assert due - last == timedelta(minutes=5)
        last = due


def test_a_late_ping_moves_nothing():
    last = datetime(2026, 5, 4, 7, 17, 3, 250_000, tzinfo=UTC)
    due = next_due(Schedule(cron="0 9 * * *"), last, BERLIN)
    assert due == datetime(2026, 5, 5, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"interval_seconds": 60, "cron": "* * * * *"},
        {"cron": "* * * *"},
        {"cron": "61 * * * *"},
        {"cron": "0 0 30 2 *"},
        {"cron": "0 * * * *", "time_zone": "Mars/Olympus"},
        {"interval_seconds": 5},
    ],
)
def test_a_schedule_that_means_nothing_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        HeartbeatFields.model_validate({"kind": "heartbeat", **wrong})


def test_a_cron_expression_is_tidied():
    fields = HeartbeatFields.model_validate({"cron": " 0   9 * *  1-5 "})
    assert fields.cron == "0 9 * * 1-5"
