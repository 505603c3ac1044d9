"""What the command line does to the database directly: people, tokens, audits."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from tocsin.app.auditor import Finding, audit
from tocsin.app.compose import NOWHERE, House, compose
from tocsin.app.schema import ensure_schema
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context, Tx
from tocsin.platform.settings import load_settings
from tocsin.registry import identity
from tocsin.registry.identity import Role


def create_user(email: str, name: str, role: str, password: str) -> str:
    """Make a person who can log in at once; raises Invalid and Conflict."""
    hashed = identity.hash_password(identity.require_good_password(password, email))

    def verb(tx: Tx) -> str:
        return identity.create_user(tx, email, name, [Role(role)], hashed).email

    with opened() as (house, context):
        made = house.platform.database.write_now(context, verb)
        return f"{made} can log in at {house.settings.public_url}/login"


def create_token(name: str, role: str) -> str:
    """Make an API token and return its secret, which is stored as a hash only."""
    secret = identity.new_token()
    draft = identity.TokenDraft(name, Role(role))
    with opened() as (house, context):
        house.platform.database.write_now(context, identity.create_token, draft, secret)
    return secret


def run_audit() -> int:
    """Print every tenant's findings; 0 when there are none, else 1."""
    found: list[Finding] = []
    with opened() as (house, _):
        database = house.platform.database
        for tenant in database.read_now(NOWHERE, identity.all_tenants):
            found += database.read_now(Context(tenant.id, SYSTEM), audit)
    for finding in found:
        click.echo(f"{finding.check}: {finding.sentence}")
    click.echo("Nothing is late, lost or stale." if not found else f"{len(found)} findings.")
    return 1 if found else 0


@contextmanager
def opened() -> Iterator[tuple[House, Context]]:
    """A composed house over the migrated database, and the default tenant's context."""
    settings = load_settings()
    ensure_schema(settings.database_url)
    house = compose(settings, SystemClock())
    try:
        database = house.platform.database
        tenant = database.write_now(NOWHERE, identity.ensure_default_tenant)
        yield house, Context(tenant, SYSTEM)
    finally:
        house.platform.database.close()
