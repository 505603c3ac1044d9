from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.intervals import Interval, days
from tocsin.kernel.segments import (
    Line,
    LineKind,
    Rank,
    Segment,
    SegmentSource,
    Tally,
    component_line,
    difference,
    overlay,
)
from tocsin.kernel.status import Status, worst

BASE = datetime(2026, 3, 3, tzinfo=UTC)
OPERATIONAL, DEGRADED = Status.OPERATIONAL, Status.DEGRADED
PARTIAL, MAJOR, UNKNOWN = Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE, Status.UNKNOWN


def at(minute: float) -> datetime:
    return BASE + timedelta(minutes=minute)


def seg(start, end, state, *, subject="github", line=LineKind.CONFIRMED, **more) -> Segment:
    return Segment(subject, line, at(start), None if end is None else at(end), state, **more)


def line(*segments: Segment) -> Line:
    return Line(segments)


def drawn(a_line: Line) -> list[tuple[int, int | None, Status]]:
    def minute(instant):
        return None if instant is None else (instant - BASE) // timedelta(minutes=1)

    return [(minute(one.start), minute(one.end), one.state) for one in a_line]


HOUR = Interval(at(0), at(60))

pieces = st.builds(
    lambda start, length, state, rank, flag: seg(
        start, None if length == 0 else start + length, state, rank=rank, maintenance=flag
    ),
    st.integers(0, 50),
    st.integers(0, 20),
    st.sampled_from(Status),
    st.sampled_from((Rank.OBSERVED, Rank.BACKFILL, Rank.OVERRIDE)),
    st.booleans(),
)


# One line


def test_a_line_refuses_overlapping_segments():
    with pytest.raises(ValueError, match="overlap"):
        line(seg(0, 10, OPERATIONAL), seg(9, 20, MAJOR))
    with pytest.raises(ValueError, match="overlap"):
        line(seg(0, None, OPERATIONAL), seg(9, 20, MAJOR))


def test_a_line_answers_for_each_instant():
    row = line(seg(0, 10, OPERATIONAL), seg(20, None, MAJOR))
    states = [found and found.state for found in map(row.at, map(at, (-1, 0, 9, 10, 19, 20, 999)))]
    assert states == [None, OPERATIONAL, OPERATIONAL, None, None, MAJOR, MAJOR]


def test_an_empty_line_knows_nothing():
    assert Line().at(at(0)) is None
    assert Line().since(at(0)) is None
    assert Line().tally(HOUR, at(60)) == Tally()


def test_a_state_lasts_since_its_first_segment_without_a_break():
    row = line(
        seg(0, 10, MAJOR),
        seg(15, 20, MAJOR),
        seg(20, 30, MAJOR, source=SegmentSource.PERSON),
        seg(30, None, DEGRADED),
    )
    assert row.since(at(25)) == at(15)
    assert row.since(at(5)) == at(0)
    assert row.since(at(31)) == at(30)
    assert row.since(at(12)) is None


def test_a_line_goes_on_with_the_next_segment():
    row = line(seg(0, None, OPERATIONAL))
    assert drawn(row.then(seg(10, None, MAJOR))) == [(0, 10, OPERATIONAL), (10, None, MAJOR)]


def test_going_on_in_the_same_state_joins_the_segments():
    row = line(seg(0, 10, OPERATIONAL), seg(10, None, MAJOR))
    assert drawn(row.then(seg(10, None, OPERATIONAL))) == [(0, None, OPERATIONAL)]


def test_a_gap_is_never_joined_over():
    row = line(seg(0, 10, OPERATIONAL))
    assert drawn(row.then(seg(20, None, OPERATIONAL))) == [
        (0, 10, OPERATIONAL),
        (20, None, OPERATIONAL),
    ]


def test_a_store_learns_what_to_delete_and_what_to_insert():
    before = line(seg(0, 10, OPERATIONAL), seg(10, None, DEGRADED))
    change = difference(before, before.then(seg(20, None, MAJOR)))
    assert change.removed == (seg(10, None, DEGRADED),)
    assert change.added == (seg(10, 20, DEGRADED), seg(20, None, MAJOR))


@given(st.lists(pieces, max_size=6), st.lists(pieces, max_size=6))
def test_applying_a_difference_gives_the_other_line(one, other):
    before, after = overlay(one), overlay(other)
    change = difference(before, after)
    rows = (set(before) - set(change.removed)) | set(change.added)
    assert rows == set(after)


# Overlay: who wins


def test_backfill_wins_over_what_was_observed_and_an_override_over_both():
    result = overlay(
        [
            seg(0, None, OPERATIONAL),
            seg(10, 40, MAJOR, rank=Rank.BACKFILL, source=SegmentSource.BACKFILL),
            seg(20, 30, DEGRADED, rank=Rank.OVERRIDE, source=SegmentSource.OVERRIDE),
        ]
    )
    assert drawn(result) == [
        (0, 10, OPERATIONAL),
        (10, 20, MAJOR),
        (20, 30, DEGRADED),
        (30, 40, MAJOR),
        (40, None, OPERATIONAL),
    ]


