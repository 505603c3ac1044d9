"""The table of API.md, every state × verb, and what each verb leaves behind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.response.incidents.examples import NEW, PERSON, START, in_state, minute
from tocsin.kernel.errors import IllegalTransition
from tocsin.kernel.lifecycle import Refusal, Transition, Unchanged, granted
from tocsin.response.incidents import lifecycle
from tocsin.response.incidents.lifecycle import Moved, ReopenPolicy
from tocsin.response.incidents.model import Assignment, Pause, PendingReason, State, Verb

OPEN, IN_PROGRESS, PENDING = State.OPEN, State.IN_PROGRESS, State.PENDING
RESOLVED, CLOSED, CANCELLED = State.RESOLVED, State.CLOSED, State.CANCELLED

SOMEBODY = Assignment("user", "0190")
A_TEAM = Assignment("team", "payments")

ALLOWED = {
    Verb.ACKNOWLEDGE: {OPEN: OPEN, IN_PROGRESS: IN_PROGRESS, PENDING: PENDING},
    Verb.ASSIGN: {OPEN: OPEN, IN_PROGRESS: IN_PROGRESS, PENDING: PENDING},
    Verb.START: {OPEN: IN_PROGRESS},
    Verb.HOLD: {OPEN: PENDING, IN_PROGRESS: PENDING},
    Verb.RESUME: {PENDING: IN_PROGRESS},
    Verb.RESOLVE: {OPEN: RESOLVED, IN_PROGRESS: RESOLVED, PENDING: RESOLVED},
    Verb.CLOSE: {RESOLVED: CLOSED},
    Verb.REOPEN: {RESOLVED: IN_PROGRESS, CLOSED: IN_PROGRESS},
    Verb.CANCEL: {OPEN: CANCELLED, IN_PROGRESS: CANCELLED, PENDING: CANCELLED},
}

RUN = {
    Verb.ACKNOWLEDGE: lifecycle.acknowledge,
    Verb.ASSIGN: lambda incident, now: lifecycle.assign(incident, A_TEAM, now),
    Verb.START: lifecycle.start,
    Verb.HOLD: lambda incident, now: lifecycle.hold(incident, PendingReason.VENDOR, now),
    Verb.RESUME: lifecycle.resume,
    Verb.RESOLVE: lambda incident, now: lifecycle.resolve(incident, "Restarted.", now),
    Verb.CLOSE: lifecycle.close,
    Verb.REOPEN: lifecycle.reopen,
    Verb.CANCEL: lambda incident, now: lifecycle.cancel(incident, "A test.", now),
}

SINCE_LONG = minute(20)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_every_verb_leads_from_every_state_where_the_table_says_or_is_refused(state, verb):
    decision = lifecycle.decide(in_state(state), verb, SINCE_LONG)
    after = ALLOWED[verb].get(state)
    if after is not None:
        assert decision == Transition(verb, before=state, after=after)
        return
    assert isinstance(decision, Refusal)
    assert decision.field is None
    assert decision.reason.startswith(f"Cannot {verb} this incident: it is {state}; {verb} works")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_running_a_verb_agrees_with_deciding_it(state, verb):
    decision = lifecycle.decide(in_state(state), verb, SINCE_LONG)
    outcome = RUN[verb](in_state(state), SINCE_LONG)
    if isinstance(decision, Refusal):
        assert outcome == decision
        return
    assert isinstance(outcome, Moved)
    assert outcome.transition == decision
    assert outcome.incident.state is decision.after


def test_a_refused_verb_is_an_illegal_transition():
    with pytest.raises(IllegalTransition) as raised:
        granted(lifecycle.close(NEW, SINCE_LONG))
    assert raised.value.detail == (
        "Cannot close this incident: it is open; close works from resolved."
    )


# Acknowledge and assign


def test_the_first_acknowledgement_counts_and_a_repeat_changes_nothing():
    outcome = lifecycle.acknowledge(NEW, minute(4))
    assert isinstance(outcome, Moved)
    assert outcome.incident == replace(NEW, acknowledged_at=minute(4))
    assert not outcome.transition.moves
    assert isinstance(lifecycle.acknowledge(outcome.incident, minute(5)), Unchanged)


def test_acknowledging_keeps_a_hold():
    outcome = lifecycle.acknowledge(in_state(PENDING), SINCE_LONG)
    assert isinstance(outcome, Moved)
    assert outcome.incident.pending_reason is PendingReason.VENDOR
    assert outcome.incident.pauses[0].end is None


@pytest.mark.parametrize(
    ("state", "to", "after"),
    [
        (OPEN, SOMEBODY, IN_PROGRESS),
        (OPEN, A_TEAM, OPEN),
        (IN_PROGRESS, SOMEBODY, IN_PROGRESS),
        (IN_PROGRESS, A_TEAM, IN_PROGRESS),
        (PENDING, SOMEBODY, PENDING),
        (PENDING, A_TEAM, PENDING),
    ],
)
def test_a_person_starts_a_new_incident_and_nothing_else_moves(state, to, after):
    outcome = lifecycle.assign(in_state(state), to, SINCE_LONG)
    assert isinstance(outcome, Moved)
    assert (outcome.transition.before, outcome.transition.after) == (state, after)
    assert (outcome.incident.state, outcome.incident.assigned_to) == (after, to)


def test_assigning_to_the_same_again_changes_nothing():
    for to in (SOMEBODY, A_TEAM, None):
        assert isinstance(lifecycle.assign(replace(NEW, assigned_to=to), to, START), Unchanged)


def test_work_can_be_taken_from_somebody():
    outcome = lifecycle.assign(in_state(IN_PROGRESS, assigned_to=SOMEBODY), None, SINCE_LONG)
    assert isinstance(outcome, Moved)
    assert outcome.incident.assigned_to is None
    assert outcome.incident.state is IN_PROGRESS


@pytest.mark.parametrize("state", [RESOLVED, CLOSED, CANCELLED])
def test_a_repeat_of_what_is_over_is_refused_rather_than_ignored(state):
    done = in_state(state, acknowledged_at=START, assigned_to=SOMEBODY)
    assert isinstance(lifecycle.acknowledge(done, SINCE_LONG), Refusal)
    assert isinstance(lifecycle.assign(done, SOMEBODY, SINCE_LONG), Refusal)


# Hold and resume


def test_a_hold_stores_its_reason_and_its_pause():
    outcome = lifecycle.hold(NEW, PendingReason.CHANGE, minute(5))
    assert isinstance(outcome, Moved)
    assert outcome.incident.pending_reason is PendingReason.CHANGE
    assert outcome.incident.pauses == (Pause(minute(5), None, PendingReason.CHANGE),)


def test_a_hold_says_what_it_waits_for():
    refusal = lifecycle.hold(NEW, None, minute(5))
    assert isinstance(refusal, Refusal)
    assert refusal.field == "pending_reason"


def test_the_state_is_refused_before_a_missing_field():
    refusal = lifecycle.hold(in_state(CLOSED), None, SINCE_LONG)
    assert isinstance(refusal, Refusal)
    assert refusal.field is None


@pytest.mark.parametrize("verb", [Verb.RESUME, Verb.RESOLVE, Verb.CANCEL])
def test_every_way_out_of_a_hold_ends_its_pause(verb):
    outcome = RUN[verb](in_state(PENDING), minute(25))
    assert isinstance(outcome, Moved)
    assert outcome.incident.pending_reason is None
    assert outcome.incident.pauses == (Pause(minute(10), minute(25), PendingReason.VENDOR),)


def test_pauses_add_up_and_the_earlier_ones_stay_as_they_were():
    first = granted(lifecycle.hold(NEW, PendingReason.CALLER, minute(1)))
    assert isinstance(first, Moved)
    resumed = lifecycle.resume(first.incident, minute(2))
    assert isinstance(resumed, Moved)
    second = lifecycle.hold(resumed.incident, PendingReason.OTHER, minute(3))
    assert isinstance(second, Moved)
    assert second.incident.pauses == (
        Pause(minute(1), minute(2), PendingReason.CALLER),
        Pause(minute(3), None, PendingReason.OTHER),
    )
    again = lifecycle.resume(second.incident, minute(4))
    assert isinstance(again, Moved)
    assert again.incident.pauses == (
        Pause(minute(1), minute(2), PendingReason.CALLER),
        Pause(minute(3), minute(4), PendingReason.OTHER),
    )


# Resolve, close, reopen, cancel


def test_resolving_needs_a_note_and_keeps_it():
    for nothing in (None, "", "  "):
        refusal = lifecycle.resolve(NEW, nothing, START)
        assert isinstance(refusal, Refusal)
        assert refusal.field == "resolution_note"
    outcome = lifecycle.resolve(NEW, " Restarted. ", minute(9))
    assert isinstance(outcome, Moved)
    assert outcome.incident.resolved_at == minute(9)
    assert outcome.incident.resolution_note == "Restarted."


def test_a_pending_major_can_be_resolved():
    outcome = RUN[Verb.RESOLVE](in_state(PENDING, major=True), SINCE_LONG)
    assert isinstance(outcome, Moved)
    assert outcome.incident.major


def test_cancelling_needs_a_reason():
    for nothing in (None, " "):
        refusal = lifecycle.cancel(NEW, nothing, START)
        assert isinstance(refusal, Refusal)
        assert refusal.field == "reason"
    outcome = lifecycle.cancel(NEW, "A test.", minute(9))
    assert isinstance(outcome, Moved)
    assert (outcome.incident.cancelled_at, outcome.incident.cancel_reason) == (
        minute(9),
        "A test.",
    )


def test_closing_stamps_the_time_and_keeps_the_resolution():
    outcome = lifecycle.close(in_state(RESOLVED), minute(30))
    assert isinstance(outcome, Moved)
    assert (outcome.incident.resolved_at, outcome.incident.closed_at) == (minute(10), minute(30))


@pytest.mark.parametrize("state", [RESOLVED, CLOSED])
def test_a_reopened_incident_is_as_if_not_resolved_and_counted(state):
    before = in_state(state, acknowledged_at=minute(2), reopen_count=1)
    outcome = lifecycle.reopen(before, minute(30))
    assert isinstance(outcome, Moved)
    after = outcome.incident
    assert (after.state, after.resolved_at, after.closed_at) == (IN_PROGRESS, None, None)
    assert after.reopen_count == 2
    assert after.acknowledged_at == minute(2)


@pytest.mark.parametrize("state", [RESOLVED, CLOSED])
def test_an_incident_can_be_reopened_for_seven_days_after_it_was_resolved(state):
    incident = in_state(state)
    until = minute(10) + timedelta(days=7)
    assert lifecycle.reopen_until(incident) == until
    assert isinstance(lifecycle.reopen(incident, until - timedelta(seconds=1)), Moved)
    refusal = lifecycle.reopen(incident, until)
    assert refusal == Refusal(
        f"Cannot reopen this incident: it is {state},"
        " and it could be reopened until 2026-03-10 10:10 UTC."
    )


def test_a_policy_may_reopen_always_or_never():
    always, never = ReopenPolicy(None), ReopenPolicy(timedelta())
    resolved = in_state(RESOLVED)
    assert lifecycle.reopen_until(resolved, always) is None
    assert isinstance(lifecycle.reopen(resolved, minute(10**6), always), Moved)
    assert lifecycle.reopen(resolved, minute(10), never) == Refusal(
        "Cannot reopen this incident: it is resolved, and the policy never reopens."
    )


def test_what_was_not_resolved_has_no_time_to_reopen():
    assert lifecycle.reopen_until(NEW) is None


def test_a_resolved_incident_closes_itself_after_seven_days():
    resolved = in_state(RESOLVED)
    due = minute(10) + timedelta(days=7)
    assert lifecycle.close_due_at(resolved) == due
    assert not lifecycle.closes_itself(resolved, due - timedelta(seconds=1))
    assert lifecycle.closes_itself(resolved, due)
    assert lifecycle.close_due_at(resolved, timedelta(days=2)) == minute(10) + timedelta(days=2)


@pytest.mark.parametrize("state", sorted(set(State) - {RESOLVED}))
def test_nothing_else_closes_itself(state):
    assert lifecycle.close_due_at(in_state(state)) is None
    assert not lifecycle.closes_itself(in_state(state), minute(10**6))


# PATCH {status: …}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("wanted", State)
def test_a_wanted_status_means_a_verb_that_leads_there_or_is_refused(state, wanted):
    meant = lifecycle.verb_for(state, wanted)
    if state is wanted:
        assert isinstance(meant, Unchanged)
        return
    reachable = {verb for verb, ways in ALLOWED.items() if ways.get(state) is wanted}
    if reachable:
        assert meant in reachable
        return
    refusal: object = meant
    if isinstance(meant, Verb):
        refusal = lifecycle.decide(in_state(state), meant, SINCE_LONG)
    assert isinstance(refusal, Refusal)
    assert f"it is {state}" in refusal.reason


def test_in_progress_means_start_resume_or_reopen():
    meant = [lifecycle.verb_for(state, IN_PROGRESS) for state in (OPEN, PENDING, RESOLVED, CLOSED)]
    assert meant == [Verb.START, Verb.RESUME, Verb.REOPEN, Verb.REOPEN]


def test_nothing_becomes_new_again():
    refusal = lifecycle.verb_for(RESOLVED, OPEN)
    assert refusal == Refusal(
        "Cannot set this incident to open: it is resolved; no verb leads there."
    )


# Whatever people do


@given(st.lists(st.tuples(st.sampled_from(Verb), st.integers(0, 60 * 24 * 3)), max_size=25))
def test_stamps_and_states_agree_after_any_row_of_verbs(row):
    incident, now = NEW, START
    for verb, later in row:
        now += timedelta(minutes=later)
        outcome = RUN[verb](incident, now)
        if not isinstance(outcome, Moved):
            continue
        assert outcome.transition.before is incident.state
        incident = outcome.incident
        assert incident.state is outcome.transition.after
        assert (incident.resolved_at is not None) == (incident.state in (RESOLVED, CLOSED))
        assert (incident.closed_at is not None) == (incident.state is CLOSED)
        assert (incident.cancelled_at is not None) == (incident.state is CANCELLED)
        assert (incident.pending_reason is not None) == (incident.state is PENDING)
        running = [pause for pause in incident.pauses if pause.end is None]
        assert len(running) == (1 if incident.state is PENDING else 0)
        assert incident.version == NEW.version


def test_a_verb_does_not_know_who_runs_it():
    outcome = lifecycle.acknowledge(replace(NEW, opened_by=PERSON), START)
    assert isinstance(outcome, Moved)
    assert outcome.incident.touched_at is None
