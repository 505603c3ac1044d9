from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.communication.statuspage.page_samples import (
    NOW,
    at,
    bad_day,
    ended_incident,
    good_day,
    open_incident,
)
from tocsin.communication.statuspage.rendering import PublicIncidentView, next_change_at
from tocsin.communication.statuspage.rendering.changes import fingerprint
from tocsin.communication.statuspage.rendering.past import months, past_week

BRUSSELS = ZoneInfo("Europe/Brussels")


def rows(*incidents: PublicIncidentView) -> list[tuple[int, int, list[str]]]:
    week = past_week(incidents, NOW, BRUSSELS)
    return [(row.first.day, row.last.day, [one.public_id for one in row.incidents]) for row in week]


def test_a_quiet_week_is_one_row():
    assert rows() == [(14, 20, [])]


def test_an_incident_stands_on_the_day_it_began_and_runs_of_quiet_days_are_joined():
    assert rows(ended_incident("h1", at(13, 2, day=18))) == [
        (20, 20, []),
        (19, 19, []),
        (18, 18, ["h1"]),
        (14, 17, []),
    ]


def test_today_appears_once_something_ended_today():
    assert rows(ended_incident("h1", at(7, 0)))[0] == (21, 21, ["h1"])


def test_a_day_an_incident_ran_through_is_not_called_quiet():
    long = ended_incident("h1", at(12, 0, day=16), minutes=3 * 1440)
    assert rows(long) == [(20, 20, []), (16, 16, ["h1"]), (15, 15, []), (14, 14, [])]


def test_days_on_both_sides_of_a_long_incident_are_not_joined():
    long = ended_incident("h1", at(12, 0, day=16), minutes=60)
    running = replace(open_incident(), started_at=at(12, 0, day=19))
    assert rows(long, running) == [
        (18, 18, []),
        (17, 17, []),
        (16, 16, ["h1"]),
        (15, 15, []),
        (14, 14, []),
    ]


def test_an_older_incident_that_ended_this_week_stands_on_the_first_day():
    assert rows(ended_incident("h1", at(12, 0, day=10), minutes=5 * 1440)) == [
        (16, 20, []),
        (14, 14, ["h1"]),
    ]


def test_days_are_cut_in_the_zone_of_the_page():
    just_before_midnight_utc = ended_incident("h1", at(23, 30, day=17), minutes=5)
    assert (18, 18, ["h1"]) in rows(just_before_midnight_utc)


def test_months_hold_what_started_in_them_newest_first():
    found = months(
        [
            ended_incident("old", at(23, 30, day=31, month=10), 5),
            ended_incident("new", at(9, 0, day=3)),
            ended_incident("older", at(9, 0, day=3, month=8)),
        ],
        BRUSSELS,
    )
    assert [(month.key, [one.public_id for one in month.incidents]) for month in found] == [
        ("2026-11", ["new", "old"]),
        ("2026-08", ["older"]),
    ]
    assert found[0].first == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (NOW, datetime(2026, 11, 21, 23, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
    ],
)
def test_a_page_changes_by_itself_at_its_own_midnight(now: datetime, midnight: datetime):
    assert next_change_at(good_day(), now) == midnight


def test_a_page_changes_when_a_promise_is_due_and_when_a_window_starts():
    assert next_change_at(bad_day(), NOW) == at(9, 45)
    assert next_change_at(bad_day(), at(9, 45)) == at(23, 0)
    assert next_change_at(bad_day(), at(23, 0)) == at(1, 0, day=22)


def test_the_fingerprint_stays_while_readers_would_see_the_same():
    first = fingerprint(bad_day(), NOW)
    assert fingerprint(bad_day(), NOW + timedelta(minutes=20)) == first
    assert fingerprint(bad_day(), at(9, 46)) != first
    assert fingerprint(bad_day(), NOW + timedelta(days=1)) != first
    assert fingerprint(good_day(), NOW) != first
