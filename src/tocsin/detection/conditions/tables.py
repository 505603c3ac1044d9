"""Tables of conditions: how each service stands, its two lines of segments, events, decisions."""

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
)

from tocsin.platform.database import Id, Instant, Json, metadata, tenant_column


def _of_service() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"])


service_states = Table(
    "service_states",
    metadata,
    tenant_column(primary_key=True),
    Column("service_id", String(63), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("status_since", Instant, nullable=False),
    Column("detail", Text),
    Column("maintenance", Boolean, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("poller_health", String(10), nullable=False),
    Column("last_good_status", String(16)),
    Column("last_good_at", Instant),
    Column("checked_at", Instant),
    Column("confirmed", String(16), nullable=False),
    Column("confirmed_since", Instant, nullable=False),
    Column("flapping_since", Instant),
    Column("flap_changes", Integer, nullable=False, server_default="0"),
    Column("in_window", Boolean, nullable=False, server_default=false()),
    Column("seen_maintenance", Boolean, nullable=False, server_default=false()),
    Column("watch", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", Instant, nullable=False),
    _of_service(),
)

status_segments = Table(
    "status_segments",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("service_id", String(63), nullable=False),
    Column("line", String(12), nullable=False),
    Column("start_at", Instant, nullable=False),
    Column("end_at", Instant),
    Column("state", String(16), nullable=False),
    Column("maintenance", Boolean, nullable=False),
    Column("source", String(12), nullable=False),
    Column("cause", String(120)),
    Column("rank", Integer, nullable=False),
    _of_service(),
    Index("ix_status_segments_line", "tenant_id", "line", "service_id", "start_at"),
    Index("ix_status_segments_time", "tenant_id", "line", "end_at", "id"),
    Index(
        "uq_status_segments_open",
        "tenant_id",
        "service_id",
        "line",
        unique=True,
        sqlite_where=text("end_at IS NULL AND rank = 0"),
        postgresql_where=text("end_at IS NULL AND rank = 0"),
    ),
)

status_events = Table(
    "status_events",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("service_id", String(63), nullable=False),
    Column("at", Instant, nullable=False),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    Column("detail", Text),
    Column("by_hand", Boolean, nullable=False),
    _of_service(),
    Index("ix_status_events_service", "tenant_id", "service_id", "at"),
    Index("ix_status_events_at", "tenant_id", "at", "id"),
)

condition_decisions = Table(
    "condition_decisions",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("service_id", String(63), nullable=False),
    Column("at", Instant, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("episode", Integer),
    Column("decision", Json, nullable=False),
    _of_service(),
    Index("ix_condition_decisions_service", "tenant_id", "service_id", "at"),
    Index("ix_condition_decisions_at", "tenant_id", "at", "id"),
)
