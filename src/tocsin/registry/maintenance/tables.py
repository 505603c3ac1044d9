"""Tables of maintenance. A repeating window is a row per occurrence, each made by the one before."""

from sqlalchemy import (
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

from tocsin.platform.database import Id, Instant, metadata, tenant_column

_VENDORS = text("source_key IS NOT NULL")
_OPEN = text("status IN ('scheduled', 'in_progress') AND archived_at IS NULL")

maintenance_windows = Table(
    "maintenance_windows",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("title", String(200), nullable=False),
    Column("description", Text),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant),
    Column("status", String(12), nullable=False),
    Column("source", String(8), nullable=False),
    Column("source_key", String(64)),
    Column("vendor_id", String(64)),
    Column("series_id", Id),
    Column("rule", String(500)),
    Column("time_zone", String(64)),
    Column("series_starts_at", Instant),
    Column("series_ends_at", Instant),
    Column("planned_at", Instant),
    Column("began_at", Instant),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("archived_at", Instant),
    Index("ix_maintenance_windows_recent", "tenant_id", "starts_at", "id"),
    Index("ix_maintenance_windows_status", "tenant_id", "status", "starts_at", "id"),
    Index(
        "ix_maintenance_windows_open",
        "tenant_id",
        "source",
        "starts_at",
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index(
        "uq_maintenance_windows_vendor",
        "tenant_id",
        "source_key",
        "vendor_id",
        unique=True,
        sqlite_where=_VENDORS,
        postgresql_where=_VENDORS,
    ),
    Index(
        "uq_maintenance_windows_series",
        "tenant_id",
        "series_id",
        "planned_at",
        unique=True,
        sqlite_where=text("series_id IS NOT NULL"),
        postgresql_where=text("series_id IS NOT NULL"),
    ),
)

maintenance_services = Table(
    "maintenance_services",
    metadata,
    tenant_column(primary_key=True),
    Column("window_id", Id, ForeignKey("maintenance_windows.id"), primary_key=True),
    Column("service_id", String(63), primary_key=True),
    ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"]),
    Index("ix_maintenance_services_service", "tenant_id", "service_id", "window_id"),
)

maintenance_updates = Table(
    "maintenance_updates",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("window_id", Id, ForeignKey("maintenance_windows.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("author", String(120), nullable=False),
    Column("message", Text, nullable=False),
    Index("ix_maintenance_updates_window", "tenant_id", "window_id", "at", "id"),
)
