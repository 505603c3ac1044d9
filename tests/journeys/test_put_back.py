"""PUT of what GET gave changes nothing, wherever something can be edited."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.journey import Journey, journey

START = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
async def trip(database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    async with journey(database_url, tmp_path, START, lambda _: []) as found:
        await found.set_up()
        yield found


async def _filled(trip: Journey) -> list[str]:
    """One of everything; answers where each can be edited."""
    shop = {"id": "shop", "name": "Shop", "category": "sales", "source": {"kind": "manual"}}
    await trip.post("/services", shop, status=201)
    check = {"service_id": "shop", "kind": "http", "name": "Door", "url": f"{trip.vendor.url}/"}
    monitor = await trip.post("/monitors", check, status=201)
    incident = await trip.post("/incidents", {"title": "Slow", "severity": "low"}, status=201)
    await trip.post("/teams", {"slug": "ops", "name": "Operations"}, status=201)
    slow = {"name": "Slow", "service_id": "shop", "condition": "response_time > 2s"}
    trigger = await trip.post("/triggers", slow, status=201)
    guest = {"email": "guest@example.org", "name": "Guest", "role": "viewer"}
    person = await trip.post("/users", guest, status=201)
    component = await trip.post(
        "/status-pages/main/components", {"service_id": "shop", "group": "Ours"}, status=201
    )
    channels = [
        await trip.post("/channels", {"kind": "mail", "address": "a@example.org"}, status=201),
        await trip.post("/channels", {"kind": "slack", "url": f"{trip.sink.url}/x"}, status=201),
        await trip.post("/channels", {"kind": "webhook", "url": f"{trip.sink.url}/y"}, status=201),
    ]
    return [
        "/services/shop",
        f"/monitors/{monitor['id']}",
        f"/triggers/{trigger['id']}",
        f"/incidents/{incident['id']}",
        "/teams/ops",
        f"/users/{person['id']}",
        "/status-pages/main",
        f"/status-pages/main/components/{component['id']}",
        *(f"/channels/{channel['id']}" for channel in channels),
        "/settings/opening-rule",
        "/tenants/default",
    ]


async def test_what_was_read_may_be_sent_back_and_changes_nothing(trip: Journey):
    for path in await _filled(trip):
        if "/components/" in path:
            [there] = (await trip.get("/status-pages/main"))["components"]
        else:
            there = await trip.get(path)
        answer = await trip.operator.put(f"/api/v1{path}", json=there)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        assert answer.json().get("version") == there.get("version"), path


@pytest.mark.parametrize("wrong", [{"colour": "red"}, {"id": "other"}])
async def test_a_field_that_cannot_be_changed_is_named(trip: Journey, wrong: dict[str, object]):
    for path in await _filled(trip):
        answer = await trip.operator.patch(f"/api/v1{path}", json=wrong)
        if answer.status_code == 405 or (path == "/settings/opening-rule"):
            continue  # it is replaced as a whole
        assert answer.status_code == 422, f"{path}: {answer.text}"
        assert [one["field"] for one in answer.json()["errors"]] == list(wrong), path
