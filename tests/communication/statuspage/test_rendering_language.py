import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.communication.statuspage.page_samples import NOW, PAGE, at
from tocsin.communication.statuspage.rendering.language import LANGUAGES, Voice, catalogue, spoken

VOICE = Voice(PAGE)


def slots(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_has_the_same_messages(language: str):
    assert catalogue(language).keys() == catalogue("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_asks_for_a_slot_that_english_does_not_fill(language: str):
    unknown = {
        key: extra
        for key, message in catalogue(language).items()
        if (extra := slots(message) - slots(catalogue("en")[key]) - {"count"})
    }
    assert unknown == {}


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("en-GB", "en"), ("de_AT", "de"), ("NL-be", "nl"), ("fr", "en"), ("", "en")],
)
def test_a_page_speaks_the_nearest_language_there_is(tag: str, language: str):
    assert spoken(tag) == language
    assert Voice(replace(PAGE, language=tag)).language == language


def test_times_are_those_of_the_page():
    assert VOICE.clock(at(9, 14)) == "10:14"
    assert VOICE.moment(at(9, 14), NOW) == "10:14"
    assert VOICE.moment(at(22, 10, day=20), NOW) == "Fri 20 Nov, 23:10"
    assert VOICE.moment(datetime(2025, 11, 20, 9, 0, tzinfo=UTC), NOW) == "Thu 20 Nov 2025, 10:00"
    assert VOICE.dated(at(8, 52), NOW) == "Sat 21 Nov, 09:52"
    assert VOICE.exact(at(8, 52)) == "Saturday 21 November 2026, 09:52:00 (UTC+1)"


def test_windows_and_runs_of_days_are_short():
    assert VOICE.window(at(1, 0), at(2, 30), NOW) == "Saturday 21 November, 02:00 – 03:30"
    assert VOICE.window(at(22, 0), at(23, 30), NOW) == "Sat 21 Nov, 23:00 – Sun 22 Nov, 00:30"
    assert VOICE.days(date(2026, 11, 12), date(2026, 11, 17), NOW) == "12 – 17 Nov"
    assert VOICE.days(date(2026, 10, 30), date(2026, 11, 2), NOW) == "30 Oct – 2 Nov"


@pytest.mark.parametrize(
    ("span", "long", "short"),
    [
        (timedelta(seconds=20), "less than a minute", "< 1 min"),
        (timedelta(minutes=1), "1 minute", "1 min"),
        (timedelta(minutes=34, seconds=50), "34 minutes", "34 min"),
        (timedelta(hours=1, minutes=12), "1 hour 12 minutes", "1 h 12 min"),
        (timedelta(hours=2), "2 hours", "2 h"),
        (timedelta(days=1, minutes=5), "1 day", "1 d"),
        (timedelta(days=3, hours=4, minutes=9), "3 days 4 hours", "3 d 4 h"),
    ],
)
def test_lengths_are_told_in_their_two_largest_units(span: timedelta, long: str, short: str):
    assert VOICE.duration(span) == long
    assert VOICE.short_duration(span) == short


@pytest.mark.parametrize(
    ("zone", "label"),
    [
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Europe/Brussels", "Brussels (UTC+1)"),
        ("America/New_York", "New York (UTC−5)"),
        ("Asia/Kolkata", "Kolkata (UTC+5:30)"),
    ],
)
def test_the_zone_of_a_page_is_named_for_people(zone: str, label: str):
    assert Voice(replace(PAGE, time_zone=zone)).zone_label(NOW) == label


def test_slots_are_escaped_in_markup():
    assert VOICE.html("incident.started", when="<i>") == "Started &lt;i&gt;"
