"""What was said of an incident: updates with their texts, comments, and the words of verbs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Actor
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.response.incidents.model import Phase, Update
from tocsin.response.incidents.tables import (
    incident_comments,
    incident_notes,
    incident_update_texts,
    incident_updates,
)

_u, _t = incident_updates, incident_update_texts


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """An update as it is stored: its public id, and the fact that told of it."""

    update: Update
    incident_id: UUID
    public_id: str | None
    fact_id: UUID


def updates_of(tx: ReadTx, incident_id: UUID) -> list[Update]:
    """All updates of an incident in the order of what they tell, the oldest first."""
    return [kept.update for kept in kept_updates(tx, [incident_id])]


def kept_updates(tx: ReadTx, incident_ids: Collection[UUID]) -> list[KeptUpdate]:
    """All updates of these incidents in the order of what they tell, the oldest first."""
    if not incident_ids:
        return []
    rows = tx.all(
        select(_u)
        .where(_u.c.tenant_id == tx.tenant, _u.c.incident_id.in_(sorted(set(incident_ids))))
        .order_by(_u.c.at, _u.c.recorded_at, _u.c.id)
    )
    texts = _texts(tx, [row.id for row in rows])
    return [
        KeptUpdate(
            Update(
                id=row.id,
                at=row.at,
                recorded_at=row.recorded_at,
                phase=Phase(row.phase),
                public=row.public,
                texts=texts.get(row.id, {}),
                impacts={service: Status(status) for service, status in row.impacts.items()},
                pages=tuple(row.pages),
                author=Actor.parse(row.author),
                silent=row.silent,
            ),
            row.incident_id,
            row.public_id,
            row.fact_id,
        )
        for row in rows
    ]


def update_text(tx: ReadTx, update_id: UUID, language: str) -> str:
    """What an update says in a language, else in English, else in any; raises NotFound."""
    known = tx.scalar(select(_u.c.id).where(_u.c.tenant_id == tx.tenant, _u.c.id == update_id))
    if known is None:
        raise NotFound("There is no such update.")
    return said(_texts(tx, [update_id]).get(update_id, {}), language)


def said(texts: dict[str, str], language: str) -> str:
    """The text in a language, else in English, else in any; empty where all was blanked."""
    if language in texts:
        return texts[language]
    return texts.get("en") or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it is stored; `body` is None where the text was blanked."""

    id: UUID
    body: str | None
    internal_only: bool
    mentions: tuple[str, ...]
    author: Actor
    at: datetime


def comments(tx: ReadTx, incident_id: UUID) -> list[Comment]:
    """All comments on an incident, the oldest first."""
    table = incident_comments
    query = (
        select(table)
        .where(table.c.tenant_id == tx.tenant, table.c.incident_id == incident_id)
        .order_by(table.c.at, table.c.id)
    )
    return [
        Comment(
            row.id,
            row.body,
            row.internal_only,
            tuple(row.mentions),
            Actor.parse(row.author),
            row.at,
        )
        for row in tx.all(query)
    ]


def comment_bodies(tx: ReadTx, incident_id: UUID) -> dict[UUID, str | None]:
    """What the comments on an incident say; None where a text was blanked."""
    return {one.id: one.body for one in comments(tx, incident_id)}


def notes(tx: ReadTx, incident_id: UUID) -> dict[UUID, str | None]:
    """The words that went with verbs on an incident; None where a text was blanked."""
    table = incident_notes
    query = select(table.c.id, table.c.body).where(
        table.c.tenant_id == tx.tenant, table.c.incident_id == incident_id
    )
    return {row.id: row.body for row in tx.all(query)}


def _texts(tx: ReadTx, update_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """The newest version of each text by update and language; blanked ones are left out."""
    if not update_ids:
        return {}
    rows = tx.all(
        select(_t)
        .where(_t.c.tenant_id == tx.tenant, _t.c.update_id.in_(sorted(set(update_ids))))
        .order_by(_t.c.update_id, _t.c.language, _t.c.version)
    )
    newest = {(row.update_id, row.language): row.body for row in rows}
    found: dict[UUID, dict[str, str]] = {}
    for (update_id, language), body in newest.items():
        if body is not None:
            found.setdefault(update_id, {})[language] = body
    return found
