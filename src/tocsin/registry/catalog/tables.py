"""The catalog's tables. Rows are archived, never deleted, so that ids stay what they were."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, String, Table, Text

from tocsin.platform.database import Instant, Json, metadata, tenant_column

services = Table(
    "services",
    metadata,
    tenant_column(primary_key=True),
    Column("id", String(63), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("description", Text),
    Column("category", String(20), nullable=False),
    Column("tier", Integer, nullable=False),
    Column("visibility", String(10), nullable=False),
    Column("owner_team", String(63)),
    Column("source", Json, nullable=False),
    Column("managed_by", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("archived_at", Instant),
)

# `depends_on` carries no foreign key: the registry file is loaded in portions, in which a service
# may come before the one it depends on. Reads show only dependencies that exist.
service_dependencies = Table(
    "service_dependencies",
    metadata,
    tenant_column(primary_key=True),
    Column("service_id", String(63), primary_key=True),
    Column("depends_on", String(63), primary_key=True),
    ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"]),
    Index("ix_service_dependencies_on", "tenant_id", "depends_on"),
)

registry_readings = Table(
    "registry_readings",
    metadata,
    tenant_column(primary_key=True),
    Column("file", Text, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("mistakes", Json, nullable=False),
)
