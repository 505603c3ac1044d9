"""Better Stack pages: a JSON:API document in which everything is included."""

import json
from typing import Any

import pytest

from tocsin.adapters.feeds.betterstack import BetterStackKind
from tocsin.detection.signals.ports import (
    MaintenanceStatus,
    PollFailure,
    PollFailureKind,
    Reading,
    SourceSpec,
)
from tocsin.kernel.status import Status

KIND = BetterStackKind()


def record(kind: str, identity: str, **attributes: Any) -> dict[str, Any]:
    return {"id": identity, "type": kind, "attributes": attributes}


def resource(identity: str, status: str, section: int = 1) -> dict[str, Any]:
    return record(
        "status_page_resource",
        identity,
        public_name=f"Part {identity}",
        status=status,
        status_page_section_id=section,
    )


def report(identity: str, state: str, *touching: str, **more: Any) -> dict[str, Any]:
    named = [{"status_page_resource_id": one, "status": state} for one in touching]
    attributes = {
        "title": f"Report {identity}",
        "report_type": "manual",
        "starts_at": "2026-11-20T10:00:00.000Z",
        "ends_at": None,
        "aggregate_state": state,
        "affected_resources": named,
    }
    return record("status_report", identity, **(attributes | more))


def page(*included: dict[str, Any], state: str = "operational") -> dict[str, Any]:
    section = record("status_page_section", "1", name="Edge")
    about = {"company_name": "Example", "aggregate_state": state}
    data = {"id": "9", "type": "status_page", "attributes": about}
    return {"data": data, "included": [section, *included]}


def read(payload: object, *components: str) -> Reading:
    body = json.dumps(payload).encode()
    reading = KIND.parse(body, SourceSpec("betterstack", components=components))
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("operational", Status.OPERATIONAL),
        ("degraded", Status.DEGRADED),
        ("downtime", Status.MAJOR_OUTAGE),
        ("maintenance", Status.OPERATIONAL),
        ("sunbathing", Status.UNKNOWN),
        ("", Status.UNKNOWN),
    ],
)
def test_every_word_has_its_state(word: str, status: Status) -> None:
    reading = read(page(resource("1", word), resource("2", "operational")))
    assert (reading.status, reading.maintenance) == (status, word == "maintenance")
    assert read(page(resource("1", word), resource("2", "operational")), "2").status is (
        Status.OPERATIONAL
    )


def test_what_nobody_monitors_is_not_listed() -> None:
    reading = read(page(resource("1", "not_monitored"), resource("2", "operational", 7)))
    assert [one.label for one in reading.components] == ["Part 2"]


def test_a_section_stands_for_its_resources() -> None:
    listed = page(resource("1", "downtime"), resource("2", "operational", 2))
    assert read(listed, "Edge").components[0].label == "Edge / Part 1"
    assert read(listed, "Edge").status is Status.MAJOR_OUTAGE
    assert read(listed, "Edge / Part 1").status is Status.MAJOR_OUTAGE


def test_an_open_report_counts_though_its_resources_look_well() -> None:
    listed = page(resource("1", "operational"), report("7", "degraded", "1"))
    assert read(listed).status is Status.DEGRADED
    assert read(listed).detail == "Report 7"
    assert (
        read(
            page(
                resource("1", "operational"),
                resource("2", "operational"),
                report("7", "downtime", "1"),
            ),
            "2",
        ).status
        is Status.OPERATIONAL
    )


@pytest.mark.parametrize(
    "over",
    [
        report("7", "resolved", "1"),
        report("7", "degraded", "1", ends_at="2026-11-20T11:00:00.000Z"),
    ],
    ids=["resolved without an end", "ended"],
)
def test_a_report_that_is_over_does_not_count(over: dict[str, Any]) -> None:
    assert read(page(resource("1", "operational"), over)).status is Status.OPERATIONAL


@pytest.mark.parametrize("named", ["1", "2"])
def test_an_end_is_not_believed_while_what_it_names_is_ill(named: str) -> None:
    planned = report("7", "degraded", "1", ends_at="2026-11-20T23:00:00.000Z")
    ill = page(resource("1", "downtime"), resource("2", "operational"), planned)
    assert [one.name for one in read(ill, named).incidents] == (
        ["Report 7"] if named == "1" else []
    )
    for everywhere, status in (("operational", Status.OPERATIONAL), ("downtime", Status.DEGRADED)):
        general = report("7", "degraded", ends_at="2026-11-20T23:00:00.000Z")
        reading = read(page(resource("1", "operational"), general, state=everywhere))
        assert reading.status is status


def test_a_report_without_a_state_is_judged_by_what_it_names() -> None:
    for state, status in (("resolved", Status.OPERATIONAL), ("downtime", Status.MAJOR_OUTAGE)):
        untold = report("7", state, "1", aggregate_state=None)
        assert read(page(resource("1", "operational"), untold)).status is status


def test_a_maintenance_is_under_way_while_its_resource_says_so() -> None:
    work = report(
        "8",
        "maintenance",
        "1",
        report_type="maintenance",
        ends_at="2026-11-20T12:00:00.000Z",
    )
    now = read(page(resource("1", "maintenance"), work))
    assert (now.status, now.maintenance) == (Status.OPERATIONAL, True)
    assert now.maintenances[0].status is MaintenanceStatus.IN_PROGRESS
    ahead = read(page(resource("1", "operational"), work))
    assert not ahead.maintenance
    assert ahead.maintenances[0].status is MaintenanceStatus.SCHEDULED


def test_a_page_without_resources_is_taken_at_its_word() -> None:
    assert read(page(state="downtime")).status is Status.MAJOR_OUTAGE
    assert read(page(state="new word")).status is Status.UNKNOWN


@pytest.mark.parametrize(
    "payload",
    [
        {},
        [],
        {"data": None, "included": []},
        {"data": {"type": "other"}, "included": []},
        {"data": {"type": "status_page"}},
    ],
)
def test_another_shape_is_never_green(payload: object) -> None:
    failure = KIND.parse(json.dumps(payload).encode(), SourceSpec("betterstack"))
    assert isinstance(failure, PollFailure)
    assert failure.kind is PollFailureKind.SCHEMA


def test_any_address_on_a_page_becomes_the_pages() -> None:
    for written in (
        "status.example.com",
        "https://status.example.com/index.json",
        "https://status.example.com/incident/12",
    ):
        assert KIND.normalise(written) == "https://status.example.com"


@pytest.mark.parametrize("kind", [None, 5, "", []])
def test_a_record_that_does_not_say_what_it_is_hides_no_outage(kind: object) -> None:
    listed = page(resource("1", "downtime") | {"type": kind}, resource("2", "operational"))
    failure = KIND.parse(json.dumps(listed).encode(), SourceSpec("betterstack"))
    assert isinstance(failure, PollFailure)
    assert failure.kind is PollFailureKind.SCHEMA
