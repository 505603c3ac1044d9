"""The lifecycle's verbs, one unit each.

All raise NotFound, LostRace for another version than expected, IllegalTransition where the state
does not allow them, and Invalid for a missing field.
"""

from uuid import UUID

from tocsin.platform.database import Tx
from tocsin.response.incidents.model import Incident, PendingReason
from tocsin.response.incidents.verbs import steps
from tocsin.response.incidents.verbs.steps import Words
from tocsin.response.incidents.verbs.work import begin

Ref = str | UUID


def acknowledge(tx: Tx, ref: Ref, expected_version: int | None = None) -> Incident:
    """Somebody has seen it; repeating is fine."""
    work = begin(tx, ref, expected_version)
    steps.acknowledge(work)
    return work.finish()


def assign(tx: Tx, ref: Ref, to: str | None, expected_version: int | None = None) -> Incident:
    """Give it to a user id, e-mail address or team slug; None takes it away."""
    work = begin(tx, ref, expected_version)
    steps.assign(work, to)
    return work.finish()


def start(tx: Tx, ref: Ref, expected_version: int | None = None) -> Incident:
    """Work on it begins."""
    work = begin(tx, ref, expected_version)
    steps.start(work)
    return work.finish()


def hold(
    tx: Tx, ref: Ref, reason: PendingReason | None, expected_version: int | None = None
) -> Incident:
    """Wait for somebody else: the resolve clock pauses."""
    work = begin(tx, ref, expected_version)
    steps.hold(work, Words(pending_reason=reason))
    return work.finish()


def resume(tx: Tx, ref: Ref, expected_version: int | None = None) -> Incident:
    """The waiting is over."""
    work = begin(tx, ref, expected_version)
    steps.resume(work)
    return work.finish()


def resolve(
    tx: Tx,
    ref: Ref,
    note: str | None,
    public_message: str | None = None,
    expected_version: int | None = None,
) -> Incident:
    """It works again; an open public face ends with the message, else with a standing text."""
    work = begin(tx, ref, expected_version)
    steps.resolve(work, Words(resolution_note=note, public_message=public_message))
    return work.finish()


def close(tx: Tx, ref: Ref, expected_version: int | None = None) -> Incident:
    """It is verified."""
    work = begin(tx, ref, expected_version)
    steps.close(work)
    return work.finish()


def reopen(
    tx: Tx, ref: Ref, public_message: str | None = None, expected_version: int | None = None
) -> Incident:
    """It came back; a public face goes back to investigating, without impacts."""
    work = begin(tx, ref, expected_version)
    steps.reopen(work, Words(public_message=public_message))
    return work.finish()


def cancel(
    tx: Tx,
    ref: Ref,
    reason: str | None,
    public_message: str | None = None,
    expected_version: int | None = None,
) -> Incident:
    """It was none; an open public face needs a message that ends it."""
    work = begin(tx, ref, expected_version)
    steps.cancel(work, Words(reason=reason, public_message=public_message))
    return work.finish()
