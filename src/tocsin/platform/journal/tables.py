"""The journal's only table."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from tocsin.platform.database import Id, Instant, Json, metadata, tenant_column

journal = Table(
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("kind", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", String(120), nullable=False),
    Column("thread", String(120), nullable=False),
    Column("actor", String(120), nullable=False),
    Column("happened_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("visibility", String(10), nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("payload", Json, nullable=False),
    Index("ix_journal_thread", "tenant_id", "thread", "happened_at"),
    Index("ix_journal_subject", "tenant_id", "subject", "happened_at"),
    Index("ix_journal_recorded", "tenant_id", "recorded_at", "id"),
    Index("ix_journal_kind", "tenant_id", "kind", "recorded_at"),
)
