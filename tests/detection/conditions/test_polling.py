from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.detection.conditions.model import Hold, PollerHealth
from tocsin.detection.conditions.rules import poller_health, still_holds
from tocsin.kernel.status import Status

NOW = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "ever_good", "health", "unknown"),
    [
        (0, True, PollerHealth.OK, False),
        (1, True, PollerHealth.FAILING, False),
        (2, True, PollerHealth.FAILING, False),
        (3, True, PollerHealth.BROKEN, True),
        (4, True, PollerHealth.BROKEN, True),
        (0, False, PollerHealth.OK, True),
        (1, False, PollerHealth.BROKEN, True),
        (3, False, PollerHealth.BROKEN, True),
    ],
)
def test_a_poller_fails_below_the_threshold_and_is_broken_from_it(
    failures, ever_good, health, unknown
):
    verdict = poller_health(failures, 3, ever_good)
    assert (verdict.health, verdict.unknown) == (health, unknown)


def test_with_a_threshold_of_one_the_first_failure_breaks():
    assert poller_health(1, 1, ever_good=True).health is PollerHealth.BROKEN


def test_a_poller_says_what_it_counts():
    assert poller_health(0, 3, True).reason == "The last poll succeeded."
    assert poller_health(0, 3, False).reason == "Not polled yet."
    assert poller_health(1, 3, True).reason == (
        "The last poll failed; the status becomes unknown after 3 in a row."
    )
    assert poller_health(3, 3, True).reason == "The last 3 polls failed; 3 in a row make it broken."
    assert poller_health(2, 3, False).reason == "The last 2 polls failed, and none ever succeeded."


@given(st.integers(0, 50), st.integers(1, 10), st.booleans())
def test_a_broken_poller_is_never_shown_as_operational(failures, threshold, ever_good):
    verdict = poller_health(failures, threshold, ever_good)
    if verdict.health is PollerHealth.BROKEN or not ever_good:
        assert verdict.unknown
    assert (verdict.health is PollerHealth.OK) == (failures == 0)


@pytest.mark.parametrize("then", Status)
@pytest.mark.parametrize("reported", Status)
def test_a_status_set_by_hand_holds_until_the_feed_says_something_else(then, reported):
    hold = Hold(Status.DEGRADED, feed_status=then, set_at=NOW)
    expected = reported is Status.UNKNOWN or reported is then
    assert still_holds(hold, reported).holds is expected


def test_what_the_person_said_does_not_matter_for_how_long_it_holds():
    agreeing = Hold(Status.MAJOR_OUTAGE, feed_status=Status.OPERATIONAL, set_at=NOW)
    assert not still_holds(agreeing, Status.MAJOR_OUTAGE).holds


def test_a_hold_says_why_it_ends_or_stays():
    hold = Hold(Status.MAJOR_OUTAGE, feed_status=Status.OPERATIONAL, set_at=NOW)
    assert still_holds(hold, Status.OPERATIONAL).reason == (
        "The feed still says operational, as when the status was set by hand."
    )
    assert still_holds(hold, Status.UNKNOWN).reason == (
        "The feed has no answer, so the status set by hand holds."
    )
    assert still_holds(hold, Status.DEGRADED).reason == (
        "The feed now says degraded; when the status was set it said operational."
    )
