"""Getting worse, getting better: told poll by poll."""

from dataclasses import replace
from datetime import timedelta

from tests.detection.conditions.story import (
    AT_ONCE,
    DEFAULTS,
    DEGRADED,
    MAJOR,
    PARTIAL,
    UP,
    healthy,
    in_trouble,
    minute,
)
from tocsin.detection.conditions.model import Evidence, Mark, Verdict

# Worsening


def test_trouble_is_confirmed_by_the_third_poll_and_back_dated_to_the_first():
    story = healthy()
    assert story.polls(2, MAJOR).verdict is Verdict.NOT_YET
    decision = story.poll(MAJOR)
    assert decision.verdict is Verdict.CONFIRMED
    assert decision.sends
    assert (decision.before, decision.after, decision.target) == (UP, MAJOR, MAJOR)
    assert decision.at == minute(4)
    assert decision.since == minute(2)
    assert decision.marks == (Mark(minute(2), MAJOR),)
    assert decision.episode == 1


def test_trouble_must_also_be_ten_minutes_old():
    story = healthy(DEFAULTS)
    assert story.polls(10, MAJOR).verdict is Verdict.NOT_YET
    decision = story.poll(MAJOR)
    assert decision.verdict is Verdict.CONFIRMED
    assert decision.since == minute(2)
    assert decision.evidence == Evidence(11, 3, age_seconds=600, age_needed=600)
    assert decision.reason == (
        "Major outage is confirmed: 11 polls in a row (3 needed) over 600 s (600 s needed)."
    )


def test_old_trouble_must_also_have_been_seen_three_times():
    story = healthy(DEFAULTS)
    story.poll(MAJOR)
    story.pause(60)
    decision = story.poll(MAJOR)
    assert decision.verdict is Verdict.NOT_YET
    assert decision.reason == "Major outage is not confirmed yet: 2 of 3 polls; 600 s of 600 s."
    assert story.poll(MAJOR).verdict is Verdict.CONFIRMED


def test_what_is_missing_is_said_in_polls_and_seconds():
    story = healthy(DEFAULTS)
    story.poll(PARTIAL)
    story.pause(3)
    decision = story.poll(PARTIAL)
    assert decision.reason == "Partial outage is not confirmed yet: 2 of 3 polls; 240 s of 600 s."
    assert decision.evidence == Evidence(2, 3, age_seconds=240, age_needed=600)
    assert decision.since == minute(2)
    assert decision.marks == ()
    assert decision.after is UP


def test_one_good_poll_starts_the_count_anew():
    story = healthy()
    story.poll(MAJOR, MAJOR, UP, MAJOR, MAJOR)
    assert story.verdicts() == [
        Verdict.NOT_YET,
        Verdict.NOT_YET,
        Verdict.UNCHANGED,
        Verdict.NOT_YET,
        Verdict.NOT_YET,
    ]
    decision = story.poll(MAJOR)
    assert (decision.verdict, decision.since) == (Verdict.CONFIRMED, minute(5))


def test_with_one_poll_and_no_duration_trouble_is_confirmed_at_once():
    decision = healthy(AT_ONCE).poll(DEGRADED)
    assert (decision.verdict, decision.since) == (Verdict.CONFIRMED, minute(2))
    assert decision.reason == "Degraded is confirmed: 1 poll (1 needed)."


def test_a_run_of_degraded_and_major_polls_confirms_what_they_all_were():
    decision = healthy().poll(DEGRADED, MAJOR, DEGRADED)
    assert (decision.verdict, decision.after) == (Verdict.CONFIRMED, DEGRADED)
    assert decision.since == minute(2)


def test_a_run_that_gets_worse_is_confirmed_step_by_step():
    story = healthy()
    assert story.poll(DEGRADED, MAJOR, MAJOR).after is DEGRADED
    decision = story.poll(MAJOR)
    assert (decision.verdict, decision.before, decision.after) == (
        Verdict.CONFIRMED,
        DEGRADED,
        MAJOR,
    )
    assert decision.since == minute(3)
    assert decision.episode == 1


def test_the_worst_status_that_is_confirmed_wins():
    decision = healthy().poll(MAJOR, MAJOR, MAJOR)
    assert decision.after is MAJOR
    decision = healthy().poll(PARTIAL, MAJOR, PARTIAL)
    assert decision.after is PARTIAL


def test_a_line_shows_both_steps_of_trouble_that_was_confirmed_in_one():
    story = healthy(replace(DEFAULTS, confirm_polls=1))
    story.poll(DEGRADED, MAJOR)
    story.pause(20)
    decision = story.poll(MAJOR)
    assert decision.after is MAJOR
    assert decision.since == minute(3)
    assert decision.marks == (Mark(minute(2), DEGRADED), Mark(minute(3), MAJOR))
    assert story.watch.episode is not None
    assert story.watch.episode.started_at == minute(2)


def test_while_runs_compete_the_reason_names_the_nearest():
    story = healthy()
    decision = story.poll(DEGRADED, MAJOR)
    assert decision.target is DEGRADED
    assert decision.reason == "Degraded is not confirmed yet: 2 of 3 polls."


