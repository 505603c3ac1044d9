"""The mapping rules of Statuspage pages, each with its trap."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.adapters.feeds.pages import component, group, incident, maintenance, summary
from tocsin.adapters.feeds.statuspage import parse
from tocsin.detection.signals.ports import (
    MaintenanceStatus,
    Reading,
    SourceSpec,
)
from tocsin.kernel.status import Status


def read(payload: dict[str, Any], *components: str, **known: str) -> Reading:
    spec = SourceSpec("statuspage", components=components, known_names=known)
    reading = parse(payload, spec)
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("operational", Status.OPERATIONAL),
        ("degraded_performance", Status.DEGRADED),
        ("partial_outage", Status.PARTIAL_OUTAGE),
        ("major_outage", Status.MAJOR_OUTAGE),
        ("full_outage", Status.MAJOR_OUTAGE),
        ("under_maintenance", Status.OPERATIONAL),
        ("Major_Outage", Status.MAJOR_OUTAGE),
        ("sunbathing", Status.UNKNOWN),
        ("", Status.UNKNOWN),
        (None, Status.UNKNOWN),
        (3, Status.UNKNOWN),
        (["operational"], Status.UNKNOWN),
    ],
)
def test_a_components_word_becomes_a_status(word: Any, status: Status) -> None:
    assert read(summary([component("api", word)])).status is status


@pytest.mark.parametrize(
    ("impact", "status"),
    [
        ("none", Status.OPERATIONAL),
        ("maintenance", Status.OPERATIONAL),
        ("minor", Status.DEGRADED),
        ("major", Status.PARTIAL_OUTAGE),
        ("critical", Status.MAJOR_OUTAGE),
        ("apocalyptic", Status.UNKNOWN),
        (None, Status.UNKNOWN),
    ],
)
def test_an_open_incidents_impact_becomes_a_status(impact: Any, status: Status) -> None:
    reading = read(summary([component("api")], [incident("i", impact)]))
    assert reading.status is status
    assert reading.incidents[0].impact is status


def test_an_incident_counts_while_every_component_and_the_indicator_are_green() -> None:
    page = summary([component("api")], [incident("i", "major")], indicator="none")
    assert read(page).status is Status.PARTIAL_OUTAGE
    assert read(page, "api").status is Status.PARTIAL_OUTAGE


def test_the_indicator_alone_is_not_believed() -> None:
    assert read(summary([component("api")], indicator="critical")).status is Status.OPERATIONAL
    assert read(summary([component("api", "major_outage")])).status is Status.MAJOR_OUTAGE


@pytest.mark.parametrize(
    ("indicator", "status"),
    [("none", "operational"), ("minor", "degraded"), ("critical", "major_outage"), ("", "unknown")],
)
def test_a_page_that_lists_nothing_is_taken_at_its_word(indicator: str, status: str) -> None:
    assert read(summary(None, None, None, indicator)).status == status
    assert read(summary([], [], [], indicator)).status == status


def test_only_watched_components_and_the_incidents_that_touch_them_count() -> None:
    page = summary(
        [component("api"), component("web", "major_outage"), component("mail")],
        [incident("1", "critical", "web"), incident("2", "minor", "mail", "web")],
    )
    assert read(page, "api").status is Status.OPERATIONAL
    assert read(page, "api").incidents == ()
    assert read(page, "mail").status is Status.DEGRADED
    assert [one.id for one in read(page, "mail").incidents] == ["2"]
    assert read(page).status is Status.MAJOR_OUTAGE


@pytest.mark.parametrize("phase", ["resolved", "postmortem", "completed"])
def test_an_incident_that_is_over_does_not_count(phase: str) -> None:
    page = summary([component("api")], [incident("i", "critical", status=phase)])
    assert read(page).status is Status.OPERATIONAL
    assert read(page).incidents == ()


@pytest.mark.parametrize("phase", ["investigating", "identified", "monitoring", "invented"])
def test_an_incident_that_is_not_over_counts(phase: str) -> None:
    page = summary([component("api")], [incident("i", "critical", status=phase)])
    assert read(page).status is Status.MAJOR_OUTAGE


def test_what_an_incident_tells_is_kept() -> None:
    told = read(summary([component("api")], [incident("i", "minor", "api")])).incidents[0]
    assert told.name == "Trouble i"
    assert told.status == "investigating"
    assert told.url == "https://stspg.example/i"
    assert told.started_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert told.component_ids == ("api",)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", 7, None, "//x"])
def test_a_link_that_is_no_web_address_is_dropped(link: Any) -> None:
    page = summary([component("api")], [incident("i", "minor", shortlink=link)])
    assert read(page).incidents[0].url is None


def test_maintenance_is_a_flag_and_never_a_status() -> None:
    page = summary([component("api", "under_maintenance"), component("web")])
    assert (read(page).status, read(page).maintenance) == (Status.OPERATIONAL, True)
    assert read(page, "api").components[0].maintenance
    assert not read(page, "web").maintenance
    assert read(page).detail == "Api: under maintenance"


@pytest.mark.parametrize(
    ("phase", "flag", "status"),
    [
        ("scheduled", False, MaintenanceStatus.SCHEDULED),
        ("in_progress", True, MaintenanceStatus.IN_PROGRESS),
        ("verifying", True, MaintenanceStatus.IN_PROGRESS),
    ],
)
def test_an_announced_maintenance_raises_the_flag_while_it_is_under_way(
    phase: str, flag: bool, status: MaintenanceStatus
) -> None:
    page = summary([component("api"), component("web")], [], [maintenance("m", phase, "api")])
    reading = read(page, "api")
    assert (reading.status, reading.maintenance) == (Status.OPERATIONAL, flag)
    assert reading.maintenances[0].status is status
    assert reading.maintenances[0].starts_at == datetime(2026, 11, 20, 22, tzinfo=UTC)
    assert reading.maintenances[0].ends_at == datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert read(page, "web").maintenances == ()
    assert not read(page, "web").maintenance


def test_a_completed_maintenance_is_not_reported() -> None:
    page = summary([component("api")], [], [maintenance("m", "completed", "api")])
    assert read(page).maintenances == ()
    assert not read(page).maintenance


def test_groups_have_no_state_of_their_own() -> None:
    page = summary([group("g", "Edge", "major_outage"), component("a", group_id="g")])
    reading = read(page)
    assert reading.status is Status.OPERATIONAL
    assert [one.label for one in reading.components] == ["Edge / A"]


def test_a_watched_group_stands_for_its_members() -> None:
    page = summary(
        [
            group("g", "Edge"),
            component("a", "degraded_performance", group_id="g"),
            component("b", group_id="g"),
            component("c", "major_outage"),
        ],
        [incident("1", "major", "g", components=[group("g", "Edge")])],
    )
    for entry in ("g", "Edge", "edge"):
        reading = read(page, entry)
        assert [one.id for one in reading.components] == ["a", "b"]
        assert reading.status is Status.PARTIAL_OUTAGE
    assert read(page, "b").status is Status.PARTIAL_OUTAGE
    assert read(page, "c").incidents == ()


def test_an_incident_on_an_empty_group_still_names_something() -> None:
    empty = group("g", "Empty")
    page = summary([empty, component("api")], [incident("1", "critical", components=[empty])])
    assert read(page, "api").status is Status.OPERATIONAL


def test_components_are_watched_by_id_by_name_or_by_group_and_name() -> None:
    page = summary(
        [
            group("eu", "Europe"),
            group("us", "America"),
            component("1", "major_outage", name="API", group_id="eu"),
            component("2", "partial_outage", name="API", group_id="us"),
        ]
    )
    assert read(page, "2").status is Status.PARTIAL_OUTAGE
    assert read(page, "america /  api").status is Status.PARTIAL_OUTAGE
    assert read(page, "Europe / API").status is Status.MAJOR_OUTAGE
    assert [one.id for one in read(page, "API").components] == ["1", "2"]


def test_a_vanished_component_is_reported_and_never_green() -> None:
    page = summary([component("api")])
    reading = read(page, "api", "gone")
    assert reading.status is Status.UNKNOWN
    assert [(one.id, one.status) for one in reading.components] == [
        ("api", Status.OPERATIONAL),
        ("gone", Status.UNKNOWN),
    ]
    assert reading.missing[0].vanished
    assert reading.missing[0].sentence == "“gone” is no longer listed by the source."
    assert reading.detail == "gone: no longer listed"


def test_a_vanished_component_does_not_hide_a_worse_one() -> None:
    reading = read(summary([component("api", "partial_outage")]), "api", "gone")
    assert reading.status is Status.PARTIAL_OUTAGE


def test_an_incident_that_still_names_a_vanished_component_counts() -> None:
    page = summary([component("api")], [incident("1", "critical", "gone")])
    assert read(page, "gone").status is Status.MAJOR_OUTAGE


def test_a_component_with_a_new_id_is_found_by_its_group_and_name() -> None:
    page = summary([group("g", "Edge"), component("new", "partial_outage", group_id="g")])
    reading = read(page, "old", old="Edge / New")
    assert reading.status is Status.PARTIAL_OUTAGE
    assert [(one.wanted, one.now_id) for one in reading.missing] == [("old", "new")]
    assert not reading.missing[0].vanished
    assert reading.missing[0].sentence == "“Edge / New” is now listed under another id."


def test_what_was_found_again_is_remembered_from_poll_to_poll() -> None:
    before = read(summary([group("g", "Edge"), component("old", name="API", group_id="g")]), "old")
    page = summary([group("g", "Edge"), component("new", name="API", group_id="g")])
    once = read(page, "old", **before.known_names)
    twice = read(page, "old", **once.known_names)
    assert [one.id for one in twice.components] == ["new"]
    away = read(summary([component("web")]), "old", **twice.known_names)
    assert away.missing[0].vanished
    back = read(page, "old", **away.known_names)
    assert [one.id for one in back.components] == ["new"]
    assert read(summary([component("web")]), "gone").known_names == {}


def test_a_namesake_in_another_group_is_not_mistaken_for_it() -> None:
    page = summary([group("g", "Asia"), component("new", name="API", group_id="g")])
    reading = read(page, "old", old="Europe / API")
    assert reading.missing[0].vanished
    assert reading.missing[0].name == "Europe / API"


def test_the_signature_forgets_when_and_notices_what() -> None:
    page = summary([component("api")], [incident("i", "minor", "api")])
    later = json.loads(json.dumps(page).replace("10:00:00.000Z", "10:05:00.000Z"))
    later["incidents"][0]["started_at"] = page["incidents"][0]["started_at"]
    assert read(page).signature == read(later).signature
    assert read(page).taking(12).signature == read(page).signature
    worse = summary([component("api", "partial_outage")], [incident("i", "minor", "api")])
    assert read(worse).signature != read(page).signature


@pytest.mark.parametrize(
    ("page", "detail"),
    [
        (summary([component("api")]), "All components are operational."),
        (summary([component("api", "partial_outage")]), "Api: partial outage"),
        (
            summary([component("a", "degraded_performance"), component("b", "major_outage")]),
            "B: major outage (and 1 more)",
        ),
        (
            summary(
                [component("api", "degraded_performance")],
                [
                    incident("1", "major", started_at="2026-11-20T08:00:00Z"),
                    incident("2", "major", started_at="2026-11-20T09:00:00Z"),
                    incident("3", "minor", started_at="2026-11-20T10:00:00Z"),
                ],
            ),
            "Trouble 2",
        ),
        (
            summary([component("api", "degraded_performance")], [incident("1", "none")]),
            "Api: degraded",
        ),
        (summary([component("api")], [incident("1", "none")]), "Trouble 1"),
        (summary([component("api")], [], [maintenance("m", "verifying")]), "Maintenance: Work m"),
    ],
)
def test_the_detail_says_why(page: dict[str, Any], detail: str) -> None:
    assert read(page).detail == detail


@pytest.mark.parametrize(
    "words", [("major_outage", "operational"), ("operational", "major_outage")]
)
def test_a_watched_component_that_is_listed_twice_is_as_bad_as_its_worst_entry(
    words: tuple[str, str],
) -> None:
    listed = [component("api", word) for word in words]
    assert read(summary(listed), "api").status is Status.MAJOR_OUTAGE
