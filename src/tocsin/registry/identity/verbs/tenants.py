"""Tenants: the default one at the first start, others by the installation's owner."""

from uuid import UUID

from sqlalchemy import insert, update

from tocsin.kernel.errors import Conflict
from tocsin.kernel.facts import ActorKind
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Tx, insert_or
from tocsin.registry.identity import events
from tocsin.registry.identity.model import DEFAULT_SLUG, Tenant
from tocsin.registry.identity.permissions import Role
from tocsin.registry.identity.queries import tenant_by_slug
from tocsin.registry.identity.rules import normal_name, normal_slug
from tocsin.registry.identity.tables import memberships, tenants

from .granting import require_installation_owner


def ensure_default_tenant(tx: Tx) -> UUID:
    """Make the tenant `default` where there is none yet, and return its id."""
    new = _insert_tenant(tx, DEFAULT_SLUG, "Default")
    found = tenant_by_slug(tx, DEFAULT_SLUG).id
    if new:
        tx.acting(tenant=found).record(events.of_tenant(events.TENANT_CREATED, DEFAULT_SLUG))
    return found


def create_tenant(tx: Tx, slug: str, name: str) -> Tenant:
    """Make a tenant; the person who does becomes its first super admin."""
    require_installation_owner(tx)
    slug, name = normal_slug(slug), normal_name(name)
    if not _insert_tenant(tx, slug, name):
        raise Conflict(f"The tenant {slug} exists already.", code="already_exists")
    made = tenant_by_slug(tx, slug)
    inside = tx.acting(tenant=made.id)
    if tx.actor.kind is ActorKind.PERSON:
        _join_creator(inside)
    inside.record(events.of_tenant(events.TENANT_CREATED, slug))
    return made


def rename_tenant(tx: Tx, slug: str, name: str) -> Tenant:
    """Give a tenant another name."""
    require_installation_owner(tx)
    name = normal_name(name)
    found = tenant_by_slug(tx, slug)
    tx.execute(update(tenants).where(tenants.c.id == found.id).values(name=name))
    tx.acting(tenant=found.id).record(events.of_tenant(events.TENANT_EDITED, slug))
    return tenant_by_slug(tx, slug)


def _insert_tenant(tx: Tx, slug: str, name: str) -> bool:
    row = {"id": new_id(), "slug": slug, "name": name, "created_at": tx.now}
    made = insert_or(tx, tenants).values(row).on_conflict_do_nothing(index_elements=["slug"])
    return tx.execute(made).rowcount == 1


def _join_creator(tx: Tx) -> None:
    tx.execute(
        insert(memberships).values(
            tenant_id=tx.tenant,
            user_id=UUID(tx.actor.id),
            roles=[Role.SUPER_ADMIN.value],
            version=1,
            invited_at=tx.now,
            joined_at=tx.now,
        )
    )
