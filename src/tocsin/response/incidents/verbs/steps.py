"""The lifecycle's verbs as steps of one unit's work, so that a PATCH can take several at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tocsin.kernel.facts import ActorKind
from tocsin.kernel.lifecycle import Refusal, Unchanged, granted
from tocsin.registry import identity
from tocsin.response.incidents import events, lifecycle, rules
from tocsin.response.incidents.model import Assignment, PendingReason, State, Verb
from tocsin.response.incidents.verbs.work import Work


@dataclass(frozen=True, slots=True)
class Words:
    """What a verb may need from whoever runs it."""

    resolution_note: str | None = None
    public_message: str | None = None
    pending_reason: PendingReason | None = None
    reason: str | None = None


NO_WORDS = Words()


def acknowledge(work: Work, _: Words = NO_WORDS) -> None:
    """Somebody has seen it."""
    if work.take(lifecycle.acknowledge(work.incident, work.tx.now)):
        work.tell(events.ACKNOWLEDGED)


def assign(work: Work, to: str | None) -> None:
    """Give it to a user id, e-mail address or team slug, or to nobody."""
    assignment = resolve_assignment(work, to)
    if work.take(lifecycle.assign(work.incident, assignment, work.tx.now)):
        work.tell(events.ASSIGNED, {"assignee": events.assignee(assignment)})


def start(work: Work, _: Words = NO_WORDS) -> None:
    """Work on it begins."""
    if work.take(lifecycle.start(work.incident, work.tx.now)):
        work.tell(events.STARTED)


def hold(work: Work, words: Words) -> None:
    """Wait for somebody else."""
    if work.take(lifecycle.hold(work.incident, words.pending_reason, work.tx.now)):
        work.tell(events.HELD, {"reason": words.pending_reason})


def resume(work: Work, _: Words = NO_WORDS) -> None:
    """The waiting is over."""
    if work.take(lifecycle.resume(work.incident, work.tx.now)):
        work.tell(events.RESUMED)


def resolve(work: Work, words: Words) -> None:
    """It works again; an open face says so too."""
    outcome = lifecycle.resolve(work.incident, words.resolution_note, work.tx.now)
    if isinstance(outcome, Refusal):
        raise outcome.error()
    face = granted(rules.face_on_resolve(work.incident, words.public_message))
    if work.take(outcome):
        work.publish_face(face)
        work.tell(events.RESOLVED, _resolved_payload(work))


def close(work: Work, _: Words = NO_WORDS) -> None:
    """It is verified."""
    if work.take(lifecycle.close(work.incident, work.tx.now)):
        work.tell(events.CLOSED)


def reopen(work: Work, words: Words) -> None:
    """It came back; a public face goes back to investigating."""
    outcome = lifecycle.reopen(work.incident, work.tx.now)
    if isinstance(outcome, Refusal):
        raise outcome.error()
    face = granted(rules.face_on_reopen(work.incident, words.public_message))
    if work.take(outcome):
        work.tell(events.REOPENED, {"count": work.incident.reopen_count})
        work.publish_face(face)


def cancel(work: Work, words: Words) -> None:
    """It was none; an open face needs words that end it."""
    outcome = lifecycle.cancel(work.incident, words.reason, work.tx.now)
    if isinstance(outcome, Refusal):
        raise outcome.error()
    face = granted(rules.face_on_cancel(work.incident, words.public_message))
    if work.take(outcome):
        work.publish_face(face)
        work.tell(events.CANCELLED, {"note": work.say(work.incident.cancel_reason or "")})


STEPS: Mapping[Verb, Callable[[Work, Words], None]] = {
    Verb.ACKNOWLEDGE: acknowledge,
    Verb.START: start,
    Verb.HOLD: hold,
    Verb.RESUME: resume,
    Verb.RESOLVE: resolve,
    Verb.CLOSE: close,
    Verb.REOPEN: reopen,
    Verb.CANCEL: cancel,
}


def reach(work: Work, wanted: State, words: Words) -> None:
    """Run the verb that a wanted state means; a state already reached is no verb."""
    verb = lifecycle.verb_for(work.incident.state, wanted)
    if isinstance(verb, Refusal):
        raise verb.error()
    if not isinstance(verb, Unchanged):
        STEPS[verb](work, words)


def resolve_assignment(work: Work, to: str | None) -> Assignment | None:
    """Whom a text names; raises Invalid for `assigned_to`."""
    if to is None or not to.strip():
        return None
    found = identity.resolve_assignee(work.tx, to)
    return Assignment(found.kind.value, found.id)


def _resolved_payload(work: Work) -> dict[str, object]:
    payload: dict[str, object] = {"note": work.say(work.incident.resolution_note or "")}
    if work.tx.actor.kind is ActorKind.RULE:
        payload["by_rule"] = work.tx.actor.id
    return payload
