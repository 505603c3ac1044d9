"""The table of heartbeats: the last ping of each, and the hash of the key it is found by."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from tocsin.platform.database import Id, Instant, metadata, tenant_column

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("source_id", Id, ForeignKey("sources.id"), primary_key=True),
    tenant_column(),
    Column("key_hash", LargeBinary(32), nullable=False, unique=True),
    Column("pinged_at", Instant),
    Column("started_at", Instant),
    Column("due_at", Instant),
    Column("last_kind", String(8)),
    Column("exit_code", Integer),
    Column("text", Text),
)
