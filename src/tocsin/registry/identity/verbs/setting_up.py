"""The one-time set-up link: printed at each start until the first super admin exists."""

from sqlalchemy import select

from tocsin.kernel.errors import Conflict, Forbidden
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Tx, insert_or
from tocsin.registry.identity.model import IdentitySettings, Person
from tocsin.registry.identity.permissions import Role
from tocsin.registry.identity.secrets import is_same, setup_token
from tocsin.registry.identity.tables import setup_links, tenants

from .people import create_user


def setup_link(tx: Tx, settings: IdentitySettings) -> str | None:
    """The set-up link of this tenant, or None once it has been used."""
    link = insert_or(tx, setup_links).values(id=new_id(), tenant_id=tx.tenant, created_at=tx.now)
    tx.execute(link.on_conflict_do_nothing(index_elements=["tenant_id"]))
    row = tx.execute(
        select(setup_links.c.id, setup_links.c.used_at).where(setup_links.c.tenant_id == tx.tenant)
    ).one()
    if row.used_at is not None:
        return None
    return f"{settings.public_url}/setup?token={setup_token(settings.secret_key, row.id)}"


def set_up(
    tx: Tx, settings: IdentitySettings, token: str, email: str, name: str, password_hash: str
) -> Person:
    """Make the first super admin; raises Forbidden for a wrong token, Conflict when set up."""
    tx.lock(tenants, tx.tenant)
    row = tx.one_or_none(
        select(setup_links.c.id, setup_links.c.used_at).where(setup_links.c.tenant_id == tx.tenant)
    )
    if row is not None and row.used_at is not None:
        raise Conflict("This installation is set up already. Log in.", code="already_set_up")
    if row is None or not is_same(token, setup_token(settings.secret_key, row.id)):
        raise Forbidden("This is not the set-up link that was printed.", code="wrong_setup_token")
    return create_user(tx, email, name, [Role.SUPER_ADMIN], password_hash)