def test_an_override_can_make_a_day_better_than_it_looked():
    result = overlay([seg(0, 60, MAJOR), seg(0, 60, OPERATIONAL, rank=Rank.OVERRIDE)])
    assert drawn(result) == [(0, 60, OPERATIONAL)]


def test_at_equal_rank_the_worse_state_holds():
    result = overlay(
        [
            seg(0, 30, PARTIAL, rank=Rank.BACKFILL),
            seg(10, 20, MAJOR, rank=Rank.BACKFILL),
            seg(25, 40, DEGRADED, rank=Rank.BACKFILL),
        ]
    )
    assert drawn(result) == [
        (0, 10, PARTIAL),
        (10, 20, MAJOR),
        (20, 30, PARTIAL),
        (30, 40, DEGRADED),
    ]


def test_an_empty_segment_leaves_no_trace():
    assert overlay([seg(5, 5, MAJOR)]) == Line()


@given(st.lists(pieces, max_size=8))
def test_at_each_minute_the_highest_rank_and_then_the_worse_state_holds(segments):
    result = overlay(segments)
    for minute in range(75):
        covering = [one for one in segments if one.covers(at(minute))]
        found = result.at(at(minute))
        if not covering:
            assert found is None
            continue
        assert found is not None
        assert (found.rank, found.state.rank) == max((o.rank, o.state.rank) for o in covering)


@given(st.lists(pieces, max_size=8))
def test_a_line_has_no_seam_where_nothing_changes_and_overlay_keeps_it(segments):
    result = overlay(segments)
    assert overlay(result) == result
    for earlier, later in pairwise(result):
        if earlier.end == later.start:
            assert (earlier.state, earlier.rank, earlier.maintenance) != (
                later.state,
                later.rank,
                later.maintenance,
            )


# A component's own line


def impact(start, end, state):
    return seg(start, end, state, source=SegmentSource.IMPACT, cause="INC0000001")


def test_a_component_shows_the_worse_of_its_service_and_the_public_impacts():
    confirmed = line(seg(0, 10, OPERATIONAL), seg(10, 30, MAJOR), seg(30, None, OPERATIONAL))
    result = component_line("api", confirmed, [impact(5, 20, DEGRADED), impact(25, 40, PARTIAL)])
    assert drawn(result) == [
        (0, 5, OPERATIONAL),
        (5, 10, DEGRADED),
        (10, 30, MAJOR),
        (30, 40, PARTIAL),
        (40, None, OPERATIONAL),
    ]
    assert {(one.subject, one.line) for one in result} == {("api", LineKind.COMPONENT)}


def test_an_impact_outside_the_service_s_line_still_shows():
    result = component_line("api", line(seg(30, None, OPERATIONAL)), [impact(0, 10, MAJOR)])
    assert drawn(result) == [(0, 10, MAJOR), (30, None, OPERATIONAL)]


def test_an_impact_says_more_than_an_unknown_service():
    result = component_line("api", line(seg(0, None, UNKNOWN)), [impact(10, 20, DEGRADED)])
    assert drawn(result) == [(0, 10, UNKNOWN), (10, 20, DEGRADED), (20, None, UNKNOWN)]


def test_maintenance_of_the_service_is_maintenance_of_the_component():
    result = component_line(
        "api", line(seg(0, None, OPERATIONAL, maintenance=True)), [impact(10, 20, MAJOR)]
    )
    assert [(one.state, one.maintenance) for one in result] == [
        (OPERATIONAL, True),
        (MAJOR, True),
        (OPERATIONAL, True),
    ]


@given(st.lists(pieces, max_size=5), st.lists(pieces, max_size=5))
def test_at_each_minute_a_component_is_as_bad_as_the_worst_that_covers_it(service, impacts):
    confirmed = overlay(service)
    result = component_line("api", confirmed, impacts)
    for minute in range(75):
        covering = [one for one in (*confirmed, *impacts) if one.covers(at(minute))]
        found = result.at(at(minute))
        assert (found and found.state) == (worst(o.state for o in covering) if covering else None)
        assert (found is not None and found.maintenance) == any(o.maintenance for o in covering)


# Counting


def test_uptime_is_the_share_of_known_time_that_was_not_lost():
    tally = line(seg(0, 45, OPERATIONAL), seg(45, 60, MAJOR)).tally(HOUR, at(60))
    assert tally.uptime_percent() == 75.0
    assert (tally.bad_seconds(), tally.known_seconds) == (900.0, 3600.0)
    assert tally.worst is MAJOR


def test_unknown_time_leaves_both_sides_of_the_fraction():
    tally = line(seg(0, 30, UNKNOWN), seg(30, 45, OPERATIONAL), seg(45, 60, MAJOR)).tally(
        HOUR, at(60)
    )
    assert tally.uptime_percent() == 50.0
    assert tally.known_seconds == 1800.0


