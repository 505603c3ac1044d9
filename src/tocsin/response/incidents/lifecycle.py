"""The incident's lifecycle: the table of API.md, and what each verb does to the incident.

A verb here is pure: it takes an incident and returns what it becomes (`Moved`), that it had been
done already (`Unchanged`: success without a fact), or why not (`Refusal`). Versions and who did
it are for the caller to write.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tocsin.kernel.clock import moment
from tocsin.kernel.lifecycle import Lifecycle, Refusal, Step, Transition, Unchanged
from tocsin.response.incidents.model import (
    Assignment,
    Incident,
    Pause,
    PendingReason,
    State,
    Verb,
)

CLOSES_ITSELF_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReopenPolicy:
    """How long after it was resolved an incident may be reopened: None is always, zero never."""

    within: timedelta | None = timedelta(days=7)


SEVEN_DAYS = ReopenPolicy()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What guards look at."""

    incident: Incident
    now: datetime
    reopen: ReopenPolicy = SEVEN_DAYS


@dataclass(frozen=True, slots=True)
class Moved:
    """A verb that ran: what the conditional UPDATE compares with, and the incident afterwards."""

    transition: Transition[State, Verb]
    incident: Incident


Outcome = Moved | Unchanged | Refusal


def reopen_until(incident: Incident, policy: ReopenPolicy = SEVEN_DAYS) -> datetime | None:
    """Until when (exclusive) a resolved incident may be reopened; None if for ever or not at all."""
    if incident.resolved_at is None or policy.within is None:
        return None
    return incident.resolved_at + policy.within


def _too_late(seen: Circumstances) -> str | None:
    until = reopen_until(seen.incident, seen.reopen)
    if until is None or seen.now < until:
        return None
    if not seen.reopen.within:
        return "the policy never reopens"
    return f"it could be reopened until {moment(until)}"


LIFECYCLE = Lifecycle[State, Verb, Circumstances](
    "incident",
    {
        (State.OPEN, Verb.ACKNOWLEDGE): Step(State.OPEN),
        (State.OPEN, Verb.ASSIGN): Step(State.OPEN),
        (State.OPEN, Verb.START): Step(State.IN_PROGRESS),
        (State.OPEN, Verb.HOLD): Step(State.PENDING),
        (State.OPEN, Verb.RESOLVE): Step(State.RESOLVED),
        (State.OPEN, Verb.CANCEL): Step(State.CANCELLED),
        (State.IN_PROGRESS, Verb.ACKNOWLEDGE): Step(State.IN_PROGRESS),
        (State.IN_PROGRESS, Verb.ASSIGN): Step(State.IN_PROGRESS),
        (State.IN_PROGRESS, Verb.HOLD): Step(State.PENDING),
        (State.IN_PROGRESS, Verb.RESOLVE): Step(State.RESOLVED),
        (State.IN_PROGRESS, Verb.CANCEL): Step(State.CANCELLED),
        (State.PENDING, Verb.ACKNOWLEDGE): Step(State.PENDING),
        (State.PENDING, Verb.ASSIGN): Step(State.PENDING),
        (State.PENDING, Verb.RESUME): Step(State.IN_PROGRESS),
        (State.PENDING, Verb.RESOLVE): Step(State.RESOLVED),
        (State.PENDING, Verb.CANCEL): Step(State.CANCELLED),
        (State.RESOLVED, Verb.CLOSE): Step(State.CLOSED),
        (State.RESOLVED, Verb.REOPEN): Step(State.IN_PROGRESS, _too_late),
        (State.CLOSED, Verb.REOPEN): Step(State.IN_PROGRESS, _too_late),
    },
)


def decide(
    incident: Incident, verb: Verb, now: datetime, reopen: ReopenPolicy = SEVEN_DAYS
) -> Transition[State, Verb] | Refusal:
    """Say where a verb would lead an incident, or why it may not run."""
    return LIFECYCLE.decide(incident.state, verb, Circumstances(incident, now, reopen))


def acknowledge(incident: Incident, now: datetime) -> Outcome:
    """Somebody has seen it: the response clock stops. The first acknowledgement counts."""
    transition = decide(incident, Verb.ACKNOWLEDGE, now)
    if isinstance(transition, Refusal):
        return transition
    if incident.acknowledged_at is not None:
        return Unchanged("It was acknowledged already.")
    return Moved(transition, replace(incident, acknowledged_at=now))


def assign(incident: Incident, to: Assignment | None, now: datetime) -> Outcome:
    """Give it to a person or team, or to nobody; a person on a new incident starts it."""
    transition = decide(incident, Verb.ASSIGN, now)
    if isinstance(transition, Refusal):
        return transition
    if to == incident.assigned_to:
        return Unchanged("It was assigned so already.")
    if to is not None and to.is_person and incident.state is State.OPEN:
        transition = replace(transition, after=State.IN_PROGRESS)
    return Moved(transition, replace(incident, assigned_to=to, state=transition.after))


