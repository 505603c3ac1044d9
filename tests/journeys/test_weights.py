"""How much trouble weighs is said once, and every figure of uptime agrees."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.journey import Journey, journey

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
SHOP = {"id": "shop", "name": "Shop", "category": "sales", "source": {"kind": "manual"}}
WEIGHTS = {"UPTIME_WEIGHT_PARTIAL_OUTAGE": 0.5, "UPTIME_WEIGHT_DEGRADED": 0.1}


async def lives(trip: Journey) -> None:
    """An hour well, half an hour partly out, half an hour degraded."""
    await trip.set_up()
    await trip.post("/status-pages/main/components", {"service_id": "shop"}, status=201)
    for status, minutes in (("operational", 60), ("partial_outage", 30), ("degraded", 30)):
        said = {"new_status": status, "reason": "Seen on the shelf."}
        await trip.post("/services/shop/status", said)
        await trip.pass_time(timedelta(minutes=minutes))
    await trip.post("/services/shop/status", {"new_status": "unknown", "reason": "Gone home."})


@pytest.mark.parametrize(
    ("weights", "lost", "percent"), [({}, 1800, 75.0), (WEIGHTS, 1080, 85.0)], ids=["usual", "own"]
)
async def test_uptime_sla_budget_and_page_weigh_alike(
    database_url: str, tmp_path: Path, weights: dict[str, Any], lost: int, percent: float
):
    async with journey(database_url, tmp_path, NOON, lambda _: [SHOP], **weights) as trip:
        await lives(trip)
        [sla] = (await trip.get("/services/sla"))["items"]
        assert set(sla["uptime_percent"].values()) == {percent}
        assert set(sla["lost_seconds"].values()) == {lost}
        [history] = (await trip.get("/services/sla/history?days=1"))["items"]
        assert history["days"][-1]["uptime_percent"] == percent
        slo = await trip.get("/services/shop/slo")
        assert sum(loss["seconds"] for loss in slo["losses"]) == lost
        assert slo["points"][-1]["lost_seconds"] == lost
        [component] = (await trip.page())["components"]
        assert component["uptime_percent"] == percent
