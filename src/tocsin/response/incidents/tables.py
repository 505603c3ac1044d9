"""Tables of incidents: the rows, what they hit, what was said of them, and who waits for what."""

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
    UniqueConstraint,
)

from tocsin.platform.database import Id, Instant, Json, metadata, tenant_column


def _incident(*, primary_key: bool = False) -> Column[object]:
    return Column(
        "incident_id", Id, ForeignKey("incidents.id"), primary_key=primary_key, nullable=False
    )


def _service() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"])


incidents = Table(
    "incidents",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text),
    Column("category", Text),
    Column("tags", Json, nullable=False),
    Column("severity", String(10), nullable=False),
    Column("severity_reason", Text),
    Column("impact", String(10), nullable=False),
    Column("urgency", String(10), nullable=False),
    Column("priority", String(2), nullable=False),
    Column("state", String(12), nullable=False),
    Column("assignee_kind", String(10)),
    Column("assignee_id", String(64)),
    Column("started_at", Instant, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", String(120), nullable=False),
    Column("acknowledged_at", Instant),
    Column("resolved_at", Instant),
    Column("closed_at", Instant),
    Column("cancelled_at", Instant),
    Column("archived_at", Instant),
    Column("touched_at", Instant),
    Column("recovery_observed_at", Instant),
    Column("pending_reason", String(10)),
    Column("resolution_note", Text),
    Column("cancel_reason", Text),
    Column("reopen_count", Integer, nullable=False),
    Column("major", Boolean, nullable=False),
    Column("phase", String(14), nullable=False),
    Column("public_id", String(12), unique=True),
    Column("public_title", Text),
    Column("public_since", Instant),
    Column("public_changed_at", Instant),
    Column("sla_response_due", Instant),
    Column("sla_resolve_due", Instant),
    Column("sla_response_breached", Boolean, nullable=False),
    Column("sla_resolve_breached", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("tenant_id", "number"),
    Index("ix_incidents_recent", "tenant_id", "opened_at", "id"),
    Index("ix_incidents_state", "tenant_id", "state", "opened_at"),
    Index("ix_incidents_assignee", "tenant_id", "assignee_id", "opened_at"),
    Index("ix_incidents_public", "tenant_id", "phase", "public_changed_at"),
)

incident_counters = Table(
    "incident_counters",
    metadata,
    tenant_column(primary_key=True),
    Column("last_number", Integer, nullable=False),
)

incident_services = Table(
    "incident_services",
    metadata,
    tenant_column(primary_key=True),
    _incident(primary_key=True),
    Column("service_id", String(63), primary_key=True),
    Column("position", Integer, nullable=False),
    _service(),
    Index("ix_incident_services_service", "tenant_id", "service_id", "incident_id"),
)

incident_holds = Table(
    "incident_holds",
    metadata,
    tenant_column(primary_key=True),
    _incident(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reason", String(10), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

incident_updates = Table(
    "incident_updates",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    _incident(),
    Column("public_id", String(12), unique=True),
    Column("phase", String(14), nullable=False),
    Column("public", Boolean, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("author", String(120), nullable=False),
    Column("impacts", Json, nullable=False),
    Column("pages", Json, nullable=False),
    Column("fact_id", Id, nullable=False),
    Index("ix_incident_updates_incident", "tenant_id", "incident_id", "at"),
)

incident_update_texts = Table(
    "incident_update_texts",
    metadata,
    tenant_column(primary_key=True),
    Column("update_id", Id, ForeignKey("incident_updates.id"), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", Text),
    Column("author", String(120), nullable=False),
    Column("written_at", Instant, nullable=False),
)

incident_pages = Table(
    "incident_pages",
    metadata,
    tenant_column(primary_key=True),
    Column("page", String(63), primary_key=True),
    _incident(primary_key=True),
    Index("ix_incident_pages_incident", "tenant_id", "incident_id"),
)

incident_impacts = Table(
    "incident_impacts",
    metadata,
    tenant_column(primary_key=True),
    _incident(primary_key=True),
    Column("service_id", String(63), primary_key=True),
    Column("started_at", Instant, primary_key=True),
    Column("ended_at", Instant),
    Column("status", String(16), nullable=False),
    _service(),
    Index("ix_incident_impacts_service", "tenant_id", "service_id", "started_at"),
)

incident_comments = Table(
    "incident_comments",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    _incident(),
    Column("body", Text),
    Column("internal_only", Boolean, nullable=False),
    Column("mentions", Json, nullable=False),
    Column("author", String(120), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_incident_comments_incident", "tenant_id", "incident_id", "at"),
)

incident_notes = Table(
    "incident_notes",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    _incident(),
    Column("body", Text),
    Column("author", String(120), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_incident_notes_incident", "tenant_id", "incident_id", "at"),
)

incident_alerts = Table(
    "incident_alerts",
    metadata,
    tenant_column(primary_key=True),
    Column("alert_id", Id, ForeignKey("alerts.id"), primary_key=True),
    _incident(),
    Column("joined_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Index("ix_incident_alerts_incident", "tenant_id", "incident_id"),
)

incident_opening_rules = Table(
    "incident_opening_rules",
    metadata,
    tenant_column(primary_key=True),
    Column("severities", Json, nullable=False),
    Column("rules", Json),  # none: the table alone decides
    Column("version", Integer, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
