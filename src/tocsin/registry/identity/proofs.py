"""Proofs of identity: what a session or token is worth at this moment, inside any transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, select

from tocsin.kernel.errors import Unauthenticated
from tocsin.kernel.facts import Actor, ActorKind
from tocsin.platform.database import ReadTx, across_tenants

from .permissions import PERMISSIONS, permissions_of
from .rules import session_is_alive
from .tables import api_tokens, memberships, sessions


@dataclass(frozen=True, slots=True)
class Proof:
    """A living session or token: whose it is, what it may do, and when it was last seen."""

    id: UUID
    tenant: UUID
    actor: Actor
    roles: frozenset[str]
    permissions: frozenset[str]
    seen_at: datetime | None


def session_by_hash(tx: ReadTx, token_hash: bytes) -> Proof | None:
    """The living session with this secret, of whatever tenant."""
    found = _sessions().where(sessions.c.token_hash == token_hash)
    return _of_session(tx, tx.one_or_none(across_tenants(found)))


def session_by_id(tx: ReadTx, session_id: UUID) -> Proof:
    """A living session of this tenant; raises Unauthenticated."""
    found = _sessions().where(
        sessions.c.tenant_id == tx.tenant,
        memberships.c.tenant_id == tx.tenant,
        sessions.c.id == session_id,
    )
    return _alive(_of_session(tx, tx.one_or_none(found)))


def token_by_hash(tx: ReadTx, token_hash: bytes) -> Proof | None:
    """The living token with this secret, of whatever tenant."""
    found = select(api_tokens).where(api_tokens.c.token_hash == token_hash)
    return _of_token(tx, tx.one_or_none(across_tenants(found)))


def token_by_id(tx: ReadTx, token_id: UUID) -> Proof:
    """A living token of this tenant; raises Unauthenticated."""
    found = select(api_tokens).where(
        api_tokens.c.tenant_id == tx.tenant, api_tokens.c.id == token_id
    )
    return _alive(_of_token(tx, tx.one_or_none(found)))


def _sessions() -> Select[Any]:
    mine = and_(
        memberships.c.tenant_id == sessions.c.tenant_id,
        memberships.c.user_id == sessions.c.user_id,
    )
    return select(
        sessions.c.id,
        sessions.c.tenant_id,
        sessions.c.user_id,
        sessions.c.seen_at,
        sessions.c.expires_at,
        memberships.c.roles,
        memberships.c.joined_at,
        memberships.c.disabled_at,
    ).join(memberships, mine)


def _of_session(tx: ReadTx, row: Row[Any] | None) -> Proof | None:
    if row is None or row.joined_at is None or row.disabled_at is not None:
        return None
    if not session_is_alive(row.seen_at, row.expires_at, tx.now):
        return None
    actor = Actor(ActorKind.PERSON, str(row.user_id))
    roles = frozenset(row.roles)
    return Proof(row.id, row.tenant_id, actor, roles, permissions_of(roles), row.seen_at)


def _of_token(tx: ReadTx, row: Row[Any] | None) -> Proof | None:
    if row is None or row.revoked_at is not None:
        return None
    if row.expires_at is not None and row.expires_at <= tx.now:
        return None
    actor = Actor(ActorKind.TOKEN, str(row.id))
    if row.role is None:
        scopes = frozenset(row.scopes or ()) & PERMISSIONS.keys()
        return Proof(row.id, row.tenant_id, actor, frozenset(), scopes, row.last_used_at)
    roles = frozenset({row.role})
    return Proof(row.id, row.tenant_id, actor, roles, permissions_of(roles), row.last_used_at)


def _alive(proof: Proof | None) -> Proof:
    if proof is None:
        raise Unauthenticated("This log-in or token is no longer valid.")
    return proof
