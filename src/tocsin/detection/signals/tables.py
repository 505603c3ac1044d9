"""Tables of signals: the sources of services with what was read last, and statuses set by hand."""

from sqlalchemy import (
    Boolean,
    Column,
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


_DECLARED = text("declared AND archived_at IS NULL")
_ASKED_SQLITE = text("polled = 1 AND settles = 0 AND archived_at IS NULL AND stopped_at IS NULL")
_ASKED_POSTGRES = text("polled AND NOT settles AND archived_at IS NULL AND stopped_at IS NULL")
_HOLDING = text("ended_at IS NULL")

sources = Table(
    "sources",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("service_id", String(63), nullable=False),
    Column("declared", Boolean, nullable=False),
    Column("name", String(120)),
    Column("kind", String(20), nullable=False),
    Column("polled", Boolean, nullable=False),
    Column("settles", Boolean, nullable=False),
    Column("config", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("stopped_at", Instant),  # its service is archived
    Column("archived_at", Instant),
    Column("status", String(16), nullable=False),
    Column("maintenance", Boolean, nullable=False),
    Column("detail", Text),
    Column("health", String(10), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("misses", Integer, nullable=False),
    Column("last_polled_at", Instant),
    Column("last_good_status", String(16)),
    Column("last_good_at", Instant),
    Column("last_error", Text),
    Column("moved_to", Text),
    Column("signature", String(32)),
    Column("response_ms", Integer),
    Column("known_names", Json, nullable=False),
    Column("vanished", Json, nullable=False),
    Column("unnamed", Json, nullable=False, server_default="[]"),
    Column("etag", Text),
    Column("last_modified", Text),
    _of_service(),
    Index("ix_sources_service", "tenant_id", "service_id"),
    Index("ix_sources_updated", "updated_at"),
    Index(
        "ix_sources_asked",
        "last_polled_at",
        "created_at",
        sqlite_where=_ASKED_SQLITE,
        postgresql_where=_ASKED_POSTGRES,
    ),
    Index(
        "uq_sources_declared",
        "tenant_id",
        "service_id",
        unique=True,
        sqlite_where=_DECLARED,
        postgresql_where=_DECLARED,
    ),
)

check_leases = Table(
    "check_leases",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("owner", String(80), nullable=False),
    Column("leased_until", Instant, nullable=False),  # machine time
)

manual_statuses = Table(
    "manual_statuses",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("service_id", String(63), nullable=False),
    Column("status", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text),
    Column("feed_status", String(16)),
    Column("set_by", String(120), nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", String(120)),
    Column("ended_how", String(10)),
    _of_service(),
    Index("ix_manual_statuses_service", "tenant_id", "service_id", "set_at"),
    Index("ix_manual_statuses_ended", "tenant_id", "ended_at", "id"),
    Index(
        "uq_manual_statuses_holding",
        "tenant_id",
        "service_id",
        unique=True,
        sqlite_where=_HOLDING,
        postgresql_where=_HOLDING,
    ),
)
