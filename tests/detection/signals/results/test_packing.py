"""Results in few bytes, percentiles within five percent, bundles read without reading all."""

from datetime import UTC, datetime, timedelta
from random import Random
from statistics import quantiles
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.detection.signals.model import CheckResult
from tocsin.detection.signals.results import bundle, packing, varints
from tocsin.detection.signals.results.rollup import (
    Rollup,
    bucket_of,
    middle_of,
    pack_histogram,
    roll_up,
    unpack_histogram,
)

HOUR = packing.hour_of(datetime(2026, 3, 3, 12, tzinfo=UTC))
MS = timedelta(milliseconds=1)

one_result = st.builds(
    CheckResult,
    st.integers(0, 3_599_999).map(lambda at: packing.start_of(HOUR) + at * MS),
    st.booleans(),
    st.none() | st.integers(0, 120_000),
    st.none() | st.integers(100, 599),
    st.none() | st.sampled_from(["dns", "refused", "timeout", "keyword"]),
)


@given(st.lists(st.integers(0, 2**70)))
def test_numbers_come_back(numbers: list[int]):
    assert varints.unpack(varints.pack(numbers)) == numbers


@given(st.integers(-(2**40), 2**40))
def test_signed_numbers_come_back(number: int):
    assert varints.unfold(varints.fold(number)) == number


def test_a_cut_number_is_refused():
    with pytest.raises(ValueError, match="cut off"):
        varints.unpack(b"\x80")


@given(st.lists(one_result, max_size=40))
def test_results_come_back(results: list[CheckResult]):
    ordered = sorted(results, key=lambda one: one.at)
    assert packing.unpack(packing.pack(ordered, HOUR), HOUR) == ordered


def an_hour(random: Random, every: int = 60, hour: int = HOUR) -> list[CheckResult]:
    """Results as they are: a little early or late, times that scatter, a fault now and then."""
    place = random.uniform(0, every)
    found = []
    for number in range(3_600 // every):
        at = packing.start_of(hour) + timedelta(seconds=place + every * number)
        at += round(random.uniform(0, 25)) * MS
        took = round(80 + random.expovariate(1 / 60))
        bad = random.random() < 0.01
        found.append(CheckResult(at, not bad, took, 503 if bad else 200, "status" if bad else None))
    return found


def test_a_result_takes_little_room():
    random = Random(7)
    blocks = [packing.pack(an_hour(random), HOUR) for _ in range(200)]
    assert sum(map(len, blocks)) / (200 * 60) < 3.5


def test_a_block_is_found_in_a_bundle():
    blocks = {UUID(int=number * 7): bytes([number]) * number for number in range(1, 50)}
    found = bundle.Bundle(bundle.pack(blocks))
    assert all(found.get(identifier) == block for identifier, block in blocks.items())
    assert found.get(UUID(int=8)) is None
    assert list(found.ids_after(UUID(int=7 * 47))) == [UUID(int=7 * 48), UUID(int=7 * 49)]
    assert len(list(found.ids_after(None))) == 49


@given(st.integers(0, 10_000_000))
def test_the_middle_of_a_bucket_is_near(milliseconds: int):
    assert abs(middle_of(bucket_of(milliseconds)) - milliseconds) <= milliseconds * 0.05


@given(st.lists(st.integers(1, 60_000), min_size=1, max_size=300))
def test_percentiles_are_within_five_percent(times: list[int]):
    rolled = roll_up(CheckResult(packing.start_of(HOUR), True, one) for one in times)
    ordered = sorted(times)
    for share in (0.5, 0.9, 0.95, 0.99):
        exact = ordered[max(0, -int(-share * len(times) // 1) - 1)]
        found = rolled.percentile(share)
        assert found is not None
        assert abs(found - exact) <= exact * 0.05


@given(st.lists(one_result, max_size=50), st.lists(one_result, max_size=50))
def test_joining_roll_ups_loses_nothing(some: list[CheckResult], more: list[CheckResult]):
    assert roll_up(some) + roll_up(more) == roll_up([*some, *more])


def test_nothing_answered_has_no_percentile():
    rolled = roll_up([CheckResult(packing.start_of(HOUR), False, None, None, "refused")])
    assert (rolled.count, rolled.bad, rolled.average, rolled.percentile(0.5)) == (1, 1, None, None)


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 10_000)))
def test_histograms_come_back(histogram: dict[int, int]):
    assert unpack_histogram(pack_histogram(histogram)) == histogram


def test_the_figures_are_those_of_a_textbook():
    times = list(range(100, 1_100))
    rolled = roll_up(CheckResult(packing.start_of(HOUR), True, one) for one in times)
    cuts = quantiles(times, n=100)
    assert rolled.percentile(0.5) == pytest.approx(cuts[49], rel=0.05)
    assert rolled.percentile(0.99) == pytest.approx(cuts[98], rel=0.05)
    assert (rolled.least, rolled.most, rolled.average) == (100, 1_099, 599.5)
    assert Rollup() + rolled == rolled
