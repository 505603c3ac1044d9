"""Jobs that call in, over the real routes: done, start, fail, exit codes, and silence."""

import pytest

from tests.detection.signals.heartbeats.conftest import BASE, Jobs
from tocsin.kernel.status import Status


async def test_before_its_first_ping_a_job_is_unknown_and_no_outage(jobs: Jobs):
    await jobs.passes(7 * 86_400)
    shown = await jobs.shown()
    assert (shown["status"], shown["detail"]) == ("unknown", "Waiting for the first ping.")
    assert all(not sample.status.is_trouble for sample in jobs.samples.all)


async def test_a_ping_is_good_news_at_once(jobs: Jobs):
    await jobs.ping()
    sample = jobs.samples.last
    assert (sample.status, sample.settled, sample.counts) == (Status.OPERATIONAL, True, True)
    for method in ("HEAD", "POST"):
        await jobs.ping(method=method)
    assert (await jobs.shown())["status"] == "operational"


async def test_silence_beyond_due_and_grace_is_an_outage_until_the_next_ping(jobs: Jobs):
    await jobs.ping()
    for _ in range(3):
        await jobs.passes(3_600)
        assert jobs.samples.last.status is Status.OPERATIONAL
        await jobs.ping()
    await jobs.passes(3_899)
    assert jobs.samples.last.status is Status.OPERATIONAL
    await jobs.passes(1)
    down = jobs.samples.last
    assert (down.status, down.settled) == (Status.MAJOR_OUTAGE, True)
    assert down.detail == "No ping by 2026-03-03 16:05:00 UTC, due at 2026-03-03 16:00:00 UTC."
    await jobs.ping()
    assert jobs.samples.last.status is Status.OPERATIONAL


@pytest.mark.parametrize(
    ("what", "words"),
    [("/fail", "The job reported a failure."), ("/3", "The job ended with exit code 3.")],
)
async def test_a_failure_is_an_outage_at_once(jobs: Jobs, what: str, words: str):
    await jobs.ping()
    await jobs.ping(what, "POST", content=b"disk \x00full \xff")
    down = jobs.samples.last
    assert (down.status, down.detail) == (Status.MAJOR_OUTAGE, words)
    last = (await jobs.admin.get(f"/monitors/{jobs.monitor['id']}/heartbeat")).json()
    assert last["text"] == "disk full �"
    assert last["exit_code"] == (3 if what == "/3" else None)
    await jobs.ping("/0")
    assert jobs.samples.last.status is Status.OPERATIONAL


async def test_a_run_is_measured_from_its_start(jobs: Jobs):
    await jobs.ping("/start")
    assert (await jobs.shown())["status"] == "unknown"
    await jobs.passes(90)
    await jobs.ping()
    assert (await jobs.shown())["response_ms"] == 90_000
    await jobs.passes(1_200)
    assert jobs.samples.last.status is Status.OPERATIONAL


async def test_a_run_that_never_ends_is_a_fault(jobs: Jobs):
    await jobs.ping()
    await jobs.ping("/start")
    await jobs.passes(599)
    assert jobs.samples.last.status is Status.OPERATIONAL
    await jobs.passes(1)
    down = jobs.samples.last
    assert down.status is Status.MAJOR_OUTAGE
    assert down.detail == "Started at 2026-03-03 12:00:00 UTC, not finished within 600 s."


async def test_only_ten_thousand_bytes_are_kept(jobs: Jobs):
    await jobs.ping("", "POST", content=b"x" * 50_000)
    last = (await jobs.admin.get(f"/monitors/{jobs.monitor['id']}/heartbeat")).json()
    assert len(last["text"]) == 10_000


async def test_a_job_may_post_a_log_of_any_length(jobs: Jobs):
    await jobs.ping("", "POST", content=b"x" * 3_000_000)
    assert jobs.samples.last.status is Status.OPERATIONAL


@pytest.mark.parametrize("what", ["/", "/start/", "/0/"])
async def test_a_slash_at_the_end_loses_no_ping(jobs: Jobs, what: str):
    await jobs.ping(what)
    last = (await jobs.admin.get(f"/monitors/{jobs.monitor['id']}/heartbeat")).json()
    assert last["started_at" if "start" in what else "pinged_at"] is not None


@pytest.mark.parametrize("what", ["", "/start", "/fail", "/0"])
async def test_an_unknown_key_is_not_found(jobs: Jobs, what: str):
    answer = await jobs.job.get(f"{BASE}/ping/{'x' * 24}{what}")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "code", ["256", "-1", "abc", "99999999999999999999", "0000999", "0" * 5_000]
)
async def test_an_exit_code_is_a_byte(jobs: Jobs, code: str):
    assert (await jobs.job.get(f"{jobs.monitor['ping_url']}/{code}")).status_code == 404


async def test_who_may_not_edit_monitors_does_not_see_the_address(jobs: Jobs):
    viewer = await jobs.door.as_role("viewer")
    shown = (await viewer.get(f"/monitors/{jobs.monitor['id']}")).json()
    assert shown["ping_url"] is None
    assert jobs.monitor["ping_url"] == (await jobs.shown())["ping_url"]


async def test_a_removed_heartbeat_is_not_waited_for(jobs: Jobs):
    await jobs.ping()
    await jobs.admin.delete(f"/monitors/{jobs.monitor['id']}")
    answer = await jobs.job.get(jobs.monitor["ping_url"])
    assert answer.status_code == 404
    await jobs.passes(86_400)
    assert all(not sample.status.is_trouble for sample in jobs.samples.all)


async def test_a_new_schedule_counts_from_the_last_ping(jobs: Jobs):
    await jobs.ping()
    change = {"interval_seconds": 7_200}
    edited = await jobs.admin.patch(f"/monitors/{jobs.monitor['id']}", json=change)
    assert edited.status_code == 200, edited.text
    await jobs.passes(7_499)
    assert not jobs.samples.last.status.is_trouble
    await jobs.passes(1)
    assert jobs.samples.last.status is Status.MAJOR_OUTAGE
