from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.intervals import (
    Interval,
    day,
    day_of,
    days,
    last_days,
    subtract,
    total,
    union,
)

BASE = datetime(2026, 3, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ZONES = (
    "UTC",
    "Europe/Brussels",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "America/St_Johns",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)


def at(minute: int) -> datetime:
    return BASE + timedelta(minutes=minute)


def span(start: int, end: int) -> Interval:
    return Interval(at(start), at(end))


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: span(*sorted(pair)))


def minutes_of(intervals) -> set[int]:
    """What the intervals cover, minute by minute: the slow and obvious way to count."""
    return {n for n in range(61) if any(interval.contains(at(n)) for interval in intervals)}


def test_an_interval_holds_its_start_and_not_its_end():
    assert span(0, 5).contains(at(0))
    assert span(0, 5).contains(at(4))
    assert not span(0, 5).contains(at(5))


def test_an_interval_is_kept_in_utc():
    summer = timezone(timedelta(hours=2))
    interval = Interval(at(0).astimezone(summer), at(1))
    assert interval == span(0, 1)
    assert interval.start.tzinfo is UTC


def test_an_interval_refuses_naive_and_reversed_time():
    with pytest.raises(ValueError, match="time zone"):
        Interval(datetime(2026, 3, 3), at(1))  # noqa: DTZ001 - naive on purpose
    with pytest.raises(ValueError, match="cannot end before it starts"):
        span(2, 1)


def test_clipping_keeps_what_both_share():
    assert span(0, 10).clip(span(5, 20)) == span(5, 10)
    assert span(0, 10).clip(span(10, 20)) is None
    assert span(0, 10).clip(span(3, 3)) is None


def test_the_part_before_an_instant():
    assert span(0, 10).until(at(4)) == span(0, 4)
    assert span(0, 10).until(at(40)) == span(0, 10)
    assert span(5, 10).until(at(2)) == span(5, 5)


@given(st.lists(spans, max_size=8))
def test_a_union_covers_the_same_minutes_in_order_and_apart(intervals):
    merged = union(intervals)
    assert minutes_of(merged) == minutes_of(intervals)
    assert all(earlier.end < later.start for earlier, later in pairwise(merged))
    assert total(intervals) == timedelta(minutes=len(minutes_of(intervals)))


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_subtracting_leaves_the_minutes_without_holes(whole, holes):
    rest = subtract(whole, holes)
    assert minutes_of(rest) == minutes_of(whole) - minutes_of(holes)
    assert all(earlier.end < later.start for earlier, later in pairwise(rest))


def test_overlapping_pauses_count_once():
    assert total([span(0, 20), span(10, 30)]) == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("zone", "on", "hours"),
    [
        ("Europe/Brussels", date(2026, 3, 29), 23),
        ("Europe/Brussels", date(2026, 10, 25), 25),
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("America/Havana", date(2026, 11, 1), 25),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("UTC", date(2026, 3, 29), 24),
    ],
)
def test_a_day_is_as_long_as_its_clocks_make_it(zone, on, hours):
    assert day(on, ZoneInfo(zone)).interval.duration == timedelta(hours=hours)


def test_a_day_starts_at_local_midnight():
    brussels = ZoneInfo("Europe/Brussels")
    assert day(date(2026, 7, 1), brussels).interval == Interval(
        datetime(2026, 6, 30, 22, tzinfo=UTC), datetime(2026, 7, 1, 22, tzinfo=UTC)
    )


def test_a_day_without_midnight_starts_when_the_clocks_jump():
    first = day(date(2018, 11, 4), ZoneInfo("America/Sao_Paulo")).interval.start
    assert first == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert first.astimezone(ZoneInfo("America/Sao_Paulo")).hour == 1


@given(
    st.sampled_from(ZONES).map(ZoneInfo),
    st.dates(date(1990, 1, 1), date(2036, 1, 1)),
)
def test_days_follow_each_other_without_gap_or_overlap(zone, first):
    row = days(first, first + timedelta(days=40), zone)
    assert [one.date for one in row] == [first + timedelta(days=n) for n in range(41)]
    assert all(one.interval.end == two.interval.start for one, two in pairwise(row))


@given(
    st.sampled_from(("UTC", "Europe/Brussels", "America/New_York", "Asia/Kathmandu")).map(ZoneInfo),
    st.integers(0, 36 * 366 * 1440).map(lambda n: datetime(2000, 1, 1, tzinfo=UTC) + n * MINUTE),
)
def test_every_instant_lies_in_its_own_day(zone, instant):
    assert day(day_of(instant, zone), zone).interval.contains(instant)


def test_the_last_days_end_with_today_in_the_page_s_zone():
    now = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    assert [one.date.day for one in last_days(3, now, ZoneInfo("UTC"))] == [1, 2, 3]
    assert [one.date.day for one in last_days(3, now, ZoneInfo("Europe/Brussels"))] == [2, 3, 4]
