"""The alerts' tables; at most one alert is open per service and cause."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    text,
    true,
)

from tocsin.platform.database import Id, Instant, Json, metadata, tenant_column

_OPEN = text("state <> 'resolved'")
_HELD = text("held_by IS NOT NULL")

alerts = Table(
    "alerts",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("service_id", String(63), nullable=False),
    Column("kind", String(12), nullable=False, server_default="condition"),
    Column("key", String(80), nullable=False, server_default=""),
    Column("title", Text),
    Column("severity", String(10)),
    Column("opens_incident", Boolean, nullable=False, server_default=true()),
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
    Column("flapping", Boolean, nullable=False, server_default=false()),
    Column("told_at", Instant),
    Column("held_by", String(12)),
    Column("held_reason", Text),
    Column("upstream_id", String(63)),
    ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"]),
    Index("ix_alerts_episode", "tenant_id", "service_id", "episode"),
    Index("ix_alerts_recent", "tenant_id", "raised_at", "id"),
    Index("ix_alerts_resolved", "tenant_id", "resolved_at", "id"),
    Index("ix_alerts_state", "tenant_id", "state", "raised_at"),
    Index("ix_alerts_decision", "tenant_id", "decision_id"),
    Index(
        "ix_alerts_held",
        "tenant_id",
        "upstream_id",
        sqlite_where=_HELD,
        postgresql_where=_HELD,
    ),
    Index(
        "uq_alerts_open",
        "tenant_id",
        "service_id",
        "kind",
        "key",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
)

alert_decisions = Table(
    "alert_decisions",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("service_id", String(63), nullable=False),
    Column("alert_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Json, nullable=False),
    ForeignKeyConstraint(["alert_id"], ["alerts.id"]),
    Index("ix_alert_decisions_service", "tenant_id", "service_id", "at"),
    Index("ix_alert_decisions_at", "tenant_id", "at", "id"),
    Index("ix_alert_decisions_alert", "tenant_id", "alert_id", "at"),
)
