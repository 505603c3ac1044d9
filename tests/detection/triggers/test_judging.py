"""When a trigger fires and when it clears, on results as they come in."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.detection.triggers.measured import T, after, changes, monitor, results, streams
from tocsin.detection.triggers.model import Standing
from tocsin.detection.triggers.rules import Change, Rule, judge, read_condition, streams_of

DOWN = "response_time > 30000 OR status_code >= 500"


def story(found: list[Change]) -> list[tuple[str, float]]:
    return [("fired" if one.fired else "cleared", after(one)) for one in found]


def test_it_fires_once_the_condition_held_for_the_duration():
    found = changes(DOWN, 2, streams(DOWN, "ooobsb" + "o" * 10))
    assert story(found) == [("fired", 5), ("cleared", 8)]
    assert found[0].since == T + timedelta(minutes=3)
    assert found[0].values == {"response_time": 90, "status_code": 503}
    assert found[0].reason == (
        "status_code was 503 (>= 500) for 2 min (3 results in a row) at “Website”."
    )


def test_a_single_good_result_begins_the_duration_anew():
    assert story(changes(DOWN, 2, streams(DOWN, "bbobbobbobboo"))) == []


def test_a_duration_of_nothing_fires_at_the_first_result():
    assert story(changes(DOWN, 0, streams(DOWN, "obooo"))) == [("fired", 1), ("cleared", 3)]


def test_recovery_takes_as_long_as_the_duration_but_five_minutes_at_most():
    found = changes(DOWN, 20, streams(DOWN, "b" * 21 + "o" * 10))
    assert story(found) == [("fired", 20), ("cleared", 26)]
    assert found[1].reason == "The condition has not held for 5 min."


def test_a_relapse_during_recovery_does_not_clear():
    assert story(changes(DOWN, 2, streams(DOWN, "bbbobobo"), until=8)) == [("fired", 2)]


def test_a_pause_of_more_than_two_intervals_breaks_the_run():
    assert story(changes(DOWN, 4, streams(DOWN, "bb...bbb"), until=8)) == []
    assert story(changes(DOWN, 4, streams(DOWN, "bb.bbbb"), until=8)) == [("fired", 4)]


def test_no_answer_at_all_is_slower_than_any_limit():
    found = changes(DOWN, 2, streams(DOWN, "xxxx"), until=4)
    assert story(found) == [("fired", 2)]
    assert found[0].values == {"response_time": None, "status_code": None}
    assert found[0].reason.startswith("no answer came (response_time > 30000) for 2 min")


def test_a_heartbeat_has_no_response_time():
    one = monitor(answers=False)
    seen = streams_of(["response_time"], [one], {one.id: results("xxxxxx")}, {})
    assert changes("response_time > 30000", 2, seen) == []


def test_a_check_that_comes_a_little_late_still_counts():
    one = monitor()
    shaken = [
        *results("b"),
        *results("b", start=T + timedelta(seconds=62)),
        *results("b", start=T + timedelta(seconds=119)),
    ]
    seen = streams_of(["status_code"], [one], {one.id: shaken}, {})
    assert len(changes("status_code >= 500", 2, seen, until=3)) == 1


def test_silence_neither_clears_at_once_nor_for_ever():
    found = changes(DOWN, 2, streams(DOWN, "bbb"), until=300)
    assert story(found) == [("fired", 2), ("cleared", 62)]
    assert found[1].reason == "Nothing was measured for 60 min, so it is not known to hold."
    assert story(changes(DOWN, 2, streams(DOWN, "bbb"), until=50)) == [("fired", 2)]


def test_a_service_fires_as_long_as_one_of_its_monitors_does():
    first, second = monitor("North"), monitor("South")
    found = {first.id: results("bbbbbooooo"), second.id: results("ooobbbbooo")}
    seen = streams_of(["status_code"], [first, second], found, {})
    told = changes("status_code >= 500", 2, seen)
    assert story(told) == [("fired", 2), ("cleared", 9)]
    assert "at “North”" in told[0].reason


def test_a_monitor_that_is_removed_clears():
    rule = Rule(read_condition(DOWN), 120)
    standing, _ = judge(
        rule, streams(DOWN, "bbb"), Standing(), T - timedelta(1), T + timedelta(hours=0.1)
    )
    assert standing.is_firing
    later = T + timedelta(minutes=9)
    standing, told = judge(rule, [], standing, T, later)
    assert [(one.fired, one.at, one.reason) for one in told] == [
        (False, later, "The monitor is gone.")
    ]
    assert not standing.is_firing


def test_pushed_values_alone_are_enough():
    values = {"queue": [(T + timedelta(minutes=n), 5.0 if n < 6 else 0.0) for n in range(12)]}
    seen = streams_of(["queue"], [], {}, values)
    assert story(changes("queue > 1", 5, seen)) == [("fired", 5), ("cleared", 11)]


def test_the_days_of_a_certificate_count_for_a_day():
    values = {"days_left": [(T, 20.0), (T + timedelta(hours=24), 13.0)]}
    seen = streams_of(["days_left"], [], {}, values)
    assert story(changes("days_left < 14", 0, seen, until=24 * 60 + 20 * 60)) == [
        ("fired", 24 * 60)
    ]
    gone = story(changes("days_left < 14", 0, seen, until=5 * 24 * 60))
    assert gone == [("fired", 24 * 60), ("cleared", (24 + 50) * 60)]


@given(
    st.text(alphabet="obsx.", min_size=1, max_size=60),
    st.sampled_from([0, 1, 2, 5]),
    st.sampled_from([DOWN, "error_rate > 30%", "NOT up == 1", "max(response_time, 3m) > 20s"]),
    st.lists(st.integers(1, 600), max_size=30),
)
def test_looking_often_finds_what_one_look_finds(
    letters: str, minutes: int, condition: str, steps: list[int]
):
    rule = Rule(read_condition(condition), minutes * 60)
    seen = streams(condition, letters)
    begin, end = T - timedelta(seconds=1), T + timedelta(minutes=61)
    whole = judge(rule, seen, Standing(), begin, end)[1]
    standing, found, now = Standing(), [], begin
    for step in [*steps, 10_000]:
        until = min(end, now + timedelta(seconds=step))
        standing, told = judge(rule, seen, standing, now, until)
        found += told
        now = until
    assert found == whole
