"""API tokens: made once, shown once, revoked for ever."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, update

from tocsin.kernel.errors import Forbidden, Invalid, invalid_field
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Tx
from tocsin.registry.identity import events
from tocsin.registry.identity.model import ApiToken
from tocsin.registry.identity.permissions import (
    PERMISSIONS,
    Role,
    grantable_permissions,
    may_grant,
)
from tocsin.registry.identity.queries import own_tenant, tenant_by_slug, token
from tocsin.registry.identity.rules import normal_name
from tocsin.registry.identity.secrets import digest
from tocsin.registry.identity.tables import api_tokens

from .granting import granter_roles, require_installation_owner


@dataclass(frozen=True, slots=True)
class TokenDraft:
    """A token as somebody wants it: a role or scopes, for this tenant or (owners) another."""

    name: str
    role: Role | None = None
    scopes: frozenset[str] = frozenset()
    tenant: str | None = None
    expires_at: datetime | None = None


def create_token(tx: Tx, draft: TokenDraft, secret: str) -> ApiToken:
    """Keep a token whose plain text is `secret`; it can do no more than whoever makes it grants."""
    _refuse(tx, draft)
    inside = tx
    if draft.tenant is not None and draft.tenant != own_tenant(tx).slug:
        require_installation_owner(tx)
        inside = tx.acting(tenant=tenant_by_slug(tx, draft.tenant).id)
    token_id = new_id()
    inside.execute(
        insert(api_tokens).values(
            id=token_id,
            token_hash=digest(secret),
            tenant_id=inside.tenant,
            name=draft.name.strip(),
            role=draft.role.value if draft.role else None,
            scopes=sorted(draft.scopes) if draft.scopes else None,
            created_by=str(tx.actor),
            created_at=tx.now,
            expires_at=draft.expires_at,
        )
    )
    inside.record(events.of_token(events.TOKEN_CREATED, token_id, role=draft.role))
    return token(inside, token_id)


def revoke_token(tx: Tx, token_id: UUID) -> None:
    """End a token at once; a token that is revoked already stays so."""
    found = token(tx, token_id)
    if found.revoked_at is not None:
        return
    tx.execute(
        update(api_tokens)
        .where(api_tokens.c.tenant_id == tx.tenant, api_tokens.c.id == token_id)
        .values(revoked_at=tx.now)
    )
    tx.record(events.of_token(events.TOKEN_REVOKED, token_id))


def _refuse(tx: Tx, draft: TokenDraft) -> None:
    normal_name(draft.name)
    if (draft.role is None) == (not draft.scopes):
        raise Invalid("A token has either a role or scopes.", code="role_or_scopes")
    if draft.expires_at is not None and draft.expires_at <= tx.now:
        raise invalid_field("expires_at", "lies in the past")
    unknown = sorted(draft.scopes - PERMISSIONS.keys())
    if unknown:
        raise invalid_field("scopes", f"there is no permission {unknown[0]}")
    granter = granter_roles(tx)
    if draft.role is not None and not may_grant(granter, draft.role):
        raise Forbidden(f"You may not give the role {draft.role}.")
    if not draft.scopes <= grantable_permissions(granter):
        raise Forbidden("You may not give all of these scopes.")
