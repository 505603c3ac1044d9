"""The alerts' table; one alert per service and episode, at most one open per service."""

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from tocsin.platform.database import Id, Instant, metadata, tenant_column

alerts = Table(
    "alerts",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("service_id", String(63), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("worst", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("since", Instant, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("acknowledged_at", Instant),
    Column("acknowledged_by", String(120)),
    Column("resolved_at", Instant),
    Column("decision_id", Id, nullable=False),
    ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"]),
    UniqueConstraint("tenant_id", "service_id", "episode"),
    Index("ix_alerts_recent", "tenant_id", "raised_at", "id"),
    Index("ix_alerts_state", "tenant_id", "state", "raised_at"),
    Index(
        "uq_alerts_open",
        "tenant_id",
        "service_id",
        unique=True,
        sqlite_where=text("state <> 'resolved'"),
        postgresql_where=text("state <> 'resolved'"),
    ),
)
