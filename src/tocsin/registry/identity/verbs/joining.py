"""Opening an invitation: a password is set once, a membership begins."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Actor, ActorKind
from tocsin.platform.database import ReadTx, Tx, across_tenants
from tocsin.registry.identity import events
from tocsin.registry.identity.rules import normal_name
from tocsin.registry.identity.secrets import digest
from tocsin.registry.identity.tables import invitations, memberships, sessions, tenants, users


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation as the person who holds its link sees it; `invited_by` is an actor."""

    tenant: UUID
    tenant_slug: str
    tenant_name: str
    user_id: UUID
    email: str
    name: str
    password_hash: str | None
    resets: bool
    invited_by: str
    expires_at: datetime

    @property
    def sets_password(self) -> bool:
        """Whether the password sent is a new one; else it must be the person's own."""
        return self.password_hash is None or self.resets


def open_invitation(tx: ReadTx, secret: str) -> OpenInvitation:
    """Find a living invitation by its link's secret; raises NotFound, whose code tells why."""
    row = tx.one_or_none(
        across_tenants(
            select(
                invitations.c.tenant_id,
                tenants.c.slug.label("tenant_slug"),
                tenants.c.name.label("tenant_name"),
                invitations.c.user_id,
                users.c.email,
                users.c.name,
                users.c.password_hash,
                invitations.c.resets,
                invitations.c.invited_by,
                invitations.c.expires_at,
            )
            .join(tenants, tenants.c.id == invitations.c.tenant_id)
            .join(users, users.c.id == invitations.c.user_id)
            .where(invitations.c.token_hash == digest(secret))
        )
    )
    if row is None:
        raise NotFound(
            "This link was used already, replaced by a newer one, or is not complete.",
            code="invitation_unknown",
        )
    if row.expires_at <= tx.now:
        raise NotFound("This link was good for a week.", code="invitation_expired")
    return OpenInvitation(
        tenant=row.tenant_id,
        tenant_slug=row.tenant_slug,
        tenant_name=row.tenant_name,
        user_id=row.user_id,
        email=row.email,
        name=row.name,
        password_hash=row.password_hash,
        resets=row.resets,
        invited_by=row.invited_by,
        expires_at=row.expires_at,
    )


def accept_invitation(tx: Tx, secret: str, name: str | None, password_hash: str | None) -> UUID:
    """Begin the membership and return the user's id.

    `password_hash` is the new one; None says that the person proved their own. Where the other one
    was needed meanwhile, the invitation counts as used: NotFound.
    """
    found = open_invitation(tx, secret)
    if found.sets_password != (password_hash is not None):
        raise NotFound("This invitation changed meanwhile. Open it again.")
    values = {"name": normal_name(name)} if name is not None else {}
    inside = tx.acting(tenant=found.tenant, actor=Actor(ActorKind.PERSON, str(found.user_id)))
    inside.execute(
        delete(invitations).where(
            invitations.c.tenant_id == inside.tenant, invitations.c.user_id == found.user_id
        )
    )
    if password_hash is not None:
        values["password_hash"] = password_hash
        end_sessions_everywhere(inside, found.user_id)
    if values:
        inside.execute(update(users).where(users.c.id == found.user_id).values(**values))
    _join(inside, found)
    return found.user_id


def end_sessions_everywhere(tx: Tx, user_id: UUID, keep: UUID | None = None) -> None:
    """End a person's sessions in all tenants, as a new password does."""
    ended = delete(sessions).where(sessions.c.user_id == user_id)
    if keep is not None:
        ended = ended.where(sessions.c.id != keep)
    tx.execute(across_tenants(ended))


def _join(tx: Tx, found: OpenInvitation) -> None:
    if found.resets:
        tx.record(events.of_person(events.PERSON_PASSWORD_CHANGED, found.user_id))
        return
    columns = memberships.c
    tx.execute(
        update(memberships)
        .where(columns.tenant_id == tx.tenant, columns.user_id == found.user_id)
        .values(joined_at=tx.now, version=columns.version + 1)
    )
    tx.record(events.of_person(events.PERSON_JOINED, found.user_id))
