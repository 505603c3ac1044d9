"""Tenants, people, their memberships and teams, and what proves who calls."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from tocsin.platform.database import Id, Instant, Json, metadata, tenant_column

tenants = Table(
    "tenants",
    metadata,
    Column("id", Id, primary_key=True),
    Column("slug", String(63), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("password_hash", Text),
    Column("created_at", Instant, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    tenant_column(),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("roles", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("invited_at", Instant, nullable=False),
    Column("joined_at", Instant),
    Column("disabled_at", Instant),
    PrimaryKeyConstraint("tenant_id", "user_id"),
    Index("ix_memberships_user", "user_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    tenant_column(),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("resets", Boolean, nullable=False),
    Column("invited_by", String(120), nullable=False),
    Column("expires_at", Instant, nullable=False),
    UniqueConstraint("tenant_id", "user_id"),
)

teams = Table(
    "teams",
    metadata,
    tenant_column(),
    Column("slug", String(63), nullable=False),
    Column("name", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
    PrimaryKeyConstraint("tenant_id", "slug"),
)

team_members = Table(
    "team_members",
    metadata,
    tenant_column(),
    Column("team_slug", String(63), nullable=False),
    Column("user_id", Id, nullable=False),
    PrimaryKeyConstraint("tenant_id", "team_slug", "user_id"),
    ForeignKeyConstraint(["tenant_id", "team_slug"], ["teams.tenant_id", "teams.slug"]),
    ForeignKeyConstraint(
        ["tenant_id", "user_id"], ["memberships.tenant_id", "memberships.user_id"]
    ),
    Index("ix_team_members_user", "tenant_id", "user_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    tenant_column(),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_sessions_user", "tenant_id", "user_id"),
    Index("ix_sessions_expires", "tenant_id", "expires_at"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    tenant_column(),
    Column("name", String(200), nullable=False),
    Column("role", String(20)),
    Column("scopes", Json),
    Column("created_by", String(120), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    Index("ix_api_tokens_created", "tenant_id", "created_at", "id"),
)

setup_links = Table(
    "setup_links",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant),
    UniqueConstraint("tenant_id"),
)

log_in_tries = Table(
    "log_in_tries",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),
    Column("since", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("ix_log_in_tries_since", "since"),
)
