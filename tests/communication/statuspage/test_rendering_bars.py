from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.communication.statuspage.page_samples import PAGE, TODAY, component, days
from tocsin.communication.statuspage.rendering import DayView
from tocsin.communication.statuspage.rendering.bars import (
    day_label,
    strip,
    summary,
    uptime_hundredths,
    uptime_text,
)
from tocsin.communication.statuspage.rendering.faces import Face, day_face
from tocsin.communication.statuspage.rendering.language import Voice
from tocsin.kernel.intervals import last_days
from tocsin.kernel.segments import Line, LineKind, Segment
from tocsin.kernel.status import Status

VOICE = Voice(PAGE)
BRUSSELS = ZoneInfo("Europe/Brussels")


def one_day(worst: Status | None, bad_seconds: float = 0, known_seconds: float = 86_400) -> DayView:
    return DayView(TODAY, worst, False, bad_seconds, known_seconds)


def segment(
    start: datetime, end: datetime | None, state: Status, maintenance: bool = False
) -> Segment:
    return Segment("cards", LineKind.COMPONENT, start, end, state, maintenance)


@pytest.mark.parametrize(
    ("day", "face"),
    [
        (one_day(Status.OPERATIONAL), Face.OPERATIONAL),
        (one_day(Status.DEGRADED), Face.DEGRADED),
        (one_day(Status.MAJOR_OUTAGE), Face.MAJOR_OUTAGE),
        (DayView(TODAY, None), Face.NO_DATA),
        (DayView(TODAY, Status.UNKNOWN), Face.NO_DATA),
        (DayView(TODAY, None, maintenance=True), Face.MAINTENANCE),
        (DayView(TODAY, Status.OPERATIONAL, maintenance=True), Face.MAINTENANCE),
        (DayView(TODAY, Status.PARTIAL_OUTAGE, maintenance=True), Face.PARTIAL_OUTAGE),
    ],
)
def test_a_day_shows_its_trouble_then_its_maintenance_and_hollow_without_data(day, face):
    assert day_face(day) is face


def test_a_second_of_downtime_in_ninety_days_is_not_a_hundred_per_cent():
    lost = [*days()[:-1], one_day(Status.MAJOR_OUTAGE, bad_seconds=1)]
    assert uptime_text(lost, VOICE) == "99.99 %"


def test_no_downtime_is_exactly_a_hundred_per_cent():
    assert uptime_text(days(), VOICE) == "100.00 %"


def test_nothing_known_is_no_figure():
    assert uptime_text([DayView(TODAY, None)] * 90, VOICE) is None


def test_days_without_data_leave_both_sides_of_the_fraction():
    half_lost = one_day(Status.MAJOR_OUTAGE, bad_seconds=43_200)
    assert uptime_text([DayView(TODAY, None)] * 89 + [half_lost], VOICE) == "50.00 %"


@given(st.lists(st.tuples(st.integers(0, 90_000), st.integers(0, 90_000)), max_size=90))
def test_the_figure_never_flatters(seconds: list[tuple[int, int]]):
    known, lost = sum(map(max, seconds)), sum(map(min, seconds))
    shown = uptime_hundredths(
        [one_day(None, known_seconds=max(pair), bad_seconds=min(pair)) for pair in seconds]
    )
    if shown is None:
        assert known == 0
        return
    assert shown * known <= 10_000 * (known - lost) < (shown + 1) * known
    assert (shown == 10_000) == (lost == 0)


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 10, 26, 23, 0, tzinfo=UTC), 25),
        (datetime(2026, 3, 30, 22, 0, tzinfo=UTC), 23),
        (datetime(2026, 6, 2, 22, 0, tzinfo=UTC), 24),
    ],
    ids=["autumn", "spring", "summer"],
)
def test_a_day_of_a_clock_change_counts_its_own_hours(now: datetime, hours: int):
    line = Line((segment(now - timedelta(days=9), None, Status.OPERATIONAL),))
    drawn = [DayView.of(day, tally) for day, tally in line.by_day(last_days(4, now, BRUSSELS), now)]
    lengths = {day.known_seconds / 3_600 for day in drawn[:-1]}
    assert lengths == ({24, hours} if hours != 24 else {24})
    assert uptime_text(drawn, VOICE) == "100.00 %"


