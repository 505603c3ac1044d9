"""Salesforce's instances: one of them, or all of a product."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from pydantic import ValidationError

from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.salesforce import SalesforceKind, SalesforceSource
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    MaintenanceStatus,
    PollFailure,
    PollFailureKind,
    Reading,
    SourceSpec,
    spec_of,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = SalesforceKind()
UP, SLOW, PART, DOWN, DARK = (
    Status.OPERATIONAL,
    Status.DEGRADED,
    Status.PARTIAL_OUTAGE,
    Status.MAJOR_OUTAGE,
    Status.UNKNOWN,
)


def instance(key: str = "EU35", status: Any = "OK", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "location": "EMEA",
        "status": status,
        "isActive": True,
        "Incidents": [],
        "Maintenances": [],
    } | more


def impact(severity: str = "minor", end: str | None = None) -> dict[str, Any]:
    return {"severity": severity, "startTime": "2026-11-20T10:00:00.000Z", "endTime": end}


def incident(*impacts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": 77,
        "message": {"rootCause": None},
        "isCore": True,
        "createdAt": "2026-11-20T10:05:00.000Z",
        "instanceKeys": ["EU35"],
        "IncidentImpacts": list(impacts),
        "IncidentEvents": [{"type": "investigating", "createdAt": "2026-11-20T10:05:00.000Z"}],
    } | more


def read(payload: Any, *components: str) -> Reading:
    spec = SourceSpec("salesforce", None, components, {"instance": "EU35"})
    reading = KIND.parse(json.dumps(payload).encode(), spec)
    assert isinstance(reading, Reading), reading
    return reading


def test_an_incident_is_called_by_the_first_words_about_it() -> None:
    told = [
        {"type": "update", "createdAt": "2026-11-20T11:00:00.000Z", "message": "It gets better."},
        {
            "type": "update",
            "createdAt": "2026-11-20T10:00:00.000Z",
            "message": "Log-in\nfails. " * 20,
        },
        {"type": "update", "createdAt": None, "message": "Undated."},
    ]
    reading = read(instance(Incidents=[incident(impact(end=""), IncidentEvents=told)]))
    assert reading.status is SLOW
    assert reading.detail.startswith("Log-in fails. Log-in")
    assert len(reading.detail) == 150


def test_an_instance_that_is_retired_is_unknown_and_told() -> None:
    reading = read(instance(isActive=False))
    assert reading.status is DARK
    assert [drift.name for drift in reading.missing] == ["EMEA / EU35"]


@pytest.mark.parametrize(
    ("word", "status", "maintenance"),
    [
        ("OK", UP, False),
        ("MAINTENANCE_NONCORE", UP, True),
        ("MAINTENANCE_CORE", UP, True),
        ("INFORMATIONAL_CORE", UP, False),
        ("MINOR_INCIDENT_NONCORE", SLOW, False),
        ("MINOR_INCIDENT_CORE", SLOW, False),
        ("MAJOR_INCIDENT_NONCORE", PART, False),
        ("MAJOR_INCIDENT_CORE", DOWN, False),
        ("major_incident_core", DOWN, False),
        ("MAINTENANCE_EVERYWHERE", DARK, False),
        ("SOMETHING", DARK, False),
        (None, DARK, False),
        (7, DARK, False),
    ],
)
def test_the_word_is_the_state(word: Any, status: Status, maintenance: bool) -> None:
    reading = read(instance(status=word))
    assert (reading.status, reading.maintenance) == (status, maintenance)


@pytest.mark.parametrize(
    ("severity", "is_core", "status"),
    [
        ("minor", True, SLOW),
        ("major", True, DOWN),
        ("major", False, PART),
        ("MAJOR", None, DOWN),
        ("odd", True, DARK),
    ],
)
def test_an_open_incident_counts_although_the_instance_is_ok(
    severity: str, is_core: bool | None, status: Status
) -> None:
    reading = read(instance(Incidents=[incident(impact(severity), isCore=is_core)]))
    assert reading.status is status
    assert reading.incidents[0].started_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert reading.detail == "Incident 77"


def test_the_impacts_that_ended_do_not_count() -> None:
    lasting = incident(impact("major", "2026-11-20T11:00:00Z"), impact("minor"))
    assert read(instance(Incidents=[lasting])).status is SLOW


def test_an_incident_without_impacts_is_as_bad_as_its_instance() -> None:
    assert read(instance(Incidents=[incident()])).incidents[0].impact is UP
    assert read(instance(status="MAJOR_INCIDENT_CORE", Incidents=[incident()])).status is DOWN


@pytest.mark.parametrize(
    "over",
    [
        incident(impact("major", "2026-11-20T11:00:00Z")),
        incident(
            impact("major"),
            IncidentEvents=[
                {"type": "investigating", "createdAt": "2026-11-20T10:00:00Z"},
                {"type": "resolved", "createdAt": "2026-11-20T12:00:00Z"},
            ],
        ),
        incident(impact("major"), status="Resolved"),
    ],
    ids=["impacts ended", "resolved event", "resolved status"],
)
def test_what_is_over_does_not_count(over: dict[str, Any]) -> None:
    reading = read(instance(Incidents=[over]))
    assert (reading.status, reading.incidents) == (UP, ())


def test_all_instances_of_a_product_are_components() -> None:
    everywhere = incident(impact("major"), instanceKeys=["EU35", "NA1"])
    payload = [
        instance("EU35", Incidents=[everywhere]),
        instance("NA1", Incidents=[everywhere]),
        instance("AP2", "MINOR_INCIDENT_CORE"),
    ]
    assert len(read(payload).incidents) == 1
    assert read(payload, "AP2").status is SLOW
    assert read(payload, "NA1").status is DOWN
    assert read(payload, "XX9").missing[0].vanished


def test_maintenances_are_announced_and_seen_under_way() -> None:
    work = {
        "id": 5,
        "name": "Winter release",
        "plannedStartTime": "2026-11-21T00:00:00Z",
        "plannedEndTime": "2026-11-21T04:00:00Z",
        "MaintenanceImpacts": [{"endTime": "2026-11-21T04:00:00Z"}],
        "MaintenanceEvents": [{"type": "scheduled", "createdAt": "2026-11-01T00:00:00Z"}],
    }
    begun = [{"type": "scheduled"}, {"type": "inProgress", "createdAt": "2026-11-21T00:00Z"}]
    done = [*begun, {"type": "completed", "createdAt": "2026-11-21T03:00Z"}]
    planned = read(instance(Maintenances=[work]))
    assert (planned.maintenance, planned.maintenances[0].title) == (False, "Winter release")
    under_way = read(instance(Maintenances=[work | {"MaintenanceEvents": begun}]))
    assert under_way.maintenances[0].status is MaintenanceStatus.IN_PROGRESS
    assert (under_way.maintenance, under_way.status) == (True, UP)
    assert not read(instance(Maintenances=[work | {"MaintenanceEvents": done}])).maintenances


def test_nulls_for_lists_are_empty() -> None:
    assert read(instance(Incidents=None, Maintenances=None)).status is UP
    bare = incident(IncidentImpacts=None, IncidentEvents=None, instanceKeys=None, message=None)
    assert read(instance(Incidents=[bare])).incidents[0].component_ids == ("EU35",)


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        "OK",
        {"status": "OK"},
        {"key": "EU35"},
        {"key": None, "status": "OK"},
        {"message": "Instance not found"},
        [None],
        [instance(Incidents="x")],
        [instance(Incidents=["x"])],
        [instance(Incidents=[incident(IncidentImpacts={"a": 1})])],
        [instance()] * 2_001,
    ],
    ids=range(12),
)
def test_another_shape_is_a_failure(payload: Any) -> None:
    outcome = KIND.parse(json.dumps(payload).encode(), SourceSpec("salesforce"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.SCHEMA


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"instance": "EU35", "product": "Heroku"},
        {"instance": "../../etc"},
        {"instance": ""},
    ],
)
def test_one_of_instance_and_product_is_given(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SalesforceSource.model_validate(wrong)


async def test_salesforce_is_polled_at_the_instance_or_the_product(
    client: OutgoingClient, serve: Serve
) -> None:
    seen: list[str] = []

    async def salesforce(asked: web.Request) -> web.Response:
        seen.append(asked.path_qs)
        return web.json_response(instance())

    server = await serve(salesforce)
    page = str(server.make_url("")).rstrip("/")
    for source in (
        SalesforceSource(url=page, instance="EU35"),
        SalesforceSource(url=page, product="Heroku"),
    ):
        outcome, _ = await KIND.poll(spec_of(source), client, NO_VALIDATORS)
        assert isinstance(outcome, Reading)
    assert seen == [
        "/v1/instances/EU35/status",
        "/v1/instances/status/preview?products=Heroku",
    ]
