"""The rules of confirming, told poll by poll; a poll a minute unless a story says otherwise."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from tocsin.detection.conditions.model import (
    ConfirmSettings,
    Decision,
    Evidence,
    Mark,
    PollSample,
    Verdict,
    Watch,
)
from tocsin.detection.conditions.rules import lose_sight, observe, report
from tocsin.kernel.segments import SegmentSource
from tocsin.kernel.status import Status

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
UP, DEGRADED = Status.OPERATIONAL, Status.DEGRADED
PARTIAL, MAJOR, UNKNOWN = Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE, Status.UNKNOWN

DEFAULTS = ConfirmSettings()
NO_DWELL = ConfirmSettings(min_duration=timedelta())
AT_ONCE = ConfirmSettings(confirm_polls=1, recovery_polls=1, min_duration=timedelta())


def minute(n: float) -> datetime:
    return START + timedelta(minutes=n)


@dataclass
class Story:
    """A service, watched; each step returns the decision it led to."""

    settings: ConfirmSettings = NO_DWELL
    watch: Watch = field(default_factory=Watch)
    clock: float = 0
    decisions: list[Decision] = field(default_factory=list)

    def poll(self, *statuses: Status, maintenance: bool = False) -> Decision:
        for status in statuses:
            self.clock += 1
            sample = PollSample(minute(self.clock), status, maintenance)
            self._take(observe(self.watch, sample, self.settings, minute(self.clock)))
        return self.decisions[-1]

    def polls(self, count: int, status: Status) -> Decision:
        return self.poll(*[status] * count)

    def says(self, status: Status) -> Decision:
        self.clock += 1
        return self._take(report(self.watch, status, self.settings, minute(self.clock)))

    def breaks(self) -> Decision:
        self.clock += 1
        return self._take(lose_sight(self.watch, minute(self.clock)))

    def pause(self, minutes: float) -> None:
        self.clock += minutes

    def verdicts(self) -> list[Verdict]:
        return [decision.verdict for decision in self.decisions]

    def _take(self, judged: tuple[Watch, Decision]) -> Decision:
        self.watch, decision = judged
        self.decisions.append(decision)
        return decision


def healthy(settings: ConfirmSettings = NO_DWELL) -> Story:
    """A service that has been fine since minute 1."""
    story = Story(settings)
    story.poll(UP)
    story.decisions.clear()
    return story


def in_trouble(status: Status = MAJOR, settings: ConfirmSettings = NO_DWELL) -> Story:
    """A service in a confirmed episode since minute 2, judged last at minute 4."""
    story = healthy(settings)
    story.polls(3, status)
    assert story.watch.confirmed is status
    story.decisions.clear()
    return story


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
    stored = story.watch.to_json()
    restored = Watch.from_json(stored)
    assert restored == story.watch
    again = Story(NO_DWELL, restored, story.clock)
    assert again.poll(DEGRADED) == story.poll(DEGRADED)


def test_a_decision_survives_being_kept():
    story = in_trouble()
    story.polls(2, DEGRADED)
    for decision in (*story.decisions, story.polls(3, MAJOR)):
        assert Decision.from_json(decision.to_json()) == decision


def test_settings_may_change_between_two_polls():
    story = healthy(DEFAULTS)
    story.polls(4, MAJOR)
    story.settings = NO_DWELL
    decision = story.poll(MAJOR)
    assert (decision.verdict, decision.since) == (Verdict.CONFIRMED, minute(2))
