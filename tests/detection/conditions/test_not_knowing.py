"""Unknown, broken, said by hand, said twice: the polls that tell little, and people."""

import json
from dataclasses import replace

import pytest

from tests.detection.conditions.story import (
    AT_ONCE,
    DEFAULTS,
    DEGRADED,
    MAJOR,
    NO_DWELL,
    PARTIAL,
    UNKNOWN,
    UP,
    Story,
    healthy,
    in_trouble,
    minute,
)
from tocsin.detection.conditions.model import Decision, Mark, PollSample, Verdict, Watch
from tocsin.detection.conditions.rules import observe
from tocsin.kernel.segments import SegmentSource

# Unknown, broken, and the first poll


def test_a_new_service_is_operational_from_its_first_good_poll():
    decision = Story().poll(UP)
    assert (decision.before, decision.after) == (UNKNOWN, UP)
    assert decision.verdict is Verdict.SIGHT_REGAINED
    assert decision.marks == (Mark(minute(1), UP),)


def test_a_new_service_in_trouble_is_unknown_until_confirmed():
    story = Story()
    decision = story.poll(MAJOR)
    assert (decision.verdict, decision.after) == (Verdict.NOT_YET, UNKNOWN)
    assert decision.marks == (Mark(minute(1), UNKNOWN),)
    decision = story.polls(2, MAJOR)
    assert (decision.verdict, decision.since) == (Verdict.CONFIRMED, minute(1))


def test_an_unknown_poll_breaks_a_run_of_trouble():
    story = healthy()
    assert story.poll(MAJOR, MAJOR, UNKNOWN, MAJOR, MAJOR).after is not MAJOR
    decision = story.poll(MAJOR)
    assert (decision.after, decision.since) == (MAJOR, minute(5))


def test_trouble_after_unknown_polls_is_named_as_trouble():
    decision = healthy().poll(UNKNOWN, MAJOR)
    assert decision.reason == "Major outage is not confirmed yet: 1 of 3 polls."


def test_an_unknown_poll_breaks_a_run_of_recovery():
    story = in_trouble(settings=replace(NO_DWELL, recovery_polls=3))
    story.poll(UP, UP, UNKNOWN)
    assert story.watch.episode is not None


def test_steady_unknown_is_confirmed_without_an_alert():
    story = healthy()
    decision = story.polls(3, UNKNOWN)
    assert (decision.verdict, decision.after) == (Verdict.SIGHT_LOST, UNKNOWN)
    assert decision.since == minute(2)
    assert decision.episode is None
    assert story.watch.episode is None


def test_after_unknown_without_an_episode_one_good_poll_is_enough():
    story = healthy()
    story.polls(3, UNKNOWN)
    decision = story.poll(UP)
    assert (decision.verdict, decision.since) == (Verdict.SIGHT_REGAINED, minute(5))


def test_an_episode_outlives_unknown_polls_and_its_alert_keeps_its_status():
    story = in_trouble()
    decision = story.polls(2, UNKNOWN)
    assert (decision.verdict, decision.after, decision.episode) == (Verdict.SIGHT_LOST, UNKNOWN, 1)
    assert story.watch.episode is not None
    assert story.watch.episode.status is MAJOR
    decision = story.polls(3, MAJOR)
    assert (decision.verdict, decision.after) == (Verdict.SIGHT_REGAINED, MAJOR)
    assert not decision.sends


def test_trouble_that_comes_back_milder_from_unknown_is_an_improvement():
    story = in_trouble()
    story.polls(2, UNKNOWN)
    decision = story.polls(3, DEGRADED)
    assert (decision.verdict, decision.after) == (Verdict.IMPROVED, DEGRADED)


def test_trouble_that_comes_back_worse_from_unknown_is_sent():
    story = in_trouble(DEGRADED)
    story.polls(2, UNKNOWN)
    assert story.polls(3, MAJOR).verdict is Verdict.CONFIRMED


