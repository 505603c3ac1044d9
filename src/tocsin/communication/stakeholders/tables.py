"""The channels' table; a removed channel stays, without its secrets."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from tocsin.platform.database import Id, Instant, Json, metadata, tenant_column

channels = Table(
    "channels",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("kind", String(10), nullable=False),
    Column("name", String(120), nullable=False),
    Column("address", String(320), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("tiers", Json, nullable=False),
    Column("receives", Json, nullable=False),
    Column("events", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("archived_at", Instant),
    Index("ix_channels_present", "tenant_id", "archived_at", "created_at"),
)