def test_maintenance_leaves_both_sides_of_the_fraction_and_is_never_an_outage():
    tally = line(
        seg(0, 30, OPERATIONAL), seg(30, 45, MAJOR, maintenance=True), seg(45, 60, OPERATIONAL)
    ).tally(HOUR, at(60))
    assert tally.uptime_percent() == 100.0
    assert tally.known_seconds == 2700.0
    assert tally.maintenance == timedelta(minutes=15)
    assert tally.worst is OPERATIONAL


def test_without_data_there_is_no_uptime():
    for row in (Line(), line(seg(0, 60, UNKNOWN)), line(seg(0, 60, MAJOR, maintenance=True))):
        assert row.tally(HOUR, at(60)).uptime_percent() is None


def test_a_partial_outage_counts_fully_and_degraded_not_at_all_unless_weighted():
    tally = line(seg(0, 30, PARTIAL), seg(30, 60, DEGRADED)).tally(HOUR, at(60))
    assert tally.uptime_percent() == 50.0
    assert tally.uptime_percent({MAJOR: 1.0, PARTIAL: 0.5, DEGRADED: 0.5}) == 50.0
    assert tally.uptime_percent({MAJOR: 1.0}) == 100.0


def test_not_knowing_is_the_worst_of_a_fine_day_but_not_the_worst_known():
    tally = line(seg(0, 30, UNKNOWN), seg(30, 60, OPERATIONAL)).tally(HOUR, at(60))
    assert tally.worst is UNKNOWN
    assert tally.worst_known is OPERATIONAL


def test_a_day_of_which_nothing_is_known_has_no_worst_known_state():
    tally = line(seg(0, 60, UNKNOWN)).tally(HOUR, at(60))
    assert (tally.worst, tally.worst_known) == (UNKNOWN, None)
    assert (Tally().worst, Tally().worst_known) == (None, None)


def test_the_future_is_not_counted():
    tally = line(seg(0, None, OPERATIONAL)).tally(HOUR, at(15))
    assert tally.known_seconds == 900.0
    assert line(seg(0, None, MAJOR)).tally(HOUR, at(-5)) == Tally()


def test_tallies_add_up():
    row = line(seg(0, 20, OPERATIONAL), seg(20, 40, MAJOR, maintenance=True), seg(40, 60, MAJOR))
    halves = [Interval(at(0), at(30)), Interval(at(30), at(60))]
    first, second = (row.tally(half, at(60)) for half in halves)
    assert first + second == row.tally(HOUR, at(60))


@given(st.lists(pieces, max_size=8), st.integers(0, 60), st.integers(0, 70))
def test_a_tally_agrees_with_counting_minute_by_minute(segments, cut, now):
    row = overlay(segments)
    whole = row.tally(HOUR, at(now))
    minutes = [row.at(at(minute)) for minute in range(min(60, now))]
    counted = [one for one in minutes if one is not None]
    for status in Status:
        expected = sum(1 for one in counted if one.state is status and not one.maintenance)
        assert whole.spent.get(status, timedelta()) == timedelta(minutes=expected)
    assert whole.maintenance == timedelta(minutes=sum(one.maintenance for one in counted))
    parts = [row.tally(part, at(now)) for part in (HOUR.until(at(cut)), Interval(at(cut), at(60)))]
    assert sum(parts, Tally()) == whole


@given(st.lists(pieces, max_size=8))
def test_uptime_is_a_percentage_or_nothing(segments):
    percent = overlay(segments).tally(HOUR, at(60)).uptime_percent()
    assert percent is None or 0.0 <= percent <= 100.0


# Days of a zone


@pytest.mark.parametrize(("on", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_of_a_clock_change_counts_its_own_hours(on, hours):
    brussels = ZoneInfo("Europe/Brussels")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    row = line(Segment("github", LineKind.CONFIRMED, start, None, OPERATIONAL))
    ((_, tally),) = row.by_day(days(on, on, brussels), datetime(2026, 12, 1, tzinfo=UTC))
    assert tally.known_seconds == hours * 3600


def test_an_outage_over_midnight_belongs_to_the_days_of_the_page_s_zone():
    row = line(
        Segment(
            "github",
            LineKind.CONFIRMED,
            datetime(2026, 3, 3, 22, 30, tzinfo=UTC),
            datetime(2026, 3, 3, 23, 30, tzinfo=UTC),
            MAJOR,
        )
    )
    now = datetime(2026, 3, 5, tzinfo=UTC)
    both = (date(2026, 3, 3), date(2026, 3, 4))
    in_utc = [tally.bad_seconds() for _, tally in row.by_day(days(*both, ZoneInfo("UTC")), now)]
    in_brussels = [
        tally.bad_seconds()
        for _, tally in row.by_day(days(*both, ZoneInfo("Europe/Brussels")), now)
    ]
    assert in_utc == [3600.0, 0]
    assert in_brussels == [1800.0, 1800.0]


def test_today_counts_up_to_now():
    row = line(seg(0, None, OPERATIONAL))
    ((_, today),) = row.by_day(days(BASE.date(), BASE.date(), ZoneInfo("UTC")), at(90))
    assert today.known_seconds == 5400.0
