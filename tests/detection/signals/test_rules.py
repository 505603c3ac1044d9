"""Pure rules: what polls lead to, what sources say together, when a source is asked again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.detection.signals.model import (
    ComponentDrift,
    ComponentReading,
    ManualStatus,
    PollerHealth,
    PollFailure,
    PollFailureKind,
    Reading,
    Source,
    SourceState,
    Unchanged,
)
from tocsin.detection.signals.rules import (
    Judged,
    after_poll,
    feed_status,
    next_poll,
    patience,
    still_holds,
    together,
)
from tocsin.kernel.facts import SYSTEM
from tocsin.kernel.ids import new_id
from tocsin.kernel.status import Status

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
DOWN = PollFailure(PollFailureKind.TIMEOUT, "No answer in time.")


def source(state: SourceState | None = None, **more: Any) -> Source:
    plain = Source(
        id=more.pop("id", None) or new_id(),
        service_id="mail",
        declared=True,
        name=None,
        kind="statuspage",
        polled=True,
        settles=False,
        config={},
        version=1,
        created_at=NOON,
        updated_at=NOON,
        stopped_at=None,
        state=state or SourceState(),
    )
    return replace(plain, **more)


def polled(found: Source, *outcomes: Any, threshold: int = 3) -> list[Judged]:
    judged: list[Judged] = []
    for number, outcome in enumerate(outcomes):
        now = NOON + timedelta(minutes=number)
        judged.append(after_poll(found, outcome, threshold, now))
        found = replace(found, state=judged[-1].state)
    return judged


def read(status: Status, **more: Any) -> Reading:
    return Reading(status, status.words, **more)


OK = read(Status.OPERATIONAL)
BAD = read(Status.MAJOR_OUTAGE)


def seen(status: Status, **more: Any) -> SourceState:
    return SourceState(
        status=status, last_polled_at=NOON, last_good_status=status, last_good_at=NOON, **more
    )


def test_a_failure_before_any_reading_is_broken_at_once():
    [first, second] = polled(source(), DOWN, DOWN)
    assert (first.state.status, first.state.health) == (Status.UNKNOWN, PollerHealth.BROKEN)
    assert (first.broke, second.broke) == (True, False)


def test_a_status_stays_until_the_threshold_of_failures():
    steps = polled(source(), BAD, DOWN, DOWN, DOWN, DOWN)
    assert [step.state.status for step in steps] == [Status.MAJOR_OUTAGE] * 3 + [Status.UNKNOWN] * 2
    assert [step.state.health for step in steps] == ["ok", "failing", "failing", "broken", "broken"]
    assert [step.broke for step in steps] == [False, False, False, True, False]
    assert [step.counts for step in steps] == [True, False, False, False, False]
    assert steps[-1].state.last_good_status is Status.MAJOR_OUTAGE
    assert steps[-1].state.last_good_at == NOON
    assert steps[-1].state.detail == "No answer in time."


def test_a_threshold_of_one_breaks_at_the_first_failure():
    assert polled(source(), OK, DOWN, threshold=1)[-1].broke


def test_a_failing_source_that_wants_to_be_left_alone_is_not_believed_for_longer():
    alone = replace(source(), state=seen(Status.OPERATIONAL))
    first = after_poll(alone, DOWN, 3, NOON + timedelta(minutes=1))
    assert first.state.health is PollerHealth.FAILING
    later = replace(alone, state=first.state)
    second = after_poll(later, DOWN, 3, NOON + timedelta(minutes=16))
    assert (second.state.status, second.state.failures) == (Status.UNKNOWN, 16)


def test_one_reading_heals():
    steps = polled(source(), OK, DOWN, DOWN, DOWN, OK)
    assert (steps[-1].recovered, steps[-1].state.health) == (True, PollerHealth.OK)
    assert (steps[-1].state.failures, steps[-1].state.last_error) == (0, None)
    assert not polled(source(), OK, DOWN, OK)[-1].recovered


def test_an_unchanged_answer_is_a_good_poll_of_the_same_reading():
    steps = polled(source(), read(Status.DEGRADED, maintenance=True), DOWN, Unchanged(7))
    last = steps[-1]
    assert (last.counts, last.state.health) == (True, PollerHealth.OK)
    assert (last.state.status, last.state.maintenance) == (Status.DEGRADED, True)
    assert (last.state.response_ms, last.state.last_good_at) == (7, NOON + timedelta(minutes=2))


def test_an_own_check_is_asked_again_before_its_bad_answer_is_believed():
    check = source(settles=True, config={"retries": 2})
    steps = polled(check, OK, BAD, BAD, BAD, BAD, OK)
    assert [step.retry for step in steps] == [False, True, True, False, False, False]
    assert [step.counts for step in steps] == [True, False, False, True, True, True]
    assert [step.state.status.value for step in steps] == [
        *("operational", "operational", "operational"),
        *("major_outage", "major_outage", "operational"),
    ]


def test_a_good_answer_between_bad_ones_starts_the_retries_anew():
    check = source(settles=True, config={"retries": 1})
    steps = polled(check, OK, BAD, OK, BAD, BAD)
    assert [step.state.status.is_trouble for step in steps] == [False, False, False, False, True]


def test_without_retries_a_bad_answer_is_believed_at_once():
    assert polled(source(config={"retries": 0}), OK, BAD)[-1].state.status is Status.MAJOR_OUTAGE


def test_a_new_address_is_news_once():
    moved = replace(DOWN, redirected_to="https://new.example")
    steps = polled(source(), OK, moved, moved, OK, moved)
    assert [step.moved for step in steps] == [False, True, False, False, True]
    assert steps[1].state.moved_to == "https://new.example"
    assert steps[3].state.moved_to is None


def test_a_component_that_vanishes_is_news_once_and_keeps_its_name():
    here = ComponentReading("c1", "API", "Core", Status.OPERATIONAL, "operational")
    gone = ComponentReading("c1", "Core / API", None, Status.UNKNOWN, "missing")
    drift = (ComponentDrift("c1", "Core / API"),)
    watching = source(config={"components": ["c1"]})
    steps = polled(
        watching,
        read(Status.OPERATIONAL, components=(here,)),
        read(Status.UNKNOWN, components=(gone,), missing=drift),
        read(Status.UNKNOWN, components=(gone,), missing=drift),
        read(Status.OPERATIONAL, components=(here,)),
    )
    assert [step.vanished for step in steps] == [(), ("c1",), (), ()]
    assert [step.state.known_names for step in steps] == [{"c1": "Core / API"}] * 4


def test_a_component_found_under_another_id_is_not_missing():
    moved = ComponentReading("c2", "API", "Core", Status.OPERATIONAL, "operational")
    drift = (ComponentDrift("c1", "Core / API", "c2"),)
    state = SourceState(known_names={"c1": "Core / API"})
    watching = source(state, config={"components": ["c1"]})
    [step] = polled(watching, read(Status.OPERATIONAL, components=(moved,), missing=drift))
    assert (step.vanished, step.state.vanished) == ((), ())
    assert step.state.known_names == {"c1": "Core / API"}


def test_without_polled_sources_there_is_nobody_to_ask():
    manual = source(polled=False, kind="manual")
    for sources in ([], [manual], [source(stopped_at=NOON)]):
        said = together(sources)
        assert said is not None
        assert (said.status, said.health) == (Status.UNKNOWN, PollerHealth.MANUAL)
        assert feed_status(sources) is None


def test_sources_that_nobody_asked_yet_say_nothing():
    assert together([source(), source(polled=False)]) is None
    said = together([source(), source(seen(Status.DEGRADED))])
    assert said is not None
    assert said.status is Status.DEGRADED


def test_the_worst_source_speaks_for_the_service():
    said = together(
        [
            source(seen(Status.OPERATIONAL, detail="fine", maintenance=True)),
            source(seen(Status.PARTIAL_OUTAGE, detail="half")),
            source(seen(Status.DEGRADED, detail="slow")),
        ]
    )
    assert said is not None
    assert (said.status, said.detail, said.maintenance) == (Status.PARTIAL_OUTAGE, "half", True)
    assert said.health is PollerHealth.OK


BROKEN = replace(seen(Status.UNKNOWN), health=PollerHealth.BROKEN)


@pytest.mark.parametrize(
    ("other", "status", "health"),
    [
        (seen(Status.OPERATIONAL), Status.UNKNOWN, PollerHealth.BROKEN),
        (seen(Status.DEGRADED), Status.DEGRADED, PollerHealth.FAILING),
        (replace(seen(Status.OPERATIONAL), health=PollerHealth.FAILING), "unknown", "broken"),
    ],
)
def test_a_broken_source_hides_health_but_no_trouble(other, status, health):
    said = together([source(BROKEN), source(other)])
    assert said is not None
    assert (said.status, said.health) == (status, health)


def test_own_checks_settle_trouble_and_together_its_end():
    check, page = {"settles": True}, {"settles": False}
    bad, good = seen(Status.MAJOR_OUTAGE), seen(Status.OPERATIONAL)
    cases = [
        ([source(bad, **check)], True),
        ([source(bad, **page)], False),
        ([source(bad, **check), source(good, **page)], True),
        ([source(good, **check), source(bad, **page)], False),
        ([source(good, **check), source(good, **page)], False),
        ([source(good, **check), source(good, **check)], True),
    ]
    for sources, settled in cases:
        said = together(sources)
        assert said is not None
        assert said.settled is settled


@pytest.mark.parametrize(
    ("then", "now", "holds"),
    [
        (Status.OPERATIONAL, Status.OPERATIONAL, True),
        (Status.OPERATIONAL, Status.DEGRADED, False),
        (Status.OPERATIONAL, None, True),
        (None, Status.OPERATIONAL, False),
        (None, None, True),
    ],
)
def test_a_word_holds_until_the_feed_reports_something_else(then, now, holds):
    held = ManualStatus(new_id(), "mail", Status.MAJOR_OUTAGE, "I saw it", None, then, SYSTEM, NOON)
    assert still_holds(held, now) is holds


IDS = st.uuids(version=4)
INTERVALS = st.integers(1, 86_400)
OFFSETS = st.integers(0, 10**12)


@given(IDS, INTERVALS, OFFSETS)
def test_polls_keep_their_place_in_the_interval(identifier: UUID, seconds: int, offset: int):
    found, interval = source(id=identifier), timedelta(seconds=seconds)
    now = NOON + timedelta(microseconds=offset)
    judged = Judged(SourceState(), "")
    first = next_poll(found, judged, seconds, now, now)
    assert interval / 2 <= first - now < interval * 1.5 + timedelta(microseconds=1)
    assert next_poll(found, judged, seconds, first, first) - first == interval


@given(IDS, INTERVALS, st.floats(0, 0.99))
def test_a_poll_that_comes_late_does_not_cost_the_next_one(
    identifier: UUID, seconds: int, lateness: float
):
    found, interval = source(id=identifier), timedelta(seconds=seconds)
    judged = Judged(SourceState(), "")
    planned = next_poll(found, judged, seconds, NOON, NOON)
    late = planned + interval * lateness
    assert next_poll(found, judged, seconds, planned, late) == planned + interval


def test_sources_are_spread_over_the_interval():
    judged = Judged(SourceState(), "")
    tenths = {
        int((next_poll(source(), judged, 60, NOON, NOON) - NOON).total_seconds() // 6) % 10
        for _ in range(300)
    }
    assert tenths == set(range(10))


def test_an_own_check_has_its_own_interval_and_doubts_are_short():
    check = source(config={"interval_seconds": 600, "retries": 1})
    due = next_poll(check, Judged(SourceState(), ""), 60, NOON, NOON)
    assert timedelta(minutes=5) <= due - NOON < timedelta(minutes=15)
    doubted = next_poll(check, Judged(SourceState(), "", retry=True), 60, NOON, NOON)
    assert doubted - NOON == timedelta(seconds=10)
    quick = source(config={"interval_seconds": 2, "retries": 1})
    doubted = next_poll(quick, Judged(SourceState(), "", retry=True), 60, NOON, NOON)
    assert doubted - NOON == timedelta(seconds=2)


@pytest.mark.parametrize(
    ("outcome", "seconds"),
    [
        (OK, 0),
        (Unchanged(), 0),
        (DOWN, 0),
        (replace(DOWN, retry_after_seconds=90.0), 90),
        (replace(DOWN, retry_after_seconds=1e9), 900),
    ],
)
def test_a_source_is_left_alone_as_long_as_it_wishes_within_reason(outcome, seconds):
    assert patience(outcome) == timedelta(seconds=seconds)
