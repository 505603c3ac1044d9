"""Which spans and rules are possible, and when a repeating window comes again."""

from datetime import UTC, datetime, timedelta

import pytest

from tocsin.kernel.ids import new_id
from tocsin.kernel.lifecycle import Refusal, Transition
from tocsin.registry.maintenance import rules
from tocsin.registry.maintenance.lifecycle import LIFECYCLE
from tocsin.registry.maintenance.model import Recurrence, Series, WindowState, WindowVerb

BRUSSELS = "Europe/Brussels"
SUNDAY = datetime(2026, 3, 22, 1, 0, tzinfo=UTC)  # 02:00 in Brussels
HOUR = timedelta(hours=1)


def starts(rule: str, first: datetime, many: int, zone: str = BRUSSELS) -> list[str]:
    found, at = [], first
    for _ in range(many):
        following = rules.next_start(Recurrence(rule, zone), first, at)
        if following is None:
            break
        found.append(f"{following:%m-%dT%H:%MZ}")
        at = following
    return found


def test_a_weekly_window_keeps_to_the_wall_clock_in_spring():
    at_one = SUNDAY - HOUR  # 01:00, before the gap
    assert starts("FREQ=WEEKLY;BYDAY=SU", at_one, 3) == [
        "03-29T00:00Z",
        "04-04T23:00Z",
        "04-11T23:00Z",
    ]


def test_a_weekly_window_keeps_to_the_wall_clock_in_autumn():
    saturday = datetime(2026, 10, 17, 21, 30, tzinfo=UTC)  # 23:30 in Brussels
    assert starts("FREQ=WEEKLY", saturday, 3) == ["10-24T21:30Z", "10-31T22:30Z", "11-07T22:30Z"]


def test_a_time_that_the_clock_skips_is_taken_with_the_offset_before_the_gap():
    at_half_past_two = datetime(2026, 3, 28, 1, 30, tzinfo=UTC)
    assert starts("FREQ=DAILY", at_half_past_two, 2) == ["03-29T01:30Z", "03-30T00:30Z"]


def test_a_time_that_the_clock_shows_twice_is_the_first():
    at_half_past_two = datetime(2026, 10, 24, 0, 30, tzinfo=UTC)
    assert starts("FREQ=DAILY", at_half_past_two, 2) == ["10-25T00:30Z", "10-26T01:30Z"]


def test_a_window_over_the_change_of_the_clock_ends_when_its_wall_clock_says():
    first = SUNDAY - HOUR
    series = Series(
        new_id(), Recurrence("FREQ=WEEKLY", BRUSSELS), first, first + 4 * HOUR, first
    )  # 01:00 to 05:00
    change = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert rules.next_end(series, change) == datetime(2026, 3, 29, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["03-23T01:00Z", "03-24T01:00Z"]),
        ("FREQ=DAILY;UNTIL=20260323T010000Z", ["03-23T01:00Z"]),
        ("FREQ=DAILY;UNTIL=20260323", ["03-23T01:00Z"]),
        ("FREQ=DAILY;UNTIL=20260323T015959", []),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1SU;COUNT=2", ["03-29T01:00Z", "04-26T00:00Z"]),
        ("freq=monthly;bymonthday=31;count=2", ["03-31T00:00Z", "05-31T00:00Z"]),
    ],
)
def test_rules_end_as_they_say(rule: str, expected: list[str]):
    assert starts(rule, SUNDAY, 9) == expected


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "empty part"),
        ("FREQ=HOURLY", "FREQ=DAILY"),
        ("FREQ=DAILY;BYHOUR=3", "BYHOUR"),
        ("FREQ=DAILY;FREQ=DAILY", "twice"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "not both"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY"),
        ("FREQ=YEARLY;BYDAY=99MO", "no rule"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never again"),
        ("FREQ=DAILY;COUNT=1", "never again"),
        ("FREQ=DAILY;UNTIL=soon", "no rule"),
        ("FREQ=DAILY;UNTIL=20260101", "never again"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_in_words(rule: str, words: str):
    fault = rules.recurrence_fault(Recurrence(rule, BRUSSELS), SUNDAY, SUNDAY + HOUR)
    assert fault is not None
    assert words in fault


def test_a_window_cannot_come_again_before_it_ends():
    daily = Recurrence("FREQ=DAILY", BRUSSELS)
    assert rules.recurrence_fault(daily, SUNDAY, SUNDAY + 24 * HOUR) is None
    assert "before" in (rules.recurrence_fault(daily, SUNDAY, SUNDAY + 25 * HOUR) or "")


def test_a_zone_that_nobody_knows_is_refused():
    fault = rules.recurrence_fault(Recurrence("FREQ=DAILY", "Mars/Base"), SUNDAY, SUNDAY + HOUR)
    assert fault is not None
    assert "IANA" in fault


def test_a_span_is_between_nothing_and_ninety_days():
    assert rules.span_fault(SUNDAY, SUNDAY) is not None
    assert rules.span_fault(SUNDAY, SUNDAY - HOUR) is not None
    assert rules.span_fault(SUNDAY, SUNDAY + timedelta(days=90)) is None
    assert rules.span_fault(SUNDAY, SUNDAY + timedelta(days=90, seconds=1)) is not None


ALLOWED = {
    ("scheduled", "begin"): "in_progress",
    ("scheduled", "cancel"): "cancelled",
    ("scheduled", "edit"): "scheduled",
    ("in_progress", "end"): "completed",
    ("in_progress", "complete"): "completed",
    ("in_progress", "cancel"): "cancelled",
    ("in_progress", "edit"): "in_progress",
}


@pytest.mark.parametrize("state", list(WindowState))
@pytest.mark.parametrize("verb", list(WindowVerb))
def test_every_state_and_verb(state: WindowState, verb: WindowVerb):
    decision = LIFECYCLE.decide(state, verb, None)
    expected = ALLOWED.get((state.value, verb.value))
    if expected is None:
        assert isinstance(decision, Refusal)
        assert state.value in decision.reason
        assert verb.value in decision.reason
    else:
        assert isinstance(decision, Transition)
        assert decision.after.value == expected
