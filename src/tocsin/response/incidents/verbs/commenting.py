"""Comment on an incident."""

from dataclasses import dataclass
from uuid import UUID

from tocsin.kernel.errors import Invalid, invalid_field
from tocsin.platform.database import Tx
from tocsin.registry import identity
from tocsin.response.incidents import events, rules, store
from tocsin.response.incidents.verbs.work import begin


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """A comment as somebody writes it; none ever leaves the building by itself.

    `mentions` are user ids, e-mail addresses or team slugs.
    """

    body: str
    mentions: tuple[str, ...] = ()
    internal_only: bool = True


def comment(tx: Tx, ref: str | UUID, draft: CommentDraft) -> UUID:
    """Add a comment and return its id; raises NotFound, Invalid for an empty one or a wrong name."""
    work = begin(tx, ref)
    body = draft.body.strip()
    if not body:
        raise invalid_field("body", "say something")
    mentioned = _mentioned(tx, draft.mentions)
    touched = rules.touch(work.incident, tx.actor, tx.now)
    if touched != work.before:
        store.save(tx, work.before, touched)
    identifier = store.add_comment(tx, work.before.id, body, draft.internal_only, mentioned)
    payload = {
        "comment_id": identifier.hex,
        "internal_only": draft.internal_only,
        "mentions": mentioned,
    }
    tx.record(events.fact(events.COMMENTED, work.before.id, payload))
    return identifier


def _mentioned(tx: Tx, names: tuple[str, ...]) -> list[str]:
    """Whom the names mean, as facts name them: `user:…`, `team:…`."""
    found = []
    for name in names:
        try:
            whom = identity.resolve_assignee(tx, name)
        except Invalid as error:
            raise invalid_field("mentions", f"there is no person or team “{name}”") from error
        found.append(f"{whom.kind.value}:{whom.id}")
    return found
