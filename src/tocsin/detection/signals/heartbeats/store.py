"""Rows of heartbeats."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from tocsin.platform.database import ReadTx, Tx, across_tenants, insert_or

from .model import Heartbeat, PingKind
from .tables import heartbeats

_h = heartbeats


def add(tx: Tx, source_id: UUID, key_hash: bytes) -> None:
    """Remember a heartbeat; one that is there keeps what is known of it."""
    row = {"source_id": source_id, "tenant_id": tx.tenant, "key_hash": key_hash}
    tx.execute(insert_or(tx, _h).values(row).on_conflict_do_nothing())


def find(tx: ReadTx, key_hash: bytes) -> tuple[UUID, UUID] | None:
    """The tenant and source of a key, in one look at one index; None for an unknown one."""
    found = select(_h.c.tenant_id, _h.c.source_id).where(_h.c.key_hash == key_hash)
    row = tx.one_or_none(across_tenants(found))
    return (row.tenant_id, row.source_id) if row else None


def heartbeat(tx: ReadTx, source_id: UUID) -> Heartbeat | None:
    """What is remembered of a heartbeat."""
    row = tx.one_or_none(select(_h).where(_h.c.tenant_id == tx.tenant, _h.c.source_id == source_id))
    if row is None:
        return None
    return Heartbeat(
        row.source_id,
        row.pinged_at,
        row.started_at,
        row.due_at,
        PingKind(row.last_kind) if row.last_kind else None,
        row.exit_code,
        row.text,
    )


def write(tx: Tx, source_id: UUID, values: Mapping[str, Any]) -> None:
    """Change what is remembered."""
    tx.execute(
        update(_h).where(_h.c.tenant_id == tx.tenant, _h.c.source_id == source_id).values(values)
    )
