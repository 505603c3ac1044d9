"""The figures for Prometheus: they are fed, and they name nobody."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import event
from sqlalchemy import text as text_clause

from tests.journeys.vendors import summary
from tests.support.journey import Journey, Vendor, journey
from tocsin.app.worker import show_backlog
from tocsin.detection.signals import oldest_poll
from tocsin.platform.database import ReadTx
from tocsin.platform.observability import Metrics


async def text(client: AsyncClient) -> str:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    return answer.text


SHOP = {"id": "secret-shop", "name": "Shop", "category": "sales", "source": {"kind": "manual"}}
START = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
async def trip(database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    async with journey(database_url, tmp_path, START, lambda _: [SHOP]) as found:
        yield found


async def test_requests_are_counted_by_template_and_name_nobody(trip: Journey):
    await trip.set_up()
    await trip.operator.get("/api/v1/services/secret-shop")
    await trip.operator.get("/api/services/secret-shop")
    await trip.stranger.get("/api/v1/services/nowhere")
    shown = await text(trip.stranger)
    good = 'http_requests_total{method="GET",route="/services/{service_id}",status="2xx"} 2.0'
    assert good in shown
    assert 'route="/services/{service_id}",status="4xx"} 1.0' in shown
    assert "secret-shop" not in shown
    assert "nowhere" not in shown
    assert 'write_wait_seconds_count{lane="urgent"}' in shown


async def test_what_waits_is_counted_with_its_age(trip: Journey):
    await trip.house.platform.database.write(
        trip.house.context, lambda tx: tx.schedule("nobody.does", "this")
    )
    trip.clock.move(timedelta(minutes=3))
    await show_backlog(trip.house)
    shown = await text(trip.stranger)
    assert 'backlog{of="agenda_normal"} 1.0' in shown
    assert 'backlog_age_seconds{of="agenda_normal"} 180.0' in shown
    assert 'backlog{of="deliveries"} 0.0' in shown
    assert "open_circuits 0.0" in shown


async def test_outcomes_become_labels():
    metrics = Metrics()
    metrics.note_delivery("mail", "sent")
    metrics.note_item("urgent", "failed")
    metrics.note_outgoing("poll", "timeout", 15.0)
    metrics.show_findings(2)
    shown = metrics.text().decode()
    assert 'delivery_attempts_total{channel="mail",outcome="sent"} 1.0' in shown
    assert 'agenda_items_total{lane="urgent",outcome="failed"} 1.0' in shown
    assert 'outgoing_requests_total{outcome="timeout",purpose="poll"} 1.0' in shown
    assert "auditor_findings 2.0" in shown


WATCHED = "secret-watched"


def watching(vendor: Vendor) -> list[dict[str, Any]]:
    feed = {"kind": "statuspage", "url": vendor.url}
    check = {"kind": "http", "url": f"{vendor.url}/secret-path", "interval_seconds": 60}
    common = {"category": "sales"}
    return [
        {"id": "secret-feed", "name": "Feed", "source": feed, **common},
        {"id": WATCHED, "name": "Watched", "source": check, **common},
    ]


async def test_checks_and_polls_are_counted_by_kind_and_outcome_and_name_nobody(
    database_url: str, tmp_path: Path
):
    async with journey(database_url, tmp_path, START, watching, page=summary()) as trip:
        await trip.pass_time(timedelta(minutes=3))
        trip.vendor.site_status = 500
        trip.vendor.shows(b"no JSON")
        await trip.pass_time(timedelta(minutes=2))
        await trip.checker.keep()
        await show_backlog(trip.house)
        shown = await text(trip.stranger)
    figures = dict(line.rsplit(" ", 1) for line in shown.splitlines() if line[0] != "#")

    def figure(name: str, **labels: str) -> float:
        told = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
        return float(figures[f"{name}{{{told}}}" if told else name])

    well = figure("checks_total", kind="http", outcome="ok")
    down = figure("checks_total", kind="http", outcome="down")
    assert well >= 3
    assert down >= 2
    assert figure("check_lateness_seconds_count") == well + down
    assert figure("polls_total", kind="statuspage", outcome="read") == 1
    assert figure("polls_total", kind="statuspage", outcome="unchanged") >= 2
    assert figure("polls_total", kind="statuspage", outcome="not_json") >= 1
    assert figure("checks_running") == 0
    assert figure("checks_watched") == 1
    assert figure("backlog", of="checks") == 0
    assert 0 <= figure("oldest_poll_age_seconds") <= 60
    for word in ("secret", "127.0.0.1", "Watched"):
        assert word not in shown


async def test_a_feed_that_nobody_asks_grows_old_in_the_figures(database_url: str, tmp_path: Path):
    async with journey(database_url, tmp_path, START, watching, page=summary()) as trip:
        trip.clock.move(timedelta(minutes=9))
        await show_backlog(trip.house)
        figure = "oldest_poll_age_seconds"
        assert f"{figure} 540.0" in await text(trip.stranger)


async def test_checks_that_wait_are_counted_with_their_age(database_url: str, tmp_path: Path):
    async with journey(database_url, tmp_path, START, watching, page=summary()) as trip:
        await trip.checker.keep()
        trip.clock.move(timedelta(minutes=10))  # its place is in one of the first two minutes
        await trip.checker.keep()
        shown = await text(trip.stranger)
        assert 'backlog{of="checks"} 1.0' in shown
        [age] = [
            line
            for line in shown.splitlines()
            if line.startswith('backlog_age_seconds{of="checks"')
        ]
        assert 480 <= float(age.rsplit(" ", 1)[1]) <= 600
        await trip.checker.stop()
        shown = await text(trip.stranger)
        assert 'backlog{of="checks"} 0.0' in shown
        assert "checks_watched 0.0" in shown


async def test_the_oldest_poll_is_found_by_an_index(sqlite_url: str, tmp_path: Path):
    async with journey(sqlite_url, tmp_path, START, watching, page=summary()) as trip:
        asked: list[str] = []

        def look(tx: ReadTx) -> None:
            def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
                asked.append(statement.replace("?", "1"))

            event.listen(tx.connection, "before_cursor_execute", note)
            oldest_poll(tx)
            event.remove(tx.connection, "before_cursor_execute", note)

        database = trip.house.platform.database
        await database.read(trip.house.context, look)
        for statement in asked:
            plan = text_clause(f"EXPLAIN QUERY PLAN {statement}")
            steps = await database.read(trip.house.context, ReadTx.all, plan)
            assert "ix_sources_asked" in str(steps), steps
        assert len(asked) == 2
