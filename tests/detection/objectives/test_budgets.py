"""Time spent, availability, budgets and where they went."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detection.objectives.lines import (
    DEGRADED,
    MAJOR,
    MONTH,
    NOW,
    PARTIAL,
    UNKNOWN,
    Part,
    ago,
    line,
    stretches,
)
from tocsin.detection.objectives.model import Budget, Spent
from tocsin.detection.objectives.rules import (
    Stretches,
    availability_percent,
    budget_of,
    budget_points,
    budget_total,
    costliest,
    daily_percent,
    losses,
)
from tocsin.kernel.intervals import Interval, last_days
from tocsin.kernel.status import Status

UTC_ZONE = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("target", "days", "minutes"),
    [(99.9, 30, 43.2), (99.9, 28, 40.32), (99.9, 31, 44.64), (99.99, 30, 4.32), (99.5, 30, 216)],
)
def test_a_budget_is_what_the_target_leaves_of_its_window(target: float, days: int, minutes: float):
    assert budget_total(target, timedelta(days=days)) == pytest.approx(60 * minutes, abs=1e-6)


@pytest.mark.parametrize(("bad", "left"), [(28, 35.19), (60, -38.89), (0, 100), (43.2, 0)])
def test_what_is_left_of_a_budget_may_be_negative(bad: float, left: float):
    found = budget_of(99.9, stretches((9000, 9000 - bad, MAJOR)).last(MONTH.duration))
    assert found.left_percent == pytest.approx(left, abs=0.005)


def test_degraded_time_spends_nothing_and_partial_time_spends_fully():
    spent = stretches((100, 80, DEGRADED), (60, 50, PARTIAL)).last(timedelta(hours=2))
    assert (spent.known, spent.bad) == (7200, 600)


def test_the_weight_of_a_state_can_be_another():
    own = Stretches.of(line((60, 50, PARTIAL)), NOW, {MAJOR: 1.0, PARTIAL: 0.5})
    assert own.last(timedelta(hours=2)).bad == 300


def test_a_budget_shrinks_with_what_was_unknown_or_in_maintenance():
    half = 15 * 1440
    unknown = budget_of(99.9, stretches((2 * half, half, UNKNOWN)).last(MONTH.duration))
    works = stretches(maintenance=((2 * half, half, MAJOR),)).last(MONTH.duration)
    assert unknown.total == budget_of(99.9, works).total == pytest.approx(21.6 * 60)


def test_availability_leaves_unknown_time_and_maintenance_out():
    found = stretches((60, 30, UNKNOWN), (15, 0, MAJOR)).last(timedelta(hours=1))
    assert availability_percent(found) == 50
    works = stretches((15, 0, MAJOR), maintenance=((60, 30, MAJOR),)).last(timedelta(hours=1))
    assert availability_percent(works) == 50
    assert availability_percent(stretches(since_days=0).last(timedelta(hours=1))) is None


def test_a_lost_second_never_looks_like_a_hundred_percent():
    spent = Spent(2_592_000, known=2_592_000, bad=1)
    assert availability_percent(spent) == 99.9999
    assert availability_percent(Spent(60, known=60)) == 100
    assert availability_percent(Spent(1000, known=1000, bad=1)) == 99.9


parts = st.lists(
    st.tuples(st.integers(0, 4000), st.integers(1, 900), st.sampled_from(list(Status))), max_size=8
)


@given(parts, parts, st.integers(1, 5000))
def test_numbers_and_the_line_itself_count_alike(
    drawn: list[tuple[int, int, Status]], works: list[tuple[int, int, Status]], minutes: int
):
    def placed(ones: list[tuple[int, int, Status]]) -> list[Part]:
        return [(end + length, end, state) for end, length, state in ones]

    whole = line(*placed(drawn), since_days=2, maintenance=tuple(placed(works)))
    window = Interval(ago(minutes), NOW)
    tally = whole.tally(window, NOW)
    spent = Stretches.of(whole, NOW).during(window)
    assert spent.known == pytest.approx(tally.known_seconds)
    assert spent.bad == pytest.approx(tally.bad_seconds())
    assert spent.maintenance == pytest.approx(tally.maintenance.total_seconds())
    days = last_days(5, NOW, ZoneInfo("Europe/Brussels"))
    expected = [one.uptime_percent() for _, one in whole.by_day(days, NOW)]
    found = daily_percent(Stretches.of(whole, NOW), days)
    assert found == [None if one is None else pytest.approx(one, abs=2e-4) for one in expected]


def test_days_are_cut_in_their_zone():
    down = stretches((12 * 60 + 60, 12 * 60, MAJOR), since_days=3)  # the last hour of a UTC day
    utc = daily_percent(down, last_days(5, NOW, UTC_ZONE))
    assert utc == [None, 100, 100, pytest.approx(100 * 23 / 24, abs=1e-4), 100]
    brussels = daily_percent(down, last_days(2, NOW, ZoneInfo("Europe/Brussels")))
    assert brussels[0] == 100
    assert brussels[1] == pytest.approx(100 * 12 / 13, abs=1e-4)


def test_what_is_left_is_drawn_day_by_day_against_even_spending():
    bad = 10 * 1440
    found = stretches((bad, bad - 28, MAJOR))
    budget = budget_of(99.9, found.last(MONTH.duration))
    days = last_days(31, NOW, UTC_ZONE)
    points = budget_points(found, MONTH, days, budget)
    assert (points[0].at, points[0].left_percent, points[0].even_percent) == (MONTH.start, 100, 100)
    assert points[-1].at == NOW
    assert points[-1].left_percent == pytest.approx(35.19, abs=0.005)
    assert points[-1].even_percent == 0
    assert len(points) == 32
    before = [one for one in points if one.at <= ago(bad)]
    after = [one for one in points if one.at > ago(bad)]
    assert {one.left_percent for one in before} == {100}
    assert {round(one.left_percent, 2) for one in after} == {35.19}
    assert [one.even_percent for one in points] == sorted(
        (one.even_percent for one in points), reverse=True
    )


def test_without_a_budget_there_is_nothing_to_draw():
    days = last_days(31, NOW, UTC_ZONE)
    assert budget_points(stretches(), MONTH, days, Budget(0, 0)) == []


def test_losses_join_what_touches_and_leave_out_what_costs_nothing():
    whole = line((500, 480, PARTIAL), (480, 470, MAJOR), (470, 400, DEGRADED), (5, 0, MAJOR))
    first, second = losses(whole, MONTH)
    assert (first.start, first.end, first.worst, first.seconds) == (
        ago(500),
        ago(470),
        MAJOR,
        1800,
    )
    assert (second.start, second.end, second.seconds) == (ago(5), None, 300)
    assert costliest([first, second], 1) == [first]


def test_losses_are_clipped_to_the_window_and_spared_by_maintenance():
    whole = line((31 * 1440, 29.5 * 1440, MAJOR), maintenance=((29.7 * 1440, 0, MAJOR),))
    (only,) = losses(whole, MONTH)
    assert only.start == MONTH.start
    assert only.seconds == pytest.approx(0.3 * 86_400)
    assert isinstance(only.end, datetime)