def test_an_outage_all_through_the_long_day_is_all_of_that_day():
    start = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    end = datetime(2026, 10, 25, 23, 0, tzinfo=UTC)
    line = Line(
        (
            segment(start - timedelta(days=3), start, Status.OPERATIONAL),
            segment(start, end, Status.MAJOR_OUTAGE),
            segment(end, None, Status.OPERATIONAL),
        )
    )
    now = datetime(2026, 10, 26, 11, 0, tzinfo=UTC)
    drawn = [DayView.of(day, tally) for day, tally in line.by_day(last_days(3, now, BRUSSELS), now)]
    assert [day_face(day) for day in drawn] == [
        Face.OPERATIONAL,
        Face.MAJOR_OUTAGE,
        Face.OPERATIONAL,
    ]
    assert drawn[1].bad_seconds == drawn[1].known_seconds == 25 * 3_600
    assert day_label(drawn[1], VOICE) == "Sunday 25 October 2026: major outage, 1 d 1 h"


def test_a_line_with_a_window_and_a_gap_becomes_maintenance_and_hollow_days():
    noon = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
    line = Line(
        (
            segment(
                noon - timedelta(days=1, hours=2), noon - timedelta(days=1), Status.OPERATIONAL
            ),
            segment(noon - timedelta(days=1), noon, Status.MAJOR_OUTAGE, maintenance=True),
            segment(noon, None, Status.UNKNOWN),
        )
    )
    now = noon + timedelta(days=1)
    drawn = [DayView.of(day, tally) for day, tally in line.by_day(last_days(4, now, BRUSSELS), now)]
    faces = [day_face(day) for day in drawn]
    assert faces == [Face.NO_DATA, Face.MAINTENANCE, Face.MAINTENANCE, Face.NO_DATA]
    assert uptime_text(drawn, VOICE) == "100.00 %"


def test_every_bar_is_named_with_its_day_state_and_length():
    some = strip(component("Cards", of_days=days({1: (Status.PARTIAL_OUTAGE, 94)}, blank=1)), VOICE)
    assert len(some.bars) == 90
    assert some.bars[0].label == "Monday 24 August 2026: no data"
    assert some.bars[-2].label == "Friday 20 November 2026: partial outage, 1 h 34 min"
    assert some.bars[-1].label == "Saturday 21 November 2026: operational"


def test_a_phone_gets_the_figure_of_its_thirty_days():
    drawn = strip(component("Cards", of_days=days({48: (Status.MAJOR_OUTAGE, 600)})), VOICE)
    assert drawn.percent == "99.53 %"
    assert drawn.phone_percent == "100.00 %"


def test_the_summary_says_in_words_what_the_bars_show():
    some_days = days({1: (Status.DEGRADED, 12), 48: (Status.MAJOR_OUTAGE, 41)}, blank=2)
    assert summary(component("Cards", of_days=some_days), VOICE) == (
        "Cards, 90 days: 99.96 % uptime. Two days with trouble: "
        "Friday 20 November 2026: degraded, 12 min; "
        "Sunday 4 October 2026: major outage, 41 min. Two days without data."
    )


def test_a_summary_names_the_ten_newest_bad_days_and_counts_the_rest():
    some_days = days(dict.fromkeys(range(14), (Status.DEGRADED, 5)))
    said = summary(component("Cards", of_days=some_days), VOICE)
    assert said.count("degraded") == 10
    assert said.endswith("and four earlier days.")


def test_a_quiet_component_has_a_quiet_summary():
    assert summary(component("Cards"), VOICE) == (
        "Cards, 90 days: 100.00 % uptime. No day with trouble."
    )


def test_dates_are_named_in_the_language_of_the_page():
    german = Voice(PAGE.__class__("main", "L", "https://l.example/status/main", language="de"))
    day = DayView(date(2026, 3, 3), Status.DEGRADED, False, 0, 86_400, 720)
    assert day_label(day, german) == "Dienstag, 3. März 2026: beeinträchtigt, 12 min"
    assert uptime_text([one_day(Status.MAJOR_OUTAGE, bad_seconds=60)], german) == "99,93 %"
