"""The figures for Prometheus: they are fed, and they name nobody."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.support.journey import Journey, journey
from tocsin.app.worker import show_backlog
from tocsin.platform.observability import Metrics


async def text(client: AsyncClient) -> str:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    return answer.text


SHOP = {"id": "secret-shop", "name": "Shop", "category": "sales", "source": {"kind": "manual"}}
START = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def postgres_url(bare_postgres_url: str) -> str:
    """A journey migrates."""
    return bare_postgres_url


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
