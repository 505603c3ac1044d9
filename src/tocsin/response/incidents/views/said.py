"""What was said of an incident, as the wire shows it."""

from collections.abc import Mapping
from uuid import UUID

from tocsin.platform.database import ReadTx
from tocsin.platform.delivery import counts_of_causes
from tocsin.response.incidents import queries
from tocsin.response.incidents.model import Incident
from tocsin.response.incidents.queries import Comment, KeptUpdate
from tocsin.response.incidents.schemas import CommentOut, CommentsOut, UpdateOut, UpdatesOut
from tocsin.response.incidents.views.lists import Known, known_to
from tocsin.response.incidents.views.pages import update_values


def updates(tx: ReadTx, one: Incident) -> UpdatesOut:
    """All updates of an incident in the order of what they tell, the oldest first."""
    return UpdatesOut(items=_updates(tx, one, queries.kept_updates(tx, [one.id])))


def update_out(tx: ReadTx, one: Incident, update_id: UUID) -> UpdateOut:
    """An update of an incident."""
    kept = queries.kept_updates(tx, [one.id])
    [shown] = _updates(tx, one, [each for each in kept if each.update.id == update_id])
    return shown


def comments(tx: ReadTx, one: Incident) -> CommentsOut:
    """All comments on an incident, the oldest first."""
    return CommentsOut(items=_comments(tx, one, queries.comments(tx, one.id)))


def comment_out(tx: ReadTx, one: Incident, comment_id: UUID) -> CommentOut:
    """A comment on an incident."""
    found = queries.comments(tx, one.id)
    [shown] = _comments(tx, one, [each for each in found if each.id == comment_id])
    return shown


def _updates(tx: ReadTx, one: Incident, kept: list[KeptUpdate]) -> list[UpdateOut]:
    known = known_to(tx, [one], [each.update.author for each in kept if each.update.author])
    sent = counts_of_causes(tx, [each.fact_id for each in kept if each.update.public])
    return [_update(each, known, sent) for each in kept]


def _update(kept: KeptUpdate, known: Known, sent: Mapping[UUID, Mapping[str, int]]) -> UpdateOut:
    counts = dict(sent.get(kept.fact_id, {}))
    return UpdateOut(**update_values(kept, known), delivery_counts=counts)


def _comments(tx: ReadTx, one: Incident, found: list[Comment]) -> list[CommentOut]:
    known = known_to(tx, [one], [each.author for each in found])
    return [
        CommentOut(
            id=each.id.hex,
            body=each.body,
            internal_only=each.internal_only,
            mentions=list(each.mentions),
            author=known.actor(each.author),
            at=each.at,
        )
        for each in found
    ]
