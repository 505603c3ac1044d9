"""Tables of pushed metrics: the names a service has, and their samples by hour (from 1970)."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, LargeBinary, String, Table

from tocsin.platform.database import Id, Instant, metadata, tenant_column

metric_names = Table(
    "metric_names",
    metadata,
    tenant_column(primary_key=True),
    Column("service_id", String(63), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("id", Id, nullable=False, unique=True),
    Column("unit", String(20)),
    Column("created_at", Instant, nullable=False),
    ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"]),
)

metric_blocks = Table(
    "metric_blocks",
    metadata,
    tenant_column(primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("metric_id", Id, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
