"""The answers that replays repeat, kept for a day."""

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, String, Table

from tocsin.platform.database import Instant, Json, metadata, tenant_column

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    tenant_column(),
    Column("credential", String(80), nullable=False),
    Column("route", String(400), nullable=False),
    Column("key", String(200), nullable=False),
    Column("body_hash", LargeBinary(32), nullable=False),
    Column("answer", Json, nullable=False),
    Column("expires_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "credential", "route", "key"),
    Index("ix_idempotency_keys_expires", "tenant_id", "expires_at"),
)
