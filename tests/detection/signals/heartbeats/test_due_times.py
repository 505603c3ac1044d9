"""When a job is due by its cron expression: while it is written, and on the heartbeat's page."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.detection.signals.heartbeats.conftest import Jobs

PREVIEW = "/monitors/heartbeat/preview"
SPRING = datetime(
    2026, 3, 28, 12, tzinfo=UTC
)  # Berlin's clocks jump from 02:00 to 03:00 next night
AUTUMN = datetime(2026, 10, 24, 12, tzinfo=UTC)  # its hour from 02:00 comes twice next night

ACROSS_SPRING = ["03-29T01:00", "03-30T00:30", "03-31T00:30", "04-01T00:30", "04-02T00:30"]
ACROSS_AUTUMN = ["10-25T00:30", "10-26T01:30", "10-27T01:30", "10-28T01:30", "10-29T01:30"]


async def preview(jobs: Jobs, cron: str, time_zone: str = "Europe/Berlin") -> dict[str, Any]:
    answer = await jobs.admin.post(PREVIEW, json={"cron": cron, "time_zone": time_zone})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def short(instants: list[str]) -> list[str]:
    """Month, day and time of instants in UTC."""
    assert all(instant.endswith(":00Z") for instant in instants)
    return [instant[5:16] for instant in instants]


@pytest.mark.parametrize(("today", "expected"), [(SPRING, ACROSS_SPRING), (AUTUMN, ACROSS_AUTUMN)])
async def test_the_next_five_due_times_keep_the_wall_time_where_clocks_change(
    jobs: Jobs, today: datetime, expected: list[str]
):
    jobs.door.house.clock.move_to(today)
    found = await preview(jobs, "30  2 * * *")
    assert short(found["next_due_at"]) == expected
    assert (found["cron"], found["words"]) == ("30 2 * * *", "At 02:30 every day")


async def test_the_hour_that_comes_twice_is_one_hour_for_jobs_that_run_every_few_minutes(
    jobs: Jobs,
):
    jobs.door.house.clock.move_to(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    found = await preview(jobs, "*/20 * * * *")
    assert [instant[11:16] for instant in found["next_due_at"]] == [
        "00:40",
        "01:00",
        "01:20",
        "01:40",
        "02:00",
    ]


async def test_without_a_zone_the_expression_is_read_in_utc(jobs: Jobs):
    answer = await jobs.admin.post(PREVIEW, json={"cron": "0 3 * * *"})
    assert short(answer.json()["next_due_at"])[0] == "03-04T03:00"


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"cron": "* * * *"}, "cron", "expected five fields"),
        ({"cron": "61 * * * *"}, "cron", "the minute cannot be read"),
        ({"cron": "0 0 30 2 *"}, "cron", "the day of month cannot be read or never comes"),
        ({"cron": "0 0 1-7 * 1 " + "1" * 200}, "cron", "at most 200 characters"),
        ({"cron": "0 3 * * *", "time_zone": "Mars/Olympus"}, "time_zone", "no time zone"),
        ({"cron": "0 3 * * *", "grace": 5}, "grace", ""),
        ({}, "cron", ""),
    ],
)
async def test_what_cannot_be_read_is_refused_at_its_field(
    jobs: Jobs, wrong: dict[str, Any], field: str, words: str
):
    answer = await jobs.admin.post(PREVIEW, json=wrong)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert words in error["message"]


async def test_only_who_may_write_monitors_tries_expressions_out(jobs: Jobs):
    body = {"cron": "0 3 * * *"}
    viewer = await jobs.door.as_role("viewer")
    assert (await viewer.post(PREVIEW, json=body)).status_code == 403
    assert (await jobs.door.client().post(PREVIEW, json=body)).status_code == 401


@pytest.mark.parametrize(("today", "expected"), [(SPRING, ACROSS_SPRING), (AUTUMN, ACROSS_AUTUMN)])
async def test_the_page_of_a_job_shows_when_it_is_due_next(
    jobs: Jobs, today: datetime, expected: list[str]
):
    body = {
        "service_id": "batch",
        "kind": "heartbeat",
        "cron": "30 2 * * *",
        "time_zone": "Europe/Berlin",
    }
    made = (await jobs.admin.post("/monitors", json=body)).json()
    jobs.door.house.clock.move_to(today)
    viewer = await jobs.door.as_role("viewer")
    shown = (await viewer.get(f"/monitors/{made['id']}/heartbeat")).json()
    assert short(shown["next_due_at"]) == expected


async def test_a_job_with_an_interval_has_no_such_times(jobs: Jobs):
    shown = (await jobs.admin.get(f"/monitors/{jobs.monitor['id']}/heartbeat")).json()
    assert shown["next_due_at"] == []


async def test_a_removed_job_has_no_page(jobs: Jobs):
    one = f"/monitors/{jobs.monitor['id']}"
    await jobs.admin.delete(one)
    assert (await jobs.admin.get(f"{one}/heartbeat")).status_code == 404
