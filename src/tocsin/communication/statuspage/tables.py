"""Tables of status pages, what stands on them and who follows them."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from tocsin.platform.database import Id, Instant, metadata, tenant_column

status_pages = Table(
    "status_pages",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("slug", String(63), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("language", String(35), nullable=False),
    Column("help_url", String(500)),
    Column("is_default", Boolean, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("rendered_at", Instant),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("archived_at", Instant),
    Index("ix_status_pages_tenant", "tenant_id", "slug"),
)

page_components = Table(
    "page_components",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("page_id", Id, ForeignKey("status_pages.id"), nullable=False),
    Column("public_id", String(16), nullable=False),
    Column("service_id", String(63), nullable=False),
    Column("name", String(120)),
    Column("group_name", String(120)),
    Column("position", Integer, nullable=False),
    Column("follows", String(10), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
    ForeignKeyConstraint(["tenant_id", "service_id"], ["services.tenant_id", "services.id"]),
    Index(
        "uq_page_components_service",
        "tenant_id",
        "page_id",
        "service_id",
        unique=True,
        sqlite_where=text("archived_at IS NULL"),
        postgresql_where=text("archived_at IS NULL"),
    ),
    Index("ix_page_components_service", "tenant_id", "service_id"),
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("page_id", Id, ForeignKey("status_pages.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("address", String(320), nullable=False),
    Column("address_key", String(320), nullable=False),
    Column("language", String(35), nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("ended_at", Instant),
    UniqueConstraint("tenant_id", "page_id", "kind", "address_key"),
    Index("ix_subscribers_audience", "tenant_id", "page_id", "state", "id"),
    Index("ix_subscribers_asked", "tenant_id", "asked_at", "id"),
)
