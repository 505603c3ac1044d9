"""Sliding figures are what computing them anew would give."""

from math import ceil, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detection.triggers.measured import T, monitor, results
from tocsin.detection.triggers.rules import read_condition, streams_of
from tocsin.detection.triggers.rules.expression import Function
from tocsin.detection.triggers.rules.reading import Reader
from tocsin.detection.triggers.rules.windows import Mean, window_of


@given(
    st.sampled_from([Function.AVG, Function.MIN, Function.MAX, Function.P50, Function.P95]),
    st.lists(st.integers(0, 1_000), min_size=1, max_size=60),
    st.integers(1, 20),
)
def test_a_window_says_what_a_fresh_look_says(function: Function, values: list[int], length: int):
    window = window_of(function)
    for place, value in enumerate(values):
        window.add(place, value)
        if place >= length:
            window.drop(place - length, values[place - length])
        inside = sorted(values[max(0, place - length + 1) : place + 1])
        assert window.figure() == pytest.approx(_fresh(function, inside))


def _fresh(function: Function, inside: list[int]) -> float:
    if function is Function.AVG:
        return sum(inside) / len(inside)
    ranks = {Function.MIN: 1, Function.MAX: len(inside)}
    share = {Function.P50: 0.5, Function.P95: 0.95}.get(function, 0)
    return inside[ranks.get(function, ceil(share * len(inside))) - 1]


def test_an_average_is_of_answers_only_unless_there_are_none():
    window = Mean()
    window.add(0, 100)
    window.add(1, inf)
    assert window.figure() == 100
    window.drop(0, 100)
    assert window.figure() == inf


def test_a_rate_is_growth_per_second_and_survives_a_restart():
    window = window_of(Function.RATE)
    for at, value in [(0, 1_000), (10, 1_050), (20, 10)]:
        window.add(at, value)
    assert window.figure() == pytest.approx(60 / 20)
    window.drop(0, 1_000)
    assert window.figure() == pytest.approx(10 / 10)
    window.drop(10, 1_050)
    assert window.figure() is None


def test_the_error_rate_needs_five_results():
    one = monitor()
    seen = streams_of(["error_rate"], [one], {one.id: results("bbooob")}, {})
    reader = Reader(read_condition("error_rate > 10%").expression, seen[0], 300)
    rates = [next(iter(reader.values.values())) for _ in reader.points(0)]
    assert rates[:4] == [None] * 4
    assert rates[4:] == [pytest.approx(2 / 5), pytest.approx(2 / 5)]


def test_a_value_counts_for_twice_the_interval():
    one = monitor()
    condition = read_condition("response_time > 1s and queue > 1")
    pushed = {"queue": [(T, 5.0)]}
    seen = streams_of(condition.names, [one], {one.id: results("s.......s")}, pushed)
    reader = Reader(condition.expression, seen[0], 0)
    assert [point.held for point in reader.points(0)] == [True, None]
