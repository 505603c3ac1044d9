"""Burn rates over pairs of windows; the examples come out to the digit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.detection.objectives.lines import MAJOR, PARTIAL, UNKNOWN, Part, stretches
from tocsin.detection.objectives.model import (
    BurnSeverity,
    BurnVerdict,
    Evaluation,
    Objective,
    ObjectiveSettings,
    Spent,
)
from tocsin.detection.objectives.rules import (
    Stretches,
    burn_rate,
    ceiling,
    evaluate,
    outlook,
    pairs_for,
)

DEFAULTS = ObjectiveSettings()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OVER, CALM = BurnVerdict.OVER, BurnVerdict.CALM
TOO_SHORT, INSUFFICIENT = BurnVerdict.TOO_SHORT, BurnVerdict.INSUFFICIENT_DATA


def judged(found: Stretches, target: float = 99.9) -> dict[str, Evaluation]:
    seen = outlook(Objective("s", target), DEFAULTS, found)
    return {one.pair.name: one for one in seen.evaluations}


EXAMPLES: dict[str, tuple[tuple[Part, ...], str, float, float, BurnVerdict]] = {
    "1: ten bad minutes of the last hour, still going on": (
        ((10, 0, MAJOR),),
        "1h/5m",
        166.67,
        1000.0,
        OVER,
    ),
    "2: the same, ended 20 minutes ago": (((30, 20, MAJOR),), "1h/5m", 166.67, 0.0, CALM),
    "4: one bad minute": (((1, 0, MAJOR),), "1h/5m", 16.67, 200.0, TOO_SHORT),
    "6: five bad minutes in a day, one of them within two hours": (
        ((604, 600, MAJOR), (61, 60, MAJOR)),
        "1d/2h",
        3.47,
        8.33,
        OVER,
    ),
    "7: five bad minutes in three days, one of them within six hours": (
        ((2004, 2000, PARTIAL), (61, 60, PARTIAL)),
        "3d/6h",
        1.157,
        2.78,
        OVER,
    ),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_come_out_to_the_digit(example: str):
    parts, pair, long, short, verdict = EXAMPLES[example]
    found = judged(stretches(*parts))[pair]
    digits = len(str(long).partition(".")[2])
    assert found.burn_long == pytest.approx(long, abs=0.5 * 10**-digits)
    assert found.burn_short == pytest.approx(short, abs=0.005)
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("spent", "target", "burn"),
    [
        (Spent(100_000, known=100_000, bad=1_800), 99.9, 18.0),
        (Spent(10, known=10, bad=1), 99.9, 100.0),
        (Spent(60, known=10, bad=1), 99.9, 16.67),
        (Spent(3_600, known=3_600, bad=30), 99.99, 83.33),
    ],
    ids=["10: events", "10: one of ten", "10: one of sixty expected", "10: four nines"],
)
def test_a_burn_rate_divides_by_what_was_expected(spent: Spent, target: float, burn: float):
    assert burn_rate(spent, target) == pytest.approx(burn, abs=0.005)


def test_a_rate_at_its_threshold_is_not_over_it():
    pair = pairs_for(DEFAULTS, 99.9)[0]
    at = Spent(3_600_000, known=3_600_000, bad=51_840)
    assert evaluate(pair, 99.9, at, at).verdict is CALM
    above = replace(at, bad=51_841)
    assert evaluate(pair, 99.9, above, above).verdict is OVER


def test_both_windows_must_be_over():
    found = judged(stretches((4, 0, MAJOR)))
    assert found["1h/5m"].verdict is OVER
    assert found["3d/6h"].burn_short is not None
    assert found["3d/6h"].burn_short > 1
    assert found["3d/6h"].verdict is CALM
    assert found["3d/6h"].touches


def test_three_bad_minutes_are_enough_and_less_is_not():
    assert judged(stretches((3, 0, MAJOR)))["1h/5m"].verdict is OVER
    short = judged(stretches((2.99, 0, MAJOR)))["1h/5m"]
    assert short.verdict is TOO_SHORT
    assert short.reason == (
        "Over, but only 179 s of the long window are lost and 180 s are needed: "
        "49.83 × and 598 ×; the limit is 14.4 ×."
    )


def test_unknown_time_and_maintenance_leave_both_sides():
    bad = (10, 0, MAJOR)
    unknown = judged(stretches((60, 40, UNKNOWN), bad))["1h/5m"]
    assert unknown.burn_long == pytest.approx(250)
    works = judged(stretches(bad, maintenance=((60, 40, MAJOR),)))["1h/5m"]
    assert works.burn_long == pytest.approx(250)
    assert works.coverage == 1


def test_a_window_that_is_known_by_less_than_half_is_insufficient():
    found = judged(stretches((60, 20, UNKNOWN), (20, 0, MAJOR)))["1h/5m"]
    assert found.verdict is INSUFFICIENT
    assert found.reason == "Insufficient data: 33 % of the long window is known, 50 % is needed."
    half = judged(stretches((60, 30, UNKNOWN), (20, 0, MAJOR)))["1h/5m"]
    assert half.verdict is OVER


def test_a_gap_is_expected_time_and_no_data():
    young = judged(stretches((10, 0, MAJOR), since_days=20 / 1440))["1h/5m"]
    assert young.burn_long == pytest.approx(166.67, abs=0.005)
    assert young.verdict is INSUFFICIENT


def test_a_window_of_nothing_but_maintenance_has_no_rate():
    found = judged(stretches(maintenance=((6_000, 0, MAJOR),)))["3d/6h"]
    assert (found.burn_long, found.burn_short) == (None, None)
    assert found.verdict is INSUFFICIENT
    assert not found.touches


def test_the_four_pairs_are_those_of_the_workbook():
    page, ticket = BurnSeverity.PAGE, BurnSeverity.TICKET
    assert [(one.name, one.severity, one.threshold) for one in pairs_for(DEFAULTS, 99.9)] == [
        ("1h/5m", page, 14.4),
        ("6h/30m", page, 6.0),
        ("1d/2h", ticket, 3.0),
        ("3d/6h", ticket, 1.0),
    ]


def test_thresholds_are_those_of_the_settings_but_for_the_third():
    own = replace(DEFAULTS, fast_threshold=20, slow_threshold=8, ticket_threshold=2)
    assert [one.threshold for one in pairs_for(own, 99.9)] == [20, 8, 3, 2]


@pytest.mark.parametrize(
    ("target", "first", "scaled_from"),
    [(99.9, 14.4, None), (93.1, 14.4, None), (93.0, 0.9 / 0.07, 14.4), (90.0, 9.0, 14.4)],
)
def test_a_threshold_that_could_never_be_reached_is_scaled(
    target: float, first: float, scaled_from: float | None
):
    pair = pairs_for(DEFAULTS, target)[0]
    assert pair.threshold == pytest.approx(first)
    assert pair.scaled_from == scaled_from
    assert pair.threshold < ceiling(target)


def test_a_total_outage_pages_whatever_the_target():
    for target in (90.0, 93.05, 95.0, 99.9, 99.99):
        assert judged(stretches((60, 0, MAJOR)), target)["1h/5m"].verdict is OVER


def test_at_the_present_burn_the_rest_lasts_that_long():
    seen = outlook(Objective("s", 99.9), DEFAULTS, stretches((10, 0, MAJOR)))
    assert seen.pace == pytest.approx(166.67, abs=0.005)
    left = (43.2 - 10) / 43.2
    assert seen.exhausted_in is not None
    assert seen.exhausted_in == pytest.approx(
        30 * DAY * left / (1000 / 6), abs=timedelta(seconds=1)
    )
    assert seen.worst is not None
    assert seen.worst.pair.name == "1h/5m"


def test_without_a_breach_three_days_set_the_pace():
    seen = outlook(Objective("s", 99.9), DEFAULTS, stretches((2000, 1996, MAJOR)))
    assert seen.worst is None
    assert seen.pace == pytest.approx(4 / 4.32)
    assert seen.exhausted_in == pytest.approx(
        30 * DAY * (39.2 / 43.2) / (4 / 4.32), abs=timedelta(seconds=1)
    )


def test_what_lasts_longer_than_its_window_does_not_end():
    assert outlook(Objective("s", 99.9), DEFAULTS, stretches()).exhausted_in is None
    old = outlook(Objective("s", 99.9), DEFAULTS, stretches((2000, 1999, MAJOR)))
    assert old.pace
    assert old.exhausted_in is None


def test_an_overdrawn_budget_is_gone_already():
    seen = outlook(Objective("s", 99.9), DEFAULTS, stretches((9000, 8940, MAJOR)))
    assert seen.budget.left < 0
    assert seen.exhausted_in == timedelta()


def test_a_service_without_any_data_says_so():
    seen = outlook(Objective("s", 99.9), DEFAULTS, stretches(since_days=0))
    assert {one.verdict for one in seen.evaluations} == {INSUFFICIENT}
    assert seen.budget.left_percent == 100
