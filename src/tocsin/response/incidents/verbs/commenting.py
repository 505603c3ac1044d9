"""Comment on an incident."""

from dataclasses import dataclass
from uuid import UUID

from tocsin.kernel.errors import invalid_field
from tocsin.platform.database import Tx
from tocsin.response.incidents import events, rules, store
from tocsin.response.incidents.verbs.work import begin


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """A comment as somebody writes it; none ever leaves the building by itself."""

    body: str
    mentions: tuple[str, ...] = ()
    internal_only: bool = True


def comment(tx: Tx, ref: str | UUID, draft: CommentDraft) -> UUID:
    """Add a comment; raises NotFound, and Invalid for an empty one. Returns its id."""
    work = begin(tx, ref)
    body = draft.body.strip()
    if not body:
        raise invalid_field("body", "say something")
    touched = rules.touch(work.incident, tx.actor, tx.now)
    if touched != work.before:
        store.save(tx, work.before, touched)
    identifier = store.add_comment(tx, work.before.id, body, draft.internal_only, draft.mentions)
    payload = {
        "comment_id": identifier.hex,
        "internal_only": draft.internal_only,
        "mentions": list(draft.mentions),
    }
    tx.record(events.fact(events.COMMENTED, work.before.id, payload))
    return identifier