def start(incident: Incident, now: datetime) -> Outcome:
    """Work on it begins."""
    return _moved(incident, Verb.START, now)


def hold(incident: Incident, reason: PendingReason | None, now: datetime) -> Outcome:
    """Wait for somebody else: the resolve clock pauses."""
    outcome = _moved(incident, Verb.HOLD, now)
    if isinstance(outcome, Refusal):
        return outcome
    if reason is None:
        return Refusal("say what it waits for", field="pending_reason")
    pauses = (*incident.pauses, Pause(now, None, reason))
    return replace(
        outcome, incident=replace(outcome.incident, pending_reason=reason, pauses=pauses)
    )


def resume(incident: Incident, now: datetime) -> Outcome:
    """The waiting is over: the resolve clock runs again."""
    return _moved(incident, Verb.RESUME, now)


def resolve(incident: Incident, note: str | None, now: datetime) -> Outcome:
    """It works again; the note says what was done. The clocks stop."""
    outcome = _moved(incident, Verb.RESOLVE, now)
    if isinstance(outcome, Refusal):
        return outcome
    if note is None or not note.strip():
        return Refusal("say what was done", field="resolution_note")
    resolved = replace(outcome.incident, resolved_at=now, resolution_note=note.strip())
    return replace(outcome, incident=resolved)


def close(incident: Incident, now: datetime) -> Outcome:
    """It is verified; happens by itself some days after it was resolved."""
    outcome = _moved(incident, Verb.CLOSE, now)
    if isinstance(outcome, Refusal):
        return outcome
    return replace(outcome, incident=replace(outcome.incident, closed_at=now))


def reopen(incident: Incident, now: datetime, policy: ReopenPolicy = SEVEN_DAYS) -> Outcome:
    """It came back: as if it had not been resolved, and counted."""
    transition = decide(incident, Verb.REOPEN, now, policy)
    if isinstance(transition, Refusal):
        return transition
    reopened = replace(
        incident,
        state=transition.after,
        resolved_at=None,
        closed_at=None,
        recovery_observed_at=None,
        reopen_count=incident.reopen_count + 1,
    )
    return Moved(transition, reopened)


def cancel(incident: Incident, reason: str | None, now: datetime) -> Outcome:
    """It was none; the reason says why."""
    outcome = _moved(incident, Verb.CANCEL, now)
    if isinstance(outcome, Refusal):
        return outcome
    if reason is None or not reason.strip():
        return Refusal("say why it is cancelled", field="reason")
    cancelled = replace(outcome.incident, cancelled_at=now, cancel_reason=reason.strip())
    return replace(outcome, incident=cancelled)


def close_due_at(incident: Incident, after: timedelta = CLOSES_ITSELF_AFTER) -> datetime | None:
    """When a resolved incident closes by itself; None for any other."""
    if incident.state is not State.RESOLVED or incident.resolved_at is None:
        return None
    return incident.resolved_at + after


def closes_itself(
    incident: Incident, now: datetime, after: timedelta = CLOSES_ITSELF_AFTER
) -> bool:
    """Whether the time has come; asked again inside the write, since it may have been reopened."""
    due = close_due_at(incident, after)
    return due is not None and due <= now


_LEADS_TO: Mapping[State, Mapping[State, Verb]] = {
    State.IN_PROGRESS: {
        State.PENDING: Verb.RESUME,
        State.RESOLVED: Verb.REOPEN,
        State.CLOSED: Verb.REOPEN,
    },
}

_USUAL_WAY: Mapping[State, Verb] = {
    State.IN_PROGRESS: Verb.START,
    State.PENDING: Verb.HOLD,
    State.RESOLVED: Verb.RESOLVE,
    State.CLOSED: Verb.CLOSE,
    State.CANCELLED: Verb.CANCEL,
}


def verb_for(state: State, wanted: State) -> Verb | Unchanged | Refusal:
    """The verb that a PATCH of `status` means; a status already reached is no verb."""
    if wanted is state:
        return Unchanged(f"It is {state} already.")
    verb = _LEADS_TO.get(wanted, {}).get(state) or _USUAL_WAY.get(wanted)
    if verb is None:
        return Refusal(f"Cannot set this incident to {wanted}: it is {state}; no verb leads there.")
    return verb


def _moved(incident: Incident, verb: Verb, now: datetime) -> Moved | Refusal:
    """The incident in its next state, no longer on hold."""
    transition = decide(incident, verb, now)
    if isinstance(transition, Refusal):
        return transition
    moved = replace(
        incident,
        state=transition.after,
        pending_reason=None,
        pauses=tuple(_ended(pause, now) for pause in incident.pauses),
    )
    return Moved(transition, moved)


def _ended(pause: Pause, now: datetime) -> Pause:
    return pause if pause.end is not None else replace(pause, end=now)
