"""Questions to the journal; each says whose tenant it asks for."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, or_, select

from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Actor, Entry, Visibility
from tocsin.platform.database import ReadTx

from .tables import journal


def row_to_entry(row: Row[Any]) -> Entry:
    """Read a journal row back as the fact it recorded."""
    return Entry(
        id=row.id,
        tenant=row.tenant_id,
        actor=Actor.parse(row.actor),
        kind=row.kind,
        subject=row.subject,
        thread=row.thread,
        payload=row.payload,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        visibility=Visibility(row.visibility),
        version=row.version,
        silent=row.silent,
        drill=row.drill,
    )


def entry(tx: ReadTx, entry_id: UUID) -> Entry:
    """One entry of the caller's tenant; raises NotFound."""
    row = tx.one_or_none(
        select(journal).where(journal.c.tenant_id == tx.tenant, journal.c.id == entry_id)
    )
    if row is None:
        raise NotFound("There is no such journal entry.")
    return row_to_entry(row)


def entries_by_id(tx: ReadTx, ids: Collection[UUID]) -> dict[UUID, Entry]:
    """Those of the entries that exist, by id."""
    if not ids:
        return {}
    wanted = select(journal).where(
        journal.c.tenant_id == tx.tenant, journal.c.id.in_(sorted(set(ids)))
    )
    return {row.id: row_to_entry(row) for row in tx.all(wanted)}


def entries_of(
    tx: ReadTx, *, thread: str | None = None, subject: str | None = None, limit: int = 1000
) -> list[Entry]:
    """The entries of a thread or subject, in the order in which they happened."""
    scope = journal.c.thread == thread if thread else journal.c.subject == subject
    rows = tx.all(
        select(journal)
        .where(journal.c.tenant_id == tx.tenant, scope)
        .order_by(journal.c.happened_at, journal.c.recorded_at, journal.c.id)
        .limit(limit)
    )
    return [row_to_entry(row) for row in rows]


def recent_entries(
    tx: ReadTx,
    *,
    kinds: Sequence[str] = (),
    thread: str | None = None,
    subject: str | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The newest entries first; `before` is the (recorded_at, id) of the last one already seen."""
    query = select(journal).where(journal.c.tenant_id == tx.tenant)
    if kinds:
        query = query.where(journal.c.kind.in_(kinds))
    if thread is not None:
        query = query.where(journal.c.thread == thread)
    if subject is not None:
        query = query.where(journal.c.subject == subject)
    if before is not None:
        at, identifier = before
        query = query.where(
            or_(
                journal.c.recorded_at < at,
                and_(journal.c.recorded_at == at, journal.c.id < identifier),
            )
        )
    rows = tx.all(query.order_by(journal.c.recorded_at.desc(), journal.c.id.desc()).limit(limit))
    return [row_to_entry(row) for row in rows]
