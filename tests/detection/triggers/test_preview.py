"""Trying a condition on the past: the same evaluation, a bounded answer, in no time."""

from datetime import timedelta
from time import process_time

from tests.detection.triggers.measured import T, results, streams, tried

DOWN = "response_time > 30000 OR status_code >= 500"


def test_the_spans_are_those_in_which_it_would_have_fired():
    seen = streams(DOWN, "oobbbbboooooobbo")
    found = tried(DOWN, 2, seen, timedelta(minutes=15))
    [span] = found.spans
    assert (span.since, span.fired_at) == (T + timedelta(minutes=2), T + timedelta(minutes=4))
    assert span.cleared_at == T + timedelta(minutes=9)
    assert found.firing_seconds == 300
    assert found.evaluated == 16
    assert found.coverage > 0.99


def test_a_span_that_is_not_over_lasts_to_the_end():
    found = tried(DOWN, 2, streams(DOWN, "bbbbb"), timedelta(minutes=4))
    assert [span.cleared_at for span in found.spans] == [None]
    assert found.firing_seconds == 120


def test_coverage_says_how_much_of_the_time_is_known():
    found = tried(DOWN, 2, streams(DOWN, "o" * 30), timedelta(minutes=60))
    assert 0.45 < found.coverage < 0.55
    assert tried(DOWN, 2, [], timedelta(minutes=60)).coverage == 0


def test_a_chart_has_its_limits_and_keeps_the_extremes():
    seen = streams(DOWN, "o" * 4_000 + "s" + "o" * 4_000, every=10)
    found = tried(DOWN, 2, seen, timedelta(seconds=80_000))
    first, second = found.charts
    assert (str(first.operand), [(one.sign, one.value) for one in first.limits]) == (
        "response_time",
        [(">", 30_000)],
    )
    assert str(second.operand) == "status_code"
    [line] = first.lines
    assert len(line.points) <= 500
    assert 31_000 in [value for _, value in line.points]


def test_a_check_without_an_answer_is_a_point_without_a_value():
    [line] = tried(DOWN, 2, streams(DOWN, "oxo"), timedelta(minutes=3)).charts[0].lines
    assert None in [value for _, value in line.points]


def test_a_week_of_checks_every_ten_seconds_takes_less_than_a_second():
    letters = ("o" * 500 + "b" * 30 + "o" * 74) * 100
    seen = streams("p95(response_time, 1h) > 2s OR error_rate > 10%", letters + "o" * 80, every=10)
    assert len(results(letters)) > 60_000
    begin = process_time()
    found = tried("p95(response_time, 1h) > 2s OR error_rate > 10%", 2, seen, timedelta(days=7))
    assert process_time() - begin < 1
    assert len(found.spans) == 100
