"""The ledger's tables. `leased_until` is machine time, the other instants are product time.

Rows are kept for years and only a few of them wait, so everything the senders ask is answered by
partial indexes over the waiting ones; `WAITING` spells their condition, the same in every query.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from tocsin.platform.database import Id, Instant, Json, metadata, tenant_column

WAITING = text("state = 'pending'")
BLOCKED = text("state = 'blocked'")
CLAIMED = text("owner IS NOT NULL")
FINISHED = text("finished_at IS NOT NULL")

delivery_bodies = Table(
    "delivery_bodies",
    metadata,
    tenant_column(primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("content", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_delivery_bodies_created", "tenant_id", "created_at", "digest"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("channel", String(40), nullable=False),
    Column("route", String(40), nullable=False),
    Column("recipient_kind", String(40), nullable=False),
    Column("recipient_id", String(80), nullable=False),
    Column("recipient_label", String(200), nullable=False),
    Column("address", String(320), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("cause_id", Id),
    Column("reason", Text, nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("key", String(300), nullable=False),
    Column("thread", String(120), nullable=False),
    Column("lane", String(10), nullable=False),
    Column("body_digest", LargeBinary(32), nullable=False),
    Column("slots", Json, nullable=False),
    Column("state", String(12), nullable=False),
    Column("blocked_by", String(80)),
    Column("drill", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ready_at", Instant, nullable=False),
    Column("claimed_at", Instant),
    Column("leased_until", Instant),
    Column("owner", String(80)),
    Column("finished_at", Instant),
    Column("last_answer", Text),
    UniqueConstraint("tenant_id", "key"),
    Index(
        "ix_deliveries_due",
        *("route", "lane", "ready_at", "id"),
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
    Index(
        "ix_deliveries_order",
        *("tenant_id", "recipient_kind", "recipient_id", "channel", "thread", "id"),
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
    Index("ix_deliveries_blocked", "channel", "id", sqlite_where=BLOCKED, postgresql_where=BLOCKED),
    Index("ix_deliveries_owner", "owner", sqlite_where=CLAIMED, postgresql_where=CLAIMED),
    Index("ix_deliveries_cause", "tenant_id", "cause_id", "state", "id"),
    Index("ix_deliveries_thread", "tenant_id", "thread", "id"),
    Index("ix_deliveries_recipient", "tenant_id", "recipient_id", "id"),
    Index("ix_deliveries_address", "tenant_id", "address", "id"),
    Index("ix_deliveries_channel", "tenant_id", "channel", "id"),
    Index("ix_deliveries_state", "tenant_id", "state", "id"),
    Index("ix_deliveries_recent", "tenant_id", "id"),
    Index("ix_deliveries_body", "tenant_id", "body_digest"),
    Index(
        "ix_deliveries_finished",
        *("tenant_id", "finished_at", "id"),
        sqlite_where=FINISHED,
        postgresql_where=FINISHED,
    ),
)

delivery_attempts = Table(
    "delivery_attempts",
    metadata,
    Column("delivery_id", Id, ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    tenant_column(),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("answer", Text, nullable=False),
    Column("owner", String(80), nullable=False),
)

delivery_endpoints = Table(
    "delivery_endpoints",
    metadata,
    tenant_column(primary_key=True),
    Column("channel", String(40), primary_key=True),
    Column("recipient_kind", String(40), primary_key=True),
    Column("recipient_id", String(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Instant, nullable=False),
    Column("disabled_at", Instant),
)
