"""Reads of identity: tenants, people, teams and tokens of the caller's tenant."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, or_, select

from tocsin.kernel.errors import NotFound
from tocsin.platform.database import ReadTx

from .model import DEFAULT_SLUG, ApiToken, Person, Team, Tenant
from .permissions import Role
from .tables import api_tokens, memberships, setup_links, team_members, teams, tenants, users


def default_tenant_id(tx: ReadTx) -> UUID:
    """The tenant of strangers and of ADMIN_API_TOKEN; raises NotFound before the first start."""
    return tenant_by_slug(tx, DEFAULT_SLUG).id


def tenant_by_slug(tx: ReadTx, slug: str) -> Tenant:
    """A tenant by its slug; raises NotFound."""
    row = tx.one_or_none(select(tenants).where(tenants.c.slug == slug))
    if row is None:
        raise NotFound(f"There is no tenant “{slug}”.")
    return _tenant(row)


def own_tenant(tx: ReadTx) -> Tenant:
    """The caller's tenant."""
    return _tenant(tx.execute(select(tenants).where(tenants.c.id == tx.tenant)).one())


def all_tenants(
    tx: ReadTx, after: tuple[datetime, UUID] | None = None, limit: int = 1000
) -> list[Tenant]:
    """All tenants of the installation, oldest first."""
    query = select(tenants).order_by(tenants.c.created_at, tenants.c.id).limit(limit)
    return [_tenant(row) for row in tx.all(_later(query, tenants, after))]


def is_set_up(tx: ReadTx) -> bool:
    """Whether the default tenant's set-up link has done its work."""
    used = (
        select(setup_links.c.used_at)
        .join(tenants, tenants.c.id == setup_links.c.tenant_id)
        .where(tenants.c.slug == DEFAULT_SLUG, setup_links.c.tenant_id == tenants.c.id)
    )
    return tx.scalar(used) is not None


def person(tx: ReadTx, user_id: UUID) -> Person:
    """One person of the tenant; raises NotFound."""
    found = people(tx, [user_id]).get(user_id)
    if found is None:
        raise NotFound("There is no such person.")
    return found


