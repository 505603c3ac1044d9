"""Google's incident files: products, locations and every generation of the schema."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import ValidationError

from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.google_cloud import GoogleCloudKind, GoogleCloudSource
from tocsin.adapters.feeds.google_workspace import GoogleWorkspaceKind, GoogleWorkspaceSource
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    PollFailure,
    PollFailureKind,
    Reading,
    SourceSpec,
    spec_of,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = GoogleCloudKind()
SQL, RUN = {"id": "q1", "title": "Cloud SQL"}, {"id": "r1", "title": "Cloud Run"}
UP, SLOW, PART, DOWN, DARK = (
    Status.OPERATIONAL,
    Status.DEGRADED,
    Status.PARTIAL_OUTAGE,
    Status.MAJOR_OUTAGE,
    Status.UNKNOWN,
)


def place(identity: str, title: str | None = None) -> dict[str, Any]:
    return {"id": identity, "title": title or identity.title()}


def entry(*products: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": "abc",
        "number": "1",
        "begin": "2026-11-20T10:00:00+00:00",
        "modified": "2026-11-20T10:30:00+00:00",
        "external_desc": "Something is slow",
        "status_impact": "SERVICE_DISRUPTION",
        "severity": "medium",
        "service_key": "zall",
        "service_name": "Multiple Products",
        "affected_products": list(products),
        "uri": "incidents/abc",
        "updates": [],
        "most_recent_update": {"affected_locations": []},
        "currently_affected_locations": [],
        "previously_affected_locations": [],
    } | more


def legacy(**more: Any) -> dict[str, Any]:
    return {
        "begin": "2020-11-05T20:22:48Z",
        "end": "",
        "external_desc": "Ingestion is late",
        "most-recent-update": {"text": "…"},
        "number": 20008,
        "public": True,
        "service_key": "appengine",
        "service_name": "Google App Engine",
        "severity": "medium",
        "updates": [],
        "uri": "/incident/appengine/20008",
    } | more


def read(payload: Any, *components: str, **options: Any) -> Reading:
    body = json.dumps(payload).encode()
    reading = KIND.parse(body, SourceSpec("google_cloud", None, components, options))
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize(
    ("recording", "components", "locations", "status"),
    [
        ("legacy-schema-2020-11-07", [], [], UP),
        ("legacy-schema-2020-11-07", ["Google App Engine", "compute"], [], UP),
        ("none-open-2026-08-20", [], [], UP),
        ("none-open-2026-08-20", ["Vertex Gemini API"], ["us-west1"], UP),
        ("open-disruption-2026-07-16", [], [], SLOW),
        ("open-disruption-2026-07-16", [], ["europe-west4"], SLOW),
        ("open-disruption-2026-07-16", [], ["Netherlands (europe-west4)"], SLOW),
        ("open-disruption-2026-07-16", [], ["us-west1"], UP),
        ("open-disruption-2026-07-16", ["Bare Metal Solution"], ["europe-west4-a"], SLOW),
        ("open-disruption-2026-07-16", ["5gQF7Qk9XfQ32pStX6Hb"], [], SLOW),
        ("open-disruption-2026-07-16", ["Google BigQuery"], [], UP),
        ("open-disruption-2026-07-16", ["Bare Metal Solution"], ["us-east1"], UP),
    ],
)
def test_a_recorded_history_means_what_it_says(
    vendor_feeds: Path,
    recording: str,
    components: list[str],
    locations: list[str],
    status: Status,
) -> None:
    body = (vendor_feeds / "google-cloud" / f"incidents-{recording}.json").read_bytes()
    spec = SourceSpec("google_cloud", None, tuple(components), {"locations": locations})
    reading = KIND.parse(body, spec)
    assert isinstance(reading, Reading)
    assert reading.status is status
    assert not reading.missing
    assert bool(reading.incidents) == (status is not UP)


@pytest.mark.parametrize("recording", ["legacy-schema-2020-11-07", "none-open-2026-08-20"])
@pytest.mark.parametrize("end", [None, "", "missing"])
def test_any_recorded_incident_without_its_end_is_open(
    vendor_feeds: Path, recording: str, end: str | None
) -> None:
    file = vendor_feeds / "google-cloud" / f"incidents-{recording}.json"
    history = json.loads(file.read_bytes())
    high = next(one for one in history if one["severity"] == "high")
    high["end"] = end
    if end == "missing":
        del high["end"]
    reading = read(history)
    assert reading.status is DOWN
    assert [one.name for one in reading.incidents] == [reading.detail]
    assert reading.incidents[0].started_at == datetime.fromisoformat(high["begin"]).astimezone(UTC)


@pytest.mark.parametrize(
    ("impact", "severity", "status"),
    [
        ("SERVICE_INFORMATION", "low", UP),
        ("SERVICE_INFORMATION", "high", UP),
        ("AVAILABLE", "high", UP),
        ("SERVICE_DISRUPTION", "low", SLOW),
        ("SERVICE_DISRUPTION", "medium", SLOW),
        ("SERVICE_DISRUPTION", "high", PART),
        ("SERVICE_DISRUPTION", None, SLOW),
        ("SERVICE_OUTAGE", "medium", DOWN),
        ("SERVICE_EXPLOSION", "high", DARK),
        (None, "low", UP),
        (None, "medium", SLOW),
        (None, "high", DOWN),
        (None, "purple", DARK),
        (None, None, DARK),
    ],
)
def test_impact_and_severity_are_the_state(
    impact: str | None, severity: str | None, status: Status
) -> None:
    reading = read([entry(SQL, status_impact=impact, severity=severity)])
    assert reading.status is status
    assert [(one.id, one.status) for one in reading.components] == [("q1", status)]


def test_only_the_products_that_an_incident_names_are_touched() -> None:
    history = [entry(SQL), entry(RUN, end="2026-11-01T10:00:00Z", status_impact="SERVICE_OUTAGE")]
    reading = read(history)
    assert {one.name: one.status for one in reading.components} == {
        "Cloud SQL": SLOW,
        "Cloud Run": UP,
    }
    assert read(history, "Cloud Run").status is UP
    assert read(history, "cloud sql").status is SLOW


def test_an_incident_that_names_no_product_concerns_everybody() -> None:
    assert read([entry(), entry(RUN, end="x")], "Cloud Run").status is SLOW
    assert read([legacy(service_key="zall", service_name="Infrastructure")], "x").status is SLOW


def test_a_watched_product_without_incidents_works() -> None:
    reading = read([entry(SQL)], "Pub/Sub")
    assert (reading.status, reading.missing) == (UP, ())
    assert [(one.name, one.raw) for one in reading.components] == [("Pub/Sub", "nothing reported")]


def test_a_product_under_a_new_id_is_found_by_its_name() -> None:
    spec = SourceSpec("google_cloud", None, ("old",), known_names={"old": "Cloud SQL"})
    reading = KIND.parse(json.dumps([entry(SQL)]).encode(), spec)
    assert isinstance(reading, Reading)
    assert reading.status is SLOW
    assert [drift.now_id for drift in reading.missing] == ["q1"]


def test_a_renamed_product_has_its_new_name() -> None:
    old = entry({"id": "q1", "title": "SQL", "current_title": "Cloud SQL"}, end="x")
    assert [one.name for one in read([old]).components] == ["Cloud SQL"]


@pytest.mark.parametrize(
    ("places", "wanted", "is_here"),
    [
        (["us-west1"], ["us-west1"], True),
        (["us-west1"], ["US-West1"], True),
        (["us-west1"], ["us-west10"], False),
        (["us-west10"], ["us-west1"], False),
        (["us-west1"], ["us-west1-b"], True),
        (["us-west1-b"], ["us-west1"], True),
        (["us-west1-b"], ["us-west1-a"], False),
        (["us"], ["us-west1"], True),
        (["global"], ["us-west1"], True),
        (["us-east1", "us-west1"], ["us-west1", "x"], True),
        (["us-east1"], [], True),
        ([], ["us-west1"], True),
        (None, ["us-west1"], True),
    ],
)
def test_locations_limit_what_counts(
    places: list[str] | None, wanted: list[str], is_here: bool
) -> None:
    named = None if places is None else [place(one) for one in places]
    reading = read([entry(SQL, currently_affected_locations=named)], locations=wanted)
    assert reading.status is (SLOW if is_here else UP)


def test_where_nothing_is_affected_now_the_newest_update_says_where_and_then_the_past() -> None:
    update = {"affected_locations": [place("us-west1")]}
    past = [place("us-east1")]
    there = entry(SQL, most_recent_update=update, previously_affected_locations=past)
    assert read([there], locations=["us-west1"]).status is SLOW
    assert read([there], locations=["us-east1"]).status is UP
    before = entry(SQL, previously_affected_locations=past)
    assert read([before], locations=["us-west1"]).status is UP


def test_the_schema_of_2020_is_read() -> None:
    reading = read([legacy()])
    assert reading.status is SLOW
    assert [(one.id, one.name) for one in reading.components] == [
        ("appengine", "Google App Engine")
    ]
    assert reading.incidents[0].url == ("https://status.cloud.google.com/incident/appengine/20008")
    assert reading.incidents[0].id == "/incident/appengine/20008"


def test_numbers_of_2020_that_two_services_share_are_two_incidents() -> None:
    other = legacy(service_key="compute", uri="/incident/compute/20008")
    assert len({one.id for one in read([legacy(), other]).incidents}) == 2


def test_an_entry_with_little_in_it_is_read() -> None:
    assert read([{"status_impact": "SERVICE_OUTAGE", "service_name": "Vertex AI"}]).status is DOWN


def test_nulls_for_lists_and_numbers_for_strings_are_read() -> None:
    odd = entry(
        affected_products=None,
        currently_affected_locations=None,
        previously_affected_locations=None,
        most_recent_update=None,
        id=7,
        service_key=12,
        service_name=None,
    )
    reading = read([odd], locations=["us-west1"])
    assert reading.status is SLOW
    assert reading.components[0].name == "12"


def test_when_it_was_modified_is_no_change() -> None:
    later = entry(SQL, modified="2026-11-21T00:00:00Z", updates=[{"text": "still"}])
    assert read([entry(SQL)]).signature == read([later]).signature
    worse = entry(SQL, status_impact="SERVICE_OUTAGE")
    assert read([entry(SQL)]).signature != read([worse]).signature


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"incidents": []},
        "incidents",
        [None],
        [[]],
        [{}],
        [{"arn": "arn:aws:health", "status": "3", "service": "ec2"}],
        [entry(affected_products="Cloud SQL")],
        [entry(affected_products=[{"x": 1}])],
        [entry(affected_products=["Cloud SQL"])],
        [entry()] * 20_001,
        [entry(*({"id": f"p{one}", "title": "x"} for one in range(2_001)))],
    ],
    ids=range(12),
)
def test_another_shape_is_a_failure(payload: Any) -> None:
    outcome = KIND.parse(json.dumps(payload).encode(), SourceSpec("google_cloud"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.SCHEMA


def test_four_megabytes_of_history_are_read_at_once() -> None:
    products = [{"id": f"p{one}", "title": f"Product {one}"} for one in range(300)]
    text = [{"text": "x" * 1_500, "status": "AVAILABLE"}]
    history = [
        entry(*products[one % 280 : one % 280 + 20], id=str(one), end="x", updates=text)
        for one in range(1_500)
    ]
    body = json.dumps([entry(*products[:20]), *history]).encode()
    assert len(body) > 4_000_000
    wanted = tuple(f"Product {one}" for one in range(300))
    started = time.process_time()
    reading = KIND.parse(body, SourceSpec("google_cloud", None, wanted))
    assert time.process_time() - started < 1.5
    assert isinstance(reading, Reading)
    assert sum(one.status is SLOW for one in reading.components) == 20


def test_the_wire_forms_become_specifications() -> None:
    cloud = GoogleCloudSource(locations=("us-west1",), components=("Cloud SQL",))
    assert spec_of(cloud) == SourceSpec(
        "google_cloud",
        "https://status.cloud.google.com",
        ("Cloud SQL",),
        {"locations": ["us-west1"]},
    )
    assert spec_of(GoogleWorkspaceSource()) == SourceSpec(
        "google_workspace", "https://www.google.com/appsstatus/dashboard"
    )
    with pytest.raises(ValidationError):
        GoogleWorkspaceSource.model_validate({"locations": ["us-west1"]})


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("status.cloud.google.com", "https://status.cloud.google.com"),
        ("https://status.cloud.google.com/summary", "https://status.cloud.google.com"),
        ("https://status.cloud.google.com/incidents.json?x", "https://status.cloud.google.com"),
        ("https://status.cloud.google.com/incidents/abc", "https://status.cloud.google.com"),
        (
            "https://www.google.com/appsstatus/dashboard/",
            "https://www.google.com/appsstatus/dashboard",
        ),
        (
            "https://www.google.com/appsstatus/dashboard/incidents.json",
            "https://www.google.com/appsstatus/dashboard",
        ),
    ],
)
def test_any_address_on_a_page_becomes_the_pages(written: str, stored: str) -> None:
    assert GoogleWorkspaceKind().normalise(written) == stored


async def test_workspace_is_polled_at_its_history(client: OutgoingClient, serve: Serve) -> None:
    async def google(asked: web.Request) -> web.Response:
        assert asked.path == "/appsstatus/dashboard/incidents.json"
        return web.json_response([entry({"id": "g", "title": "Gmail"})])

    server = await serve(google)
    page = str(server.make_url("/appsstatus/dashboard"))
    spec = SourceSpec("google_workspace", page, ("Gmail",))
    outcome, _ = await GoogleWorkspaceKind().poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, Reading)
    assert outcome.status is SLOW
    assert outcome.incidents[0].url == f"{page}/incidents/abc"
