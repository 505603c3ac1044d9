"""Tables of objectives: promises of a service's own, and burns from their beginning to their end."""

from sqlalchemy import Column, Float, ForeignKeyConstraint, Index, Integer, String, Table, text

from tocsin.platform.database import Id, Instant, metadata, tenant_column


def _of_service() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"])


service_objectives = Table(
    "service_objectives",
    metadata,
    tenant_column(primary_key=True),
    Column("service_id", String(63), primary_key=True),
    Column("target_percent", Float),
    Column("version", Integer, nullable=False),
    Column("updated_at", Instant, nullable=False),
    _of_service(),
)

burn_breaches = Table(
    "burn_breaches",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("service_id", String(63), nullable=False),
    Column("pair", String(16), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("tier", Integer, nullable=False),
    Column("threshold", Float, nullable=False),
    Column("burn_long", Float, nullable=False),
    Column("burn_short", Float, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("ended_at", Instant),
    _of_service(),
    Index("ix_burn_breaches_service", "tenant_id", "service_id", "began_at"),
    Index("ix_burn_breaches_ended", "tenant_id", "ended_at", "id"),
    Index(
        "uq_burn_breaches_open",
        "tenant_id",
        "service_id",
        "pair",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)
