"""The agenda's only table.

`planned_at` is when the work was meant to start and is never touched by claims; `ready_at` moves
with retries; both are product time. `leased_until` is machine time. `seq` gives the order of
insertion, which within one chain is commit order. Claims walk `ix_agenda_items_due` in its order
and stop at their limit, however long the backlog is.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from tocsin.platform.database import Instant, Json, metadata, tenant_column

agenda_items = Table(
    "agenda_items",
    metadata,
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    tenant_column(),
    Column("kind", String(80), nullable=False),
    Column("key", String(200), nullable=False),
    Column("chain", String(260)),
    Column("lane", String(10), nullable=False),
    Column("actor", String(120), nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column("ready_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("owner", String(80)),
    Column("generation", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("payload", Json, nullable=False),
    Column("last_error", Text),
    Column("died_at", Instant),
    UniqueConstraint("tenant_id", "kind", "key"),
    Index(
        "ix_agenda_items_due",
        "lane",
        "ready_at",
        "seq",
        postgresql_where=text("died_at IS NULL"),
        sqlite_where=text("died_at IS NULL"),
    ),
    Index("ix_agenda_items_chain", "chain", "seq"),
    sqlite_autoincrement=True,
)