def test_recovery_straight_from_unknown_ends_the_episode():
    story = in_trouble()
    story.polls(2, UNKNOWN)
    assert story.poll(UP).verdict is Verdict.NOT_YET
    assert story.poll(UP).verdict is Verdict.RECOVERED


def test_unknown_that_turns_into_trouble_is_drawn_as_both():
    story = healthy(replace(DEFAULTS, confirm_polls=1))
    story.poll(UNKNOWN, MAJOR)
    story.pause(20)
    assert story.poll(MAJOR).marks == (Mark(minute(2), UNKNOWN), Mark(minute(3), MAJOR))


def test_a_broken_poller_makes_the_line_unknown_and_forgets_nothing():
    story = healthy()
    story.polls(2, MAJOR)
    decision = story.breaks()
    assert (decision.verdict, decision.after) == (Verdict.SIGHT_LOST, UNKNOWN)
    assert decision.source is SegmentSource.NO_ANSWER
    assert decision.reason == "Unknown: the poller is broken. No alert is sent for that."
    assert story.breaks().verdict is Verdict.UNCHANGED
    decision = story.poll(MAJOR)
    assert (decision.verdict, decision.since) == (Verdict.CONFIRMED, minute(2))


def test_failed_polls_neither_count_nor_reset():
    story = in_trouble()
    story.poll(UP)
    story.breaks()
    assert story.poll(UP).verdict is Verdict.RECOVERED


def test_a_poller_that_works_again_shows_what_was_confirmed():
    story = in_trouble()
    story.breaks()
    decision = story.poll(MAJOR)
    assert (decision.verdict, decision.before, decision.after) == (
        Verdict.SIGHT_REGAINED,
        UNKNOWN,
        MAJOR,
    )
    assert decision.marks == (Mark(minute(6), MAJOR),)
    assert not decision.sends


def test_a_poller_that_works_again_with_other_news_shows_what_was_confirmed_meanwhile():
    story = healthy()
    story.breaks()
    decision = story.poll(MAJOR)
    assert (decision.verdict, decision.after) == (Verdict.NOT_YET, UP)
    assert decision.marks == (Mark(minute(3), UP),)


def test_a_service_that_never_answered_is_not_lost_twice():
    decision = Story().breaks()
    assert (decision.verdict, decision.marks) == (Verdict.UNCHANGED, ())


def test_the_first_answer_may_be_that_nothing_is_known():
    decision = Story().poll(UNKNOWN)
    assert (decision.verdict, decision.after) == (Verdict.UNCHANGED, UNKNOWN)
    assert decision.marks == (Mark(minute(1), UNKNOWN),)


# People


@pytest.mark.parametrize("status", [DEGRADED, PARTIAL, MAJOR])
def test_a_manual_report_of_trouble_is_confirmed_at_once(status):
    story = healthy(DEFAULTS)
    decision = story.says(status)
    assert (decision.verdict, decision.after, decision.since) == (
        Verdict.CONFIRMED,
        status,
        minute(2),
    )
    assert decision.source is SegmentSource.PERSON
    assert decision.reason == f"{status.words} is confirmed: set by hand."
    assert story.watch.episode is not None
    assert story.watch.episode.started_at == minute(2)


def test_a_manual_all_clear_ends_the_episode_at_once():
    decision = in_trouble().says(UP)
    assert (decision.verdict, decision.after) == (Verdict.RECOVERED, UP)
    assert decision.reason == "Operational again: set by hand. The episode ends."


def test_a_manual_improvement_is_confirmed_at_once():
    decision = in_trouble().says(DEGRADED)
    assert (decision.verdict, decision.after) == (Verdict.IMPROVED, DEGRADED)


def test_a_manual_unknown_raises_nothing_and_ends_nothing():
    story = in_trouble()
    decision = story.says(UNKNOWN)
    assert (decision.verdict, decision.after) == (Verdict.SIGHT_LOST, UNKNOWN)
    assert story.watch.episode is not None


