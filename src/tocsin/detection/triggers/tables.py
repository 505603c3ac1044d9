"""The triggers, and where each stands for the services for which there is anything to remember."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from tocsin.platform.database import Id, Instant, Json, metadata, tenant_column


def _of_service() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"])


_FIRING = text("fired_at IS NOT NULL")

triggers = Table(
    "triggers",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("name", String(120), nullable=False),
    Column("service_id", String(63)),  # none: every service
    Column("condition", Text, nullable=False),
    Column("duration_minutes", Integer, nullable=False),
    Column("auto_create_incident", Boolean, nullable=False),
    Column("severity", String(10), nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("effective_from", Instant, nullable=False),
    Column("archived_at", Instant),
    _of_service(),
    Index("ix_triggers_listed", "tenant_id", "archived_at", "id"),
)

trigger_states = Table(
    "trigger_states",
    metadata,
    tenant_column(primary_key=True),
    Column("trigger_id", Id, ForeignKey("triggers.id"), primary_key=True),
    Column("service_id", String(63), primary_key=True),
    Column("firing_since", Instant),
    Column("fired_at", Instant),
    Column("evaluated_at", Instant),
    Column("values", Json, nullable=False),
    Column("reason", Text),
    Column("held", Json, nullable=False),
    _of_service(),
    Index("ix_trigger_states_service", "tenant_id", "service_id"),
    Index(
        "ix_trigger_states_firing",
        "tenant_id",
        sqlite_where=_FIRING,
        postgresql_where=_FIRING,
    ),
)