def test_worsening_within_an_episode_is_a_new_message_of_the_same_episode():
    story = in_trouble(DEGRADED)
    decision = story.polls(3, MAJOR)
    assert (decision.verdict, decision.sends, decision.episode) == (Verdict.CONFIRMED, True, 1)


def test_steady_trouble_is_said_once():
    story = in_trouble()
    assert {d.verdict for d in (story.poll(MAJOR) for _ in range(2_000))} == {Verdict.UNCHANGED}


# Improving and recovering


def test_two_operational_polls_end_the_episode_and_are_back_dated():
    story = in_trouble()
    decision = story.poll(UP)
    assert decision.verdict is Verdict.NOT_YET
    assert decision.reason == "Operational is not confirmed yet: 1 of 2 polls."
    decision = story.poll(UP)
    assert (decision.verdict, decision.after, decision.since) == (Verdict.RECOVERED, UP, minute(5))
    assert decision.marks == (Mark(minute(5), UP),)
    assert decision.episode == 1
    assert decision.reason == "Operational again: 2 polls in a row (2 needed). The episode ends."
    assert story.watch.episode is None


def test_recovery_needs_no_duration():
    story = healthy(DEFAULTS)
    story.polls(11, MAJOR)
    assert story.polls(2, UP).verdict is Verdict.RECOVERED


def test_a_bad_poll_between_good_ones_puts_recovery_off():
    story = in_trouble()
    story.poll(UP, MAJOR, UP)
    assert Verdict.RECOVERED not in story.verdicts()
    assert story.poll(UP).verdict is Verdict.RECOVERED


def test_an_improvement_takes_as_many_polls_changes_the_alert_and_sends_nothing():
    story = in_trouble()
    assert story.poll(DEGRADED).verdict is Verdict.NOT_YET
    decision = story.poll(DEGRADED)
    assert (decision.verdict, decision.after, decision.since) == (
        Verdict.IMPROVED,
        DEGRADED,
        minute(5),
    )
    assert not decision.sends
    assert decision.reason == (
        "Improved to degraded: 2 polls in a row (2 needed). The alert changes, nothing is sent."
    )
    assert story.watch.episode is not None
    assert story.watch.episode.status is DEGRADED


def test_a_mixed_improvement_goes_only_as_far_as_its_worst_poll():
    story = in_trouble()
    assert story.poll(UP, PARTIAL).after is PARTIAL
    assert story.poll(UP).after is PARTIAL
    assert story.poll(UP).verdict is Verdict.RECOVERED


def test_the_next_outage_is_another_episode_and_is_sent_within_the_window():
    story = in_trouble()
    story.polls(2, UP)
    decision = story.polls(3, MAJOR)
    assert (decision.verdict, decision.episode) == (Verdict.CONFIRMED, 2)


# The dedup window


def test_a_repeat_within_the_episode_is_muted_and_still_changes_line_and_alert():
    story = in_trouble()
    story.polls(2, DEGRADED)
    decision = story.polls(3, MAJOR)
    assert (decision.verdict, decision.sends) == (Verdict.MUTED, False)
    assert decision.after is MAJOR
    assert decision.marks == (Mark(minute(7), MAJOR),)
    assert decision.evidence is not None
    assert decision.evidence.sent_seconds_ago == 300
    assert decision.reason == (
        "Major outage is confirmed again, 3 polls in a row (3 needed); nothing is sent, because"
        " this episode sent it 300 s ago and repeats are muted for 86400 s."
    )
    assert story.watch.episode is not None
    assert story.watch.episode.status is MAJOR


def test_after_the_window_a_repeat_is_sent_again():
    story = in_trouble()
    story.polls(2, DEGRADED)
    story.pause(24 * 60)
    assert story.polls(3, MAJOR).verdict is Verdict.CONFIRMED


def test_the_window_ends_on_the_second():
    settings = replace(AT_ONCE, dedup_window=timedelta(minutes=2))
    story = healthy(settings)
    assert story.poll(MAJOR, DEGRADED, MAJOR).verdict is Verdict.CONFIRMED
    settings = replace(AT_ONCE, dedup_window=timedelta(minutes=2, seconds=1))
    story = healthy(settings)
    assert story.poll(MAJOR, DEGRADED, MAJOR).verdict is Verdict.MUTED


def test_an_episode_remembers_every_status_it_sent():
    story = healthy(AT_ONCE)
    story.poll(PARTIAL, MAJOR, DEGRADED, PARTIAL, MAJOR)
    assert story.verdicts() == [
        Verdict.CONFIRMED,
        Verdict.CONFIRMED,
        Verdict.IMPROVED,
        Verdict.MUTED,
        Verdict.MUTED,
    ]


def test_a_mute_does_not_prolong_itself():
    story = healthy(replace(AT_ONCE, dedup_window=timedelta(minutes=3)))
    story.poll(MAJOR, DEGRADED, MAJOR, DEGRADED, MAJOR)
    assert story.verdicts() == [
        Verdict.CONFIRMED,
        Verdict.IMPROVED,
        Verdict.MUTED,
        Verdict.IMPROVED,
        Verdict.CONFIRMED,
    ]


def test_without_a_window_nothing_is_muted():
    story = healthy(replace(AT_ONCE, dedup_window=timedelta()))
    assert story.poll(MAJOR, DEGRADED, MAJOR).verdict is Verdict.CONFIRMED