def test_saying_by_hand_what_is_confirmed_only_marks_who_says_so():
    story = in_trouble()
    decision = story.says(MAJOR)
    assert (decision.verdict, decision.marks) == (Verdict.UNCHANGED, (Mark(minute(5), MAJOR),))
    assert decision.source is SegmentSource.PERSON


def test_saying_by_hand_what_was_confirmed_makes_a_broken_poller_s_service_known_again():
    story = in_trouble()
    story.breaks()
    decision = story.says(MAJOR)
    assert (decision.verdict, decision.before, decision.after) == (
        Verdict.SIGHT_REGAINED,
        UNKNOWN,
        MAJOR,
    )
    assert not decision.sends


def test_a_manual_repeat_within_the_episode_is_muted_like_any_other():
    story = in_trouble()
    story.says(DEGRADED)
    decision = story.says(MAJOR)
    assert decision.verdict is Verdict.MUTED
    assert decision.reason == (
        "Major outage is confirmed again, set by hand; nothing is sent, because this episode sent"
        " it 120 s ago and repeats are muted for 86400 s."
    )


def test_polls_from_before_a_manual_report_do_not_count_after_it():
    story = healthy()
    story.polls(2, MAJOR)
    story.says(UP)
    assert story.polls(2, MAJOR).verdict is Verdict.NOT_YET
    decision = story.poll(MAJOR)
    assert (decision.verdict, decision.since) == (Verdict.CONFIRMED, minute(5))


def test_a_poll_from_before_a_manual_report_is_stale():
    story = healthy(AT_ONCE)
    story.says(MAJOR)
    watch, decision = observe(story.watch, PollSample(minute(2), UP), AT_ONCE, minute(3))
    assert decision.verdict is Verdict.STALE
    assert watch == story.watch


def test_a_manual_report_makes_a_service_without_answers_visible():
    story = Story()
    decision = story.says(UP)
    assert (decision.before, decision.after) == (UNKNOWN, UP)
    assert not story.watch.blind


# Maintenance, order, JSON


def test_maintenance_is_a_flag_on_the_line_and_judges_nothing():
    story = healthy()
    decision = story.poll(UP, maintenance=True)
    assert decision.verdict is Verdict.UNCHANGED
    assert (decision.marks, decision.maintenance) == ((Mark(minute(2), UP),), True)
    assert story.poll(UP, maintenance=True).marks == ()
    decision = story.poll(UP)
    assert (decision.marks, decision.maintenance) == ((Mark(minute(4), UP),), False)


def test_a_poll_taken_twice_counts_once():
    story = healthy()
    story.polls(2, MAJOR)
    sample = PollSample(minute(3), MAJOR)
    watch, decision = observe(story.watch, sample, NO_DWELL, minute(3))
    assert decision.verdict is Verdict.STALE
    assert watch == story.watch


def test_a_late_poll_cannot_overwrite_the_present():
    story = in_trouble()
    watch, decision = observe(story.watch, PollSample(minute(1), UP), NO_DWELL, minute(9))
    assert (decision.verdict, decision.after) == (Verdict.STALE, MAJOR)
    assert watch == story.watch


def test_a_watch_survives_a_restart():
    story = in_trouble()
    story.poll(DEGRADED)
    restored = Watch.from_json(json.loads(json.dumps(story.watch.to_json())))
    assert restored == story.watch
    again = Story(NO_DWELL, restored, story.clock)
    assert again.poll(DEGRADED) == story.poll(DEGRADED)


def test_a_decision_survives_being_kept():
    story = in_trouble()
    story.polls(2, DEGRADED)
    for decision in (*story.decisions, story.polls(3, MAJOR)):
        kept = json.loads(json.dumps(decision.to_json()))
        assert Decision.from_json(kept) == decision
        assert kept["reason"] == decision.reason


def test_settings_may_change_between_two_polls():
    story = healthy(DEFAULTS)
    story.polls(4, MAJOR)
    story.settings = NO_DWELL
    decision = story.poll(MAJOR)
    assert (decision.verdict, decision.since) == (Verdict.CONFIRMED, minute(2))
