"""Who may give and take roles, asked inside the unit that does it."""

from collections.abc import Iterable
from uuid import UUID

from tocsin.kernel.errors import Conflict, Forbidden
from tocsin.kernel.facts import ActorKind
from tocsin.platform.database import ReadTx, Tx
from tocsin.registry.identity.labels import ADMIN_TOKEN_ID
from tocsin.registry.identity.model import Person
from tocsin.registry.identity.permissions import Role, may_grant
from tocsin.registry.identity.queries import active_super_admins, default_tenant_id, person, token
from tocsin.registry.identity.tables import tenants


def granter_roles(tx: ReadTx) -> frozenset[Role]:
    """The roles of whoever acts; the command line and ADMIN_API_TOKEN are super admins."""
    match tx.actor.kind:
        case ActorKind.SYSTEM:
            return frozenset({Role.SUPER_ADMIN})
        case ActorKind.PERSON:
            return person(tx, UUID(tx.actor.id)).roles
        case ActorKind.TOKEN if tx.actor.id == ADMIN_TOKEN_ID:
            return frozenset({Role.SUPER_ADMIN})
        case ActorKind.TOKEN:
            role = token(tx, UUID(tx.actor.id)).role
            return frozenset({role}) if role else frozenset()
        case _:
            return frozenset()


def require_may_grant(tx: ReadTx, roles: Iterable[Role]) -> None:
    """Raise Forbidden unless whoever acts may give and take all these roles."""
    granter = granter_roles(tx)
    for role in sorted(roles):
        if not may_grant(granter, role):
            raise Forbidden(f"You may not give or take the role {role}.")


def require_may_touch(tx: ReadTx, found: Person) -> None:
    """Raise Forbidden where somebody who is no super admin would change one."""
    if Role.SUPER_ADMIN in found.roles and Role.SUPER_ADMIN not in granter_roles(tx):
        raise Forbidden("Only a super admin may change a super admin.")


def require_another_super_admin(tx: Tx, leaving: UUID) -> None:
    """Raise Conflict where the tenant would be left without a super admin."""
    tx.lock(tenants, tx.tenant)
    if active_super_admins(tx) <= {leaving}:
        raise Conflict("This is the last super admin.", code="last_super_admin")


def require_installation_owner(tx: ReadTx) -> None:
    """Raise Forbidden unless a super admin of the default tenant acts."""
    if tx.tenant != default_tenant_id(tx) or Role.SUPER_ADMIN not in granter_roles(tx):
        raise Forbidden("Only a super admin of the default tenant may do this.")
