"""Slack's status API: recordings, rules and the host that moved."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.slack import SlackKind, SlackSource, parse
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    PollFailure,
    PollFailureKind,
    Probe,
    Reading,
    SourceSpec,
    spec_of,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = SlackKind()


def read(payload: Any, *services: str) -> Reading:
    reading = parse(payload, SourceSpec("slack", components=services))
    assert isinstance(reading, Reading)
    return reading


def trouble(kind: str, *services: str, **more: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "title": f"A {kind}",
        "type": kind,
        "status": "active",
        "url": "https://slack-status.com/2026-11/1",
        "date_created": "2026-11-20T02:00:00-08:00",
        "date_updated": "2026-11-20T02:30:00-08:00",
        "services": list(services),
        "notes": [],
    } | more


def current(*incidents: dict[str, Any], status: str | None = None) -> dict[str, Any]:
    return {
        "status": status or ("active" if incidents else "ok"),
        "date_created": "2026-11-20T02:00:00-08:00",
        "active_incidents": list(incidents),
    }


@pytest.mark.parametrize(
    ("recording", "services", "status"),
    [
        ("current-ok", [], Status.OPERATIONAL),
        ("current-notice", [], Status.OPERATIONAL),
        ("current-one-incident", [], Status.DEGRADED),
        ("current-one-incident", ["Messaging"], Status.DEGRADED),
        ("current-one-incident", ["Huddles"], Status.OPERATIONAL),
        ("current-two-incidents", [], Status.DEGRADED),
        ("current-two-incidents", ["Search"], Status.DEGRADED),
        ("current-two-incidents", ["Files"], Status.OPERATIONAL),
    ],
)
def test_a_recorded_answer_means_what_it_says(
    vendor_feeds: Path, recording: str, services: list[str], status: Status
) -> None:
    body = (vendor_feeds / "slack" / f"{recording}.json").read_bytes()
    reading = read(body, *services)
    assert reading.status is status
    assert [one.name for one in reading.components] == services or not services


def test_a_recorded_notice_informs_without_alarm(vendor_feeds: Path) -> None:
    reading = read((vendor_feeds / "slack" / "current-notice.json").read_bytes())
    assert reading.detail == "Some customers are unable to receive 2FA SMS messages"
    assert reading.incidents[0].impact is Status.OPERATIONAL
    assert reading.incidents[0].started_at == datetime(2022, 2, 17, 15, 15, 48, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("notice", Status.OPERATIONAL),
        ("incident", Status.DEGRADED),
        ("outage", Status.MAJOR_OUTAGE),
        ("earthquake", Status.UNKNOWN),
    ],
)
def test_the_type_is_the_status(kind: str, status: Status) -> None:
    assert read(current(trouble(kind, "Messaging"))).status is status


def test_what_is_only_scheduled_is_no_trouble_whatever_its_type() -> None:
    reading = read(current(trouble("incident", "Files", status="scheduled"), status="active"))
    assert (reading.status, reading.maintenance) == (Status.OPERATIONAL, False)
    assert [one.title for one in reading.maintenances] == ["A incident"]


def test_maintenance_is_a_flag() -> None:
    reading = read(current(trouble("maintenance", "Search")))
    assert (reading.status, reading.maintenance) == (Status.OPERATIONAL, True)
    assert reading.incidents == ()
    assert reading.maintenances[0].title == "A maintenance"


def test_trouble_that_names_no_service_concerns_everybody() -> None:
    reading = read(current(trouble("outage")), "Search")
    assert reading.status is Status.MAJOR_OUTAGE
    assert reading.components[0].status is Status.MAJOR_OUTAGE


def test_each_watched_service_has_its_own_state() -> None:
    reading = read(
        current(trouble("incident", "Search"), trouble("outage", "Huddles")), "search", "Files"
    )
    assert [(one.name, one.status) for one in reading.components] == [
        ("search", Status.DEGRADED),
        ("Files", Status.OPERATIONAL),
    ]
    assert reading.status is Status.DEGRADED


@pytest.mark.parametrize("status", ["resolved", "completed", "cancelled"])
def test_what_is_over_does_not_count(status: str) -> None:
    reading = read(current(trouble("outage", status=status), status="ok"))
    assert reading.status is Status.OPERATIONAL


def test_a_contradiction_is_unknown_and_never_green() -> None:
    assert read(current(status="active")).status is Status.UNKNOWN
    assert read(current(status="wobbly")).status is Status.UNKNOWN
    assert read(current(trouble("outage"), status="ok")).status is Status.MAJOR_OUTAGE


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        {"status": "ok"},
        {"status": "ok", "active_incidents": {}},
        {"status": None, "active_incidents": []},
        {"status": "active", "active_incidents": ["x"]},
        {"status": "active", "active_incidents": [{"services": "Search"}]},
    ],
)
def test_another_shape_is_a_failure(payload: Any) -> None:
    outcome = parse(payload, SourceSpec("slack"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.SCHEMA


KEYS = st.sampled_from(["status", "active_incidents", "type", "services", "title", "id", "url"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
ANY_JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner), max_leaves=20
)
ENTRIES = st.lists(st.dictionaries(KEYS, ANY_JSON), max_size=3)


@given(ANY_JSON | st.fixed_dictionaries({"status": st.text(), "active_incidents": ENTRIES}))
def test_any_json_is_a_reading_or_a_failure(payload: Any) -> None:
    outcome = parse(payload, SourceSpec("slack"))
    assert isinstance(outcome, Reading | PollFailure)


async def test_slack_is_polled_at_its_current_status(client: OutgoingClient, serve: Serve) -> None:
    async def slack(asked: web.Request) -> web.Response:
        assert asked.path == "/api/v2.0.0/current"
        return web.Response(body=json.dumps(current()).encode())

    server = await serve(slack)
    spec = SourceSpec("slack", str(server.make_url("")).rstrip("/"))
    outcome, _ = await KIND.poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, Reading)
    assert outcome.detail == "Slack reports no trouble."


async def test_the_old_host_is_poller_health_while_polling_and_found_again_when_testing(
    client: OutgoingClient, serve: Serve
) -> None:
    async def slack(asked: web.Request) -> web.Response:
        if asked.host.startswith("old"):
            raise web.HTTPMovedPermanently(f"http://new.example:{asked.url.port}/")
        if asked.path == "/":
            return web.Response(text="<html>", content_type="text/html")
        return web.Response(body=json.dumps(current(trouble("incident", "Search"))).encode())

    server = await serve(slack)
    spec = SourceSpec("slack", f"http://old.example:{server.port}", ("Files",))
    outcome, _ = await KIND.poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, PollFailure)
    assert outcome.redirected_to == f"http://new.example:{server.port}"
    probe = await KIND.probe(spec, client)
    assert isinstance(probe, Probe)
    assert probe.url == f"http://new.example:{server.port}"
    assert [one.name for one in probe.components] == ["Search"]
    assert probe.reading.status is Status.OPERATIONAL


def test_slacks_address_is_known() -> None:
    assert spec_of(SlackSource()) == SourceSpec("slack", "https://slack-status.com")
    assert KIND.normalise("slack-status.com/api/v2.0.0/current") == "https://slack-status.com"