def people(tx: ReadTx, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Those of the people who belong to the tenant, by id; disabled ones too."""
    wanted = sorted(set(ids))
    rows = tx.all(_people(tx).where(users.c.id.in_(wanted))) if wanted else ()
    return {row.id: to_person(row) for row in rows}


def person_by_email(tx: ReadTx, email: str) -> Person | None:
    """The person of the tenant with this (normal) address."""
    row = tx.one_or_none(_people(tx).where(users.c.email == email))
    return None if row is None else to_person(row)


def all_people(
    tx: ReadTx, after: tuple[str, UUID] | None = None, limit: int = 1000
) -> list[Person]:
    """The tenant's people, by address; disabled ones too."""
    query = _people(tx).order_by(users.c.email, users.c.id).limit(limit)
    if after is not None:
        email, user_id = after
        same = and_(users.c.email == email, users.c.id > user_id)
        query = query.where(or_(users.c.email > email, same))
    return [to_person(row) for row in tx.all(query)]


def active_super_admins(tx: ReadTx) -> set[UUID]:
    """Who could let everybody else back in."""
    query = select(memberships.c.user_id, memberships.c.roles).where(
        memberships.c.tenant_id == tx.tenant,
        memberships.c.joined_at.is_not(None),
        memberships.c.disabled_at.is_(None),
    )
    return {row.user_id for row in tx.all(query) if Role.SUPER_ADMIN in row.roles}


def team(tx: ReadTx, slug: str) -> Team:
    """One team of the tenant; raises NotFound, for an archived one too."""
    found = teams_by_slug(tx, [slug]).get(slug)
    if found is None:
        raise NotFound(f"There is no team “{slug}”.")
    return found


def teams_by_slug(tx: ReadTx, slugs: Iterable[str]) -> dict[str, Team]:
    """Those of the teams that exist, by slug."""
    wanted = sorted(set(slugs))
    if not wanted:
        return {}
    rows = tx.all(_teams(tx).where(teams.c.slug.in_(wanted)))
    return {found.slug: found for found in _with_members(tx, rows)}


def all_teams(tx: ReadTx, after: tuple[str, str] | None = None, limit: int = 1000) -> list[Team]:
    """The tenant's teams, by slug."""
    query = _teams(tx).order_by(teams.c.slug).limit(limit)
    if after is not None:
        query = query.where(teams.c.slug > after[0])
    return _with_members(tx, tx.all(query))


def token(tx: ReadTx, token_id: UUID) -> ApiToken:
    """One token of the tenant, revoked or not; raises NotFound."""
    row = tx.one_or_none(
        select(api_tokens).where(api_tokens.c.tenant_id == tx.tenant, api_tokens.c.id == token_id)
    )
    if row is None:
        raise NotFound("There is no such token.")
    return to_token(row)


def all_tokens(
    tx: ReadTx, after: tuple[datetime, UUID] | None = None, limit: int = 1000
) -> list[ApiToken]:
    """The tenant's tokens that are not revoked, oldest first."""
    query = (
        select(api_tokens)
        .where(api_tokens.c.tenant_id == tx.tenant, api_tokens.c.revoked_at.is_(None))
        .order_by(api_tokens.c.created_at, api_tokens.c.id)
        .limit(limit)
    )
    return [to_token(row) for row in tx.all(_later(query, api_tokens, after))]


def roles_in(row_roles: Iterable[str]) -> frozenset[Role]:
    """Read roles as stored."""
    return frozenset(Role(role) for role in row_roles)


def to_person(row: Row[Any]) -> Person:
    """Read a joined users × memberships row."""
    return Person(
        id=row.id,
        email=row.email,
        name=row.name,
        roles=roles_in(row.roles),
        version=row.version,
        invited_at=row.invited_at,
        joined_at=row.joined_at,
        disabled_at=row.disabled_at,
    )


def to_token(row: Row[Any]) -> ApiToken:
    """Read a token's row."""
    return ApiToken(
        id=row.id,
        name=row.name,
        role=Role(row.role) if row.role else None,
        scopes=frozenset(row.scopes or ()),
        created_by=row.created_by,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )


def _people(tx: ReadTx) -> Select[Any]:
    return (
        select(
            users.c.id,
            users.c.email,
            users.c.name,
            memberships.c.roles,
            memberships.c.version,
            memberships.c.invited_at,
            memberships.c.joined_at,
            memberships.c.disabled_at,
        )
        .join(memberships, memberships.c.user_id == users.c.id)
        .where(memberships.c.tenant_id == tx.tenant)
    )


def _teams(tx: ReadTx) -> Select[Any]:
    return select(teams).where(teams.c.tenant_id == tx.tenant, teams.c.archived_at.is_(None))


def _with_members(tx: ReadTx, rows: Sequence[Row[Any]]) -> list[Team]:
    members: dict[str, list[UUID]] = defaultdict(list)
    query = (
        select(team_members.c.team_slug, team_members.c.user_id)
        .where(
            team_members.c.tenant_id == tx.tenant,
            team_members.c.team_slug.in_([row.slug for row in rows]),
        )
        .order_by(team_members.c.user_id)
    )
    for row in tx.all(query) if rows else ():
        members[row.team_slug].append(row.user_id)
    return [
        Team(row.slug, row.name, tuple(members[row.slug]), row.version, row.created_at)
        for row in rows
    ]


def _later(query: Select[Any], table: Any, after: tuple[datetime, UUID] | None) -> Select[Any]:
    if after is None:
        return query
    at, identifier = after
    same = and_(table.c.created_at == at, table.c.id > identifier)
    return query.where(or_(table.c.created_at > at, same))


def _tenant(row: Row[Any]) -> Tenant:
    return Tenant(row.id, row.slug, row.name, row.created_at)
