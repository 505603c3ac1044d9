"""Outages that nobody touches, statuses set by hand, own websites, and vendors that talk nonsense."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.journeys.vendors import outages, status_of, summary
from tests.support.journey import Journey, Vendor, journey

START = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DOWN = summary("major_outage", "critical")
FINE = summary()


def services(vendor: Vendor) -> list[dict[str, Any]]:
    return [
        {
            "id": "vendor",
            "name": "Vendor",
            "category": "engineering",
            "tier": 1,
            "source": {"kind": "statuspage", "url": vendor.url},
        },
        {
            "id": "telephone",
            "name": "Telephone",
            "category": "support",
            "tier": 1,
            "source": {"kind": "manual"},
        },
    ]


@asynccontextmanager
async def set_out(url: str, folder: Path) -> AsyncIterator[Journey]:
    """A house that has polled its well vendor for a while, with an operator."""
    async with journey(url, folder, START, services, page=FINE) as trip:
        await trip.set_up()
        await trip.pass_time(3 * MINUTE)
        yield trip


def stamp(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


async def test_an_untouched_incident_resolves_by_itself(database_url: str, tmp_path: Path):
    async with set_out(database_url, tmp_path) as trip:
        trip.vendor.shows(DOWN)
        await trip.pass_time(12 * MINUTE)
        [incident] = await trip.incidents()
        assert (incident["status"], incident["severity"]) == ("open", "critical")
        trip.vendor.shows(FINE)
        await trip.pass_time(3 * MINUTE)
        [expected] = outages([(one.at, status_of(one.body)) for one in trip.vendor.polls()])
        [alert] = await trip.alerts()
        assert alert["raised_at"] == stamp(expected.raised_at)
        assert expected.over is not None
        assert alert["resolved_at"] == stamp(expected.over)
        [incident] = await trip.incidents()
        assert (incident["status"], incident["resolved_at"]) == (
            "resolved",
            stamp(expected.over),
        )
        kinds = await trip.kinds(incident["id"])
        assert "incident.recovery_observed" not in kinds
        assert kinds[-1] == "incident.resolved"


async def test_a_status_set_by_hand_alerts_at_once_and_can_be_released(
    database_url: str, tmp_path: Path
):
    async with set_out(database_url, tmp_path) as trip:
        said = {"new_status": "major_outage", "reason": "Customers call"}
        shown = await trip.post("/services/vendor/status", said)
        assert (shown["status"], shown["set_by_hand"]) == ("major_outage", True)
        [alert] = await trip.alerts()
        assert alert["raised_at"] == stamp(trip.clock.now())
        assert len(await trip.incidents()) == 1
        await trip.pass_time(5 * MINUTE)
        assert (await trip.service())["status"] == "major_outage"
        shown = await trip.post("/services/vendor/release")
        assert (shown["status"], shown["set_by_hand"]) == ("operational", False)
        await trip.pass_time(3 * MINUTE)
        [alert] = await trip.alerts()
        assert alert["state"] == "resolved"
        [incident] = await trip.incidents()
        assert incident["status"] == "resolved"


async def test_a_service_without_a_feed_is_what_people_say(sqlite_url: str, tmp_path: Path):
    async with set_out(sqlite_url, tmp_path) as trip:
        assert (await trip.service("telephone"))["poller_health"] == "manual"
        answer = await trip.operator.post(
            "/api/v1/services/telephone/status", json={"new_status": "major_outage", "reason": " "}
        )
        assert answer.status_code == 422
        said = {"new_status": "major_outage", "reason": "The line is dead"}
        await trip.post("/services/telephone/status", said)
        assert [one["service_id"] for one in await trip.alerts()] == ["telephone"]
        said = {"new_status": "operational", "reason": "It rings again"}
        await trip.post("/services/telephone/status", said)
        [alert] = await trip.alerts()
        assert alert["state"] == "resolved"


async def test_the_timeline_is_asked_for_one_service_or_one_category(
    sqlite_url: str, tmp_path: Path
):
    async with set_out(sqlite_url, tmp_path) as trip:
        await trip.post("/services/telephone/status", {"new_status": "degraded", "reason": "Noise"})

        async def changed(query: str) -> set[str]:
            found = await trip.get(f"/timeline{query}")
            return {one["service_id"] for one in found["items"]}

        assert await changed("") == {"vendor", "telephone"}
        assert await changed("?service=telephone") == {"telephone"}
        assert await changed("?category=engineering") == {"vendor"}
        assert await changed("?service=telephone&category=engineering") == set()
        assert await changed("?service=nobody") == set()


async def test_an_own_website_goes_down_and_comes_back(sqlite_url: str, tmp_path: Path):
    async with set_out(sqlite_url, tmp_path) as trip:
        shop = {
            "id": "shop",
            "name": "Shop",
            "category": "sales",
            "tier": 1,
            "source": {"kind": "http", "url": f"{trip.vendor.url}/shop", "keyword": "Welcome"},
        }
        await trip.post("/services", shop, status=201)
        await trip.pass_time(2 * MINUTE)
        assert (await trip.service("shop"))["status"] == "operational"
        trip.vendor.site = "We are sorry"
        await trip.pass_time(3 * MINUTE)
        found = await trip.service("shop")
        assert found["status"] != "operational"
        assert found["poller_health"] == "ok"
        trip.vendor.site_status = 503
        await trip.pass_time(14 * MINUTE)
        assert (await trip.service("shop"))["status"] == "major_outage"
        assert [one["service_id"] for one in await trip.alerts()] == ["shop"]
        assert len(await trip.incidents()) == 1
        trip.vendor.site, trip.vendor.site_status = "Welcome", 200
        await trip.pass_time(4 * MINUTE)
        assert (await trip.service("shop"))["status"] == "operational"
        [alert] = await trip.alerts()
        assert alert["state"] == "resolved"


NONSENSE = {
    "garbage": b"<html><title>503</title>",
    "empty": b"",
    "another shape": b'{"components": "all fine"}',
}


async def test_a_vendor_that_talks_nonsense_is_unknown_not_down(sqlite_url: str, tmp_path: Path):
    async with set_out(sqlite_url, tmp_path) as trip:
        for kind in (*NONSENSE, "redirect"):
            await talks_nonsense(trip, kind)
        broke = [text for text in trip.said_in_slack() if text.startswith("Cannot be read")]
        assert len(broke) == len(NONSENSE) + 1
        why = [re.search(r"in a row\. (.+\.) Until", text) for text in broke]
        assert len({found[1] for found in why if found}) >= len(NONSENSE)
        assert (await trip.alerts(), await trip.incidents()) == ([], [])


async def talks_nonsense(trip: Journey, kind: str) -> None:
    """The vendor falls silent in its own way, and comes to its senses."""
    good = (await trip.service())["checked_at"]
    if kind == "redirect":
        trip.vendor.redirects("http://localhost:9/elsewhere")
    else:
        trip.vendor.shows(NONSENSE[kind])
    await trip.pass_time(2 * MINUTE)
    found = await trip.service()
    assert (found["status"], found["poller_health"]) == ("operational", "failing"), kind
    await trip.pass_time(13 * MINUTE)
    found = await trip.service()
    assert (found["status"], found["poller_health"]) == ("unknown", "broken"), kind
    assert (found["last_good_status"], found["last_good_at"]) == ("operational", good), kind
    [source] = found["sources"]
    assert source["last_error"]
    assert (source["moved_to"] is not None) == (kind == "redirect")
    stranger = (await trip.stranger.get("/api/services/vendor")).json()
    assert (stranger["poller_health"], stranger["detail"]) == ("broken", None)
    trip.vendor.shows(FINE)
    await trip.pass_time(7 * MINUTE)
    found = await trip.service()
    assert (found["status"], found["poller_health"]) == ("operational", "ok"), kind


async def test_flapping_within_an_episode_is_sent_once(database_url: str, tmp_path: Path):
    async with set_out(database_url, tmp_path) as trip:
        trip.vendor.shows(DOWN)
        await trip.pass_time(12 * MINUTE)
        for _ in range(3):
            trip.vendor.shows(summary("degraded"))
            await trip.pass_time(3 * MINUTE)
            trip.vendor.shows(DOWN)
            await trip.pass_time(12 * MINUTE)
        [alert] = await trip.alerts()
        assert (alert["state"], alert["status"]) == ("firing", "major_outage")
        assert len(await trip.incidents()) == 1
        assert len(trip.said_in_slack()) == 1
        trip.vendor.shows(FINE)
        await trip.pass_time(3 * MINUTE)
        trip.vendor.shows(DOWN)
        await trip.pass_time(12 * MINUTE)
        assert [one["state"] for one in await trip.alerts()] == ["resolved", "firing"]
        assert len(trip.said_in_slack()) == 3
