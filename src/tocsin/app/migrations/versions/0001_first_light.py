"""First light: everything there is at the start.

Revises: nothing.
"""

import sqlalchemy as sa
from alembic import op

from tocsin.platform import database as types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_in_tries",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("since", types.Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_log_in_tries")),
    )
    with op.batch_alter_table("log_in_tries", schema=None) as batch_op:
        batch_op.create_index("ix_log_in_tries_since", ["since"], unique=False)

    op.create_table(
        "tenants",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("slug", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants")),
        sa.UniqueConstraint("slug", name=op.f("uq_tenants_slug")),
    )
    op.create_table(
        "users",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "agenda_items",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("chain", sa.String(length=260), nullable=True),
        sa.Column("lane", sa.String(length=10), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("planned_at", types.Instant(), nullable=False),
        sa.Column("ready_at", types.Instant(), nullable=False),
        sa.Column("leased_until", types.Instant(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("payload", types.Json(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("died_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_agenda_items_tenant_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint(
            "tenant_id", "kind", "key", name=op.f("uq_agenda_items_tenant_id_kind_key")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_items_chain", ["chain", "seq"], unique=False)
        batch_op.create_index(
            "ix_agenda_items_due",
            ["lane", "ready_at", "seq"],
            unique=False,
            postgresql_where=sa.text("died_at IS NULL"),
            sqlite_where=sa.text("died_at IS NULL"),
        )

    op.create_table(
        "api_tokens",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("scopes", types.Json(), nullable=True),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("last_used_at", types.Instant(), nullable=True),
        sa.Column("expires_at", types.Instant(), nullable=True),
        sa.Column("revoked_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_api_tokens_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    with op.batch_alter_table("api_tokens", schema=None) as batch_op:
        batch_op.create_index(
            "ix_api_tokens_created", ["tenant_id", "created_at", "id"], unique=False
        )

    op.create_table(
        "channels",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("tiers", types.Json(), nullable=False),
        sa.Column("receives", types.Json(), nullable=False),
        sa.Column("events", types.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("archived_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_channels_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
    )
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.create_index(
            "ix_channels_present", ["tenant_id", "archived_at", "created_at"], unique=False
        )

    op.create_table(
        "deliveries",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("recipient_kind", sa.String(length=40), nullable=False),
        sa.Column("recipient_id", sa.String(length=80), nullable=False),
        sa.Column("recipient_label", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("cause_id", types.Id(length=16), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("thread", sa.String(length=120), nullable=False),
        sa.Column("lane", sa.String(length=10), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("slots", types.Json(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("blocked_by", sa.String(length=80), nullable=True),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("ready_at", types.Instant(), nullable=False),
        sa.Column("claimed_at", types.Instant(), nullable=True),
        sa.Column("leased_until", types.Instant(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("finished_at", types.Instant(), nullable=True),
        sa.Column("last_answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_deliveries_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_deliveries_tenant_id_key")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_deliveries_address", ["tenant_id", "address", "id"], unique=False)
        batch_op.create_index(
            "ix_deliveries_blocked",
            ["channel", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'blocked'"),
            postgresql_where=sa.text("state = 'blocked'"),
        )
        batch_op.create_index(
            "ix_deliveries_cause", ["tenant_id", "cause_id", "state", "id"], unique=False
        )
        batch_op.create_index("ix_deliveries_channel", ["tenant_id", "channel", "id"], unique=False)
        batch_op.create_index(
            "ix_deliveries_due",
            ["route", "lane", "ready_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "ix_deliveries_order",
            ["tenant_id", "recipient_kind", "recipient_id", "channel", "thread", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "ix_deliveries_owner",
            ["owner"],
            unique=False,
            sqlite_where=sa.text("owner IS NOT NULL"),
            postgresql_where=sa.text("owner IS NOT NULL"),
        )
        batch_op.create_index("ix_deliveries_recent", ["tenant_id", "id"], unique=False)
        batch_op.create_index(
            "ix_deliveries_recipient", ["tenant_id", "recipient_id", "id"], unique=False
        )
        batch_op.create_index("ix_deliveries_state", ["tenant_id", "state", "id"], unique=False)
        batch_op.create_index("ix_deliveries_thread", ["tenant_id", "thread", "id"], unique=False)

    op.create_table(
        "delivery_bodies",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", types.Json(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_delivery_bodies_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "digest", name=op.f("pk_delivery_bodies")),
    )
    op.create_table(
        "delivery_endpoints",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("recipient_kind", sa.String(length=40), nullable=False),
        sa.Column("recipient_id", sa.String(length=80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", types.Instant(), nullable=False),
        sa.Column("disabled_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_delivery_endpoints_tenant_id")
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id",
            "channel",
            "recipient_kind",
            "recipient_id",
            name=op.f("pk_delivery_endpoints"),
        ),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("credential", sa.String(length=80), nullable=False),
        sa.Column("route", sa.String(length=400), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answer", types.Json(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_idempotency_keys_tenant_id")
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "credential", "route", "key", name=op.f("pk_idempotency_keys")
        ),
    )
    with op.batch_alter_table("idempotency_keys", schema=None) as batch_op:
        batch_op.create_index(
            "ix_idempotency_keys_expires", ["tenant_id", "expires_at"], unique=False
        )

    op.create_table(
        "incident_counters",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_counters_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_incident_counters")),
    )
    op.create_table(
        "incidents",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("tags", types.Json(), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("impact", sa.String(length=10), nullable=False),
        sa.Column("urgency", sa.String(length=10), nullable=False),
        sa.Column("priority", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("assignee_kind", sa.String(length=10), nullable=True),
        sa.Column("assignee_id", sa.String(length=64), nullable=True),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("opened_at", types.Instant(), nullable=False),
        sa.Column("opened_by", sa.String(length=120), nullable=False),
        sa.Column("acknowledged_at", types.Instant(), nullable=True),
        sa.Column("resolved_at", types.Instant(), nullable=True),
        sa.Column("closed_at", types.Instant(), nullable=True),
        sa.Column("cancelled_at", types.Instant(), nullable=True),
        sa.Column("archived_at", types.Instant(), nullable=True),
        sa.Column("touched_at", types.Instant(), nullable=True),
        sa.Column("recovery_observed_at", types.Instant(), nullable=True),
        sa.Column("pending_reason", sa.String(length=10), nullable=True),
        sa.Column("resolution_note", sa.Text(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("reopen_count", sa.Integer(), nullable=False),
        sa.Column("major", sa.Boolean(), nullable=False),
        sa.Column("phase", sa.String(length=14), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=True),
        sa.Column("public_title", sa.Text(), nullable=True),
        sa.Column("public_since", types.Instant(), nullable=True),
        sa.Column("public_changed_at", types.Instant(), nullable=True),
        sa.Column("sla_response_due", types.Instant(), nullable=True),
        sa.Column("sla_resolve_due", types.Instant(), nullable=True),
        sa.Column("sla_response_breached", sa.Boolean(), nullable=False),
        sa.Column("sla_resolve_breached", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_incidents_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incidents_public_id")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_incidents_tenant_id_number")),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incidents_assignee", ["tenant_id", "assignee_id", "opened_at"], unique=False
        )
        batch_op.create_index(
            "ix_incidents_public", ["tenant_id", "phase", "public_changed_at"], unique=False
        )
        batch_op.create_index("ix_incidents_recent", ["tenant_id", "opened_at", "id"], unique=False)
        batch_op.create_index(
            "ix_incidents_state", ["tenant_id", "state", "opened_at"], unique=False
        )

    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("user_id", types.Id(length=16), nullable=False),
        sa.Column("resets", sa.Boolean(), nullable=False),
        sa.Column("invited_by", sa.String(length=120), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_invitations_tenant_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_invitations_user_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
        sa.UniqueConstraint("tenant_id", "user_id", name=op.f("uq_invitations_tenant_id_user_id")),
    )
    op.create_table(
        "journal",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("thread", sa.String(length=120), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("happened_at", types.Instant(), nullable=False),
        sa.Column("recorded_at", types.Instant(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("payload", types.Json(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_journal_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_kind", ["tenant_id", "kind", "recorded_at"], unique=False)
        batch_op.create_index(
            "ix_journal_recorded", ["tenant_id", "recorded_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_journal_subject", ["tenant_id", "subject", "happened_at"], unique=False
        )
        batch_op.create_index(
            "ix_journal_thread", ["tenant_id", "thread", "happened_at"], unique=False
        )

    op.create_table(
        "memberships",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("user_id", types.Id(length=16), nullable=False),
        sa.Column("roles", types.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("invited_at", types.Instant(), nullable=False),
        sa.Column("joined_at", types.Instant(), nullable=True),
        sa.Column("disabled_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_memberships_tenant_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_memberships_user_id")),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index("ix_memberships_user", ["user_id"], unique=False)

    op.create_table(
        "services",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("id", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("owner_team", sa.String(length=63), nullable=True),
        sa.Column("source", types.Json(), nullable=False),
        sa.Column("managed_by", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("archived_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_services_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_services")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("user_id", types.Id(length=16), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("seen_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_sessions_tenant_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index("ix_sessions_expires", ["tenant_id", "expires_at"], unique=False)
        batch_op.create_index("ix_sessions_user", ["tenant_id", "user_id"], unique=False)

    op.create_table(
        "setup_links",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("used_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_setup_links_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_links")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_setup_links_tenant_id")),
    )
    op.create_table(
        "status_pages",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("slug", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("help_url", sa.String(length=500), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rendered_at", types.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("archived_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_status_pages_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_pages")),
        sa.UniqueConstraint("slug", name=op.f("uq_status_pages_slug")),
    )
    with op.batch_alter_table("status_pages", schema=None) as batch_op:
        batch_op.create_index("ix_status_pages_tenant", ["tenant_id", "slug"], unique=False)

    op.create_table(
        "teams",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("slug", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("archived_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_teams_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "slug", name=op.f("pk_teams")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("worst", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("since", types.Instant(), nullable=False),
        sa.Column("raised_at", types.Instant(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.Column("acknowledged_at", types.Instant(), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=120), nullable=True),
        sa.Column("resolved_at", types.Instant(), nullable=True),
        sa.Column("decision_id", types.Id(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_alerts_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_alerts_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint(
            "tenant_id",
            "service_id",
            "episode",
            name=op.f("uq_alerts_tenant_id_service_id_episode"),
        ),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index("ix_alerts_recent", ["tenant_id", "raised_at", "id"], unique=False)
        batch_op.create_index("ix_alerts_state", ["tenant_id", "state", "raised_at"], unique=False)
        batch_op.create_index(
            "uq_alerts_open",
            ["tenant_id", "service_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'resolved'"),
            postgresql_where=sa.text("state <> 'resolved'"),
        )

    op.create_table(
        "condition_decisions",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=True),
        sa.Column("decision", types.Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_condition_decisions_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_condition_decisions_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_decisions")),
    )
    with op.batch_alter_table("condition_decisions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_condition_decisions_service", ["tenant_id", "service_id", "at"], unique=False
        )

    op.create_table(
        "delivery_attempts",
        sa.Column("delivery_id", types.Id(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name=op.f("fk_delivery_attempts_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_delivery_attempts_tenant_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", "number", name=op.f("pk_delivery_attempts")),
    )
    op.create_table(
        "incident_comments",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("incident_id", types.Id(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("internal_only", sa.Boolean(), nullable=False),
        sa.Column("mentions", types.Json(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_comments_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_comments_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_comments")),
    )
    with op.batch_alter_table("incident_comments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incident_comments_incident", ["tenant_id", "incident_id", "at"], unique=False
        )

    op.create_table(
        "incident_holds",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("incident_id", types.Id(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_holds_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_holds_tenant_id")
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "incident_id", "number", name=op.f("pk_incident_holds")
        ),
    )
    op.create_table(
        "incident_impacts",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("incident_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_impacts_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_incident_impacts_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_impacts_tenant_id")
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "incident_id", "service_id", "started_at", name=op.f("pk_incident_impacts")
        ),
    )
    with op.batch_alter_table("incident_impacts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incident_impacts_service", ["tenant_id", "service_id", "started_at"], unique=False
        )

    op.create_table(
        "incident_notes",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("incident_id", types.Id(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_notes_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_notes_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_notes")),
    )
    with op.batch_alter_table("incident_notes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incident_notes_incident", ["tenant_id", "incident_id", "at"], unique=False
        )

    op.create_table(
        "registry_readings",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("read_at", types.Instant(), nullable=False),
        sa.Column("mistakes", types.Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_registry_readings_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_registry_readings")),
    )

    op.create_table(
        "incident_opening_rules",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("severities", types.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_opening_rules_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_incident_opening_rules")),
    )

    op.create_table(
        "incident_pages",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("page", sa.String(length=63), nullable=False),
        sa.Column("incident_id", types.Id(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_pages_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_pages_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "page", "incident_id", name=op.f("pk_incident_pages")),
    )
    with op.batch_alter_table("incident_pages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incident_pages_incident", ["tenant_id", "incident_id"], unique=False
        )

    op.create_table(
        "incident_services",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("incident_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_services_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_incident_services_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_services_tenant_id")
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "incident_id", "service_id", name=op.f("pk_incident_services")
        ),
    )
    with op.batch_alter_table("incident_services", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incident_services_service", ["tenant_id", "service_id", "incident_id"], unique=False
        )

    op.create_table(
        "incident_updates",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("incident_id", types.Id(length=16), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=True),
        sa.Column("phase", sa.String(length=14), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("recorded_at", types.Instant(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("impacts", types.Json(), nullable=False),
        sa.Column("pages", types.Json(), nullable=False),
        sa.Column("fact_id", types.Id(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_updates_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_updates_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_updates")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incident_updates_public_id")),
    )
    with op.batch_alter_table("incident_updates", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incident_updates_incident", ["tenant_id", "incident_id", "at"], unique=False
        )

    op.create_table(
        "manual_statuses",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("feed_status", sa.String(length=16), nullable=True),
        sa.Column("set_by", sa.String(length=120), nullable=False),
        sa.Column("set_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=True),
        sa.Column("ended_how", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_manual_statuses_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_manual_statuses_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_statuses")),
    )
    with op.batch_alter_table("manual_statuses", schema=None) as batch_op:
        batch_op.create_index(
            "ix_manual_statuses_service", ["tenant_id", "service_id", "set_at"], unique=False
        )
        batch_op.create_index(
            "uq_manual_statuses_holding",
            ["tenant_id", "service_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "page_components",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("page_id", types.Id(length=16), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("group_name", sa.String(length=120), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("follows", sa.String(length=10), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("archived_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["page_id"], ["status_pages.id"], name=op.f("fk_page_components_page_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_page_components_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_page_components_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_components")),
    )
    with op.batch_alter_table("page_components", schema=None) as batch_op:
        batch_op.create_index(
            "ix_page_components_service", ["tenant_id", "service_id"], unique=False
        )
        batch_op.create_index(
            "uq_page_components_service",
            ["tenant_id", "page_id", "service_id"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.create_table(
        "service_dependencies",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("depends_on", sa.String(length=63), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_service_dependencies_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_service_dependencies_tenant_id")
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "service_id", "depends_on", name=op.f("pk_service_dependencies")
        ),
    )
    with op.batch_alter_table("service_dependencies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_service_dependencies_on", ["tenant_id", "depends_on"], unique=False
        )

    op.create_table(
        "service_states",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("status_since", types.Instant(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("maintenance", sa.Boolean(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("poller_health", sa.String(length=10), nullable=False),
        sa.Column("last_good_status", sa.String(length=16), nullable=True),
        sa.Column("last_good_at", types.Instant(), nullable=True),
        sa.Column("checked_at", types.Instant(), nullable=True),
        sa.Column("confirmed", sa.String(length=16), nullable=False),
        sa.Column("confirmed_since", types.Instant(), nullable=False),
        sa.Column("watch", types.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_service_states_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_service_states_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "service_id", name=op.f("pk_service_states")),
    )
    op.create_table(
        "sources",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("polled", sa.Boolean(), nullable=False),
        sa.Column("settles", sa.Boolean(), nullable=False),
        sa.Column("config", types.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("stopped_at", types.Instant(), nullable=True),
        sa.Column("archived_at", types.Instant(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("maintenance", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("health", sa.String(length=10), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("last_polled_at", types.Instant(), nullable=True),
        sa.Column("last_good_status", sa.String(length=16), nullable=True),
        sa.Column("last_good_at", types.Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("signature", sa.String(length=32), nullable=True),
        sa.Column("response_ms", sa.Integer(), nullable=True),
        sa.Column("known_names", types.Json(), nullable=False),
        sa.Column("vanished", types.Json(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_sources_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_sources_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index("ix_sources_service", ["tenant_id", "service_id"], unique=False)
        batch_op.create_index(
            "uq_sources_declared",
            ["tenant_id", "service_id"],
            unique=True,
            sqlite_where=sa.text("declared AND archived_at IS NULL"),
            postgresql_where=sa.text("declared AND archived_at IS NULL"),
        )

    op.create_table(
        "status_events",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("before", sa.String(length=16), nullable=False),
        sa.Column("after", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_status_events_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_status_events_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_events")),
    )
    with op.batch_alter_table("status_events", schema=None) as batch_op:
        batch_op.create_index("ix_status_events_at", ["tenant_id", "at", "id"], unique=False)
        batch_op.create_index(
            "ix_status_events_service", ["tenant_id", "service_id", "at"], unique=False
        )

    op.create_table(
        "status_segments",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("service_id", sa.String(length=63), nullable=False),
        sa.Column("line", sa.String(length=12), nullable=False),
        sa.Column("start_at", types.Instant(), nullable=False),
        sa.Column("end_at", types.Instant(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("maintenance", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["services.tenant_id", "services.id"],
            name=op.f("fk_status_segments_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_status_segments_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_segments")),
    )
    with op.batch_alter_table("status_segments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_status_segments_line", ["tenant_id", "line", "service_id", "start_at"], unique=False
        )
        batch_op.create_index(
            "ix_status_segments_time", ["tenant_id", "line", "end_at"], unique=False
        )
        batch_op.create_index(
            "uq_status_segments_open",
            ["tenant_id", "service_id", "line"],
            unique=True,
            sqlite_where=sa.text("end_at IS NULL AND rank = 0"),
            postgresql_where=sa.text("end_at IS NULL AND rank = 0"),
        )

    op.create_table(
        "subscribers",
        sa.Column("id", types.Id(length=16), nullable=False),
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("page_id", types.Id(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("asked_at", types.Instant(), nullable=False),
        sa.Column("confirmed_at", types.Instant(), nullable=True),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["page_id"], ["status_pages.id"], name=op.f("fk_subscribers_page_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_subscribers_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
        sa.UniqueConstraint(
            "tenant_id",
            "page_id",
            "kind",
            "address_key",
            name=op.f("uq_subscribers_tenant_id_page_id_kind_address_key"),
        ),
    )
    with op.batch_alter_table("subscribers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_subscribers_audience", ["tenant_id", "page_id", "state", "id"], unique=False
        )

    op.create_table(
        "team_members",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("team_slug", sa.String(length=63), nullable=False),
        sa.Column("user_id", types.Id(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "team_slug"],
            ["teams.tenant_id", "teams.slug"],
            name=op.f("fk_team_members_tenant_id_team_slug"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["memberships.tenant_id", "memberships.user_id"],
            name=op.f("fk_team_members_tenant_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_team_members_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "team_slug", "user_id", name=op.f("pk_team_members")),
    )
    with op.batch_alter_table("team_members", schema=None) as batch_op:
        batch_op.create_index("ix_team_members_user", ["tenant_id", "user_id"], unique=False)

    op.create_table(
        "incident_alerts",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("alert_id", types.Id(length=16), nullable=False),
        sa.Column("incident_id", types.Id(length=16), nullable=False),
        sa.Column("joined_at", types.Instant(), nullable=False),
        sa.Column("resolved_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_incident_alerts_alert_id")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_alerts_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_alerts_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "alert_id", name=op.f("pk_incident_alerts")),
    )
    with op.batch_alter_table("incident_alerts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incident_alerts_incident", ["tenant_id", "incident_id"], unique=False
        )

    op.create_table(
        "incident_update_texts",
        sa.Column("tenant_id", types.Id(length=16), nullable=False),
        sa.Column("update_id", types.Id(length=16), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("written_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_incident_update_texts_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["incident_updates.id"], name=op.f("fk_incident_update_texts_update_id")
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "update_id", "language", "version", name=op.f("pk_incident_update_texts")
        ),
    )
