"""People: invited, joined, given roles, disabled and let in again."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from tocsin.kernel.errors import Conflict, LostRace, invalid_field
from tocsin.kernel.ids import new_id
from tocsin.platform.database import ReadTx, Tx, across_tenants, insert_or
from tocsin.registry.identity import events
from tocsin.registry.identity.model import Person
from tocsin.registry.identity.permissions import Role
from tocsin.registry.identity.queries import person, person_by_email
from tocsin.registry.identity.rules import INVITATION_LASTS, normal_email, normal_name
from tocsin.registry.identity.secrets import digest
from tocsin.registry.identity.tables import (
    invitations,
    memberships,
    sessions,
    setup_links,
    team_members,
    users,
)

from .granting import require_another_super_admin, require_may_grant, require_may_touch
from .joining import end_sessions_everywhere


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What somebody wants different about a person; None leaves a field alone."""

    name: str | None = None
    roles: frozenset[Role] | None = None
    disabled: bool | None = None


def invite(tx: Tx, email: str, name: str, roles: Iterable[Role], secret: str) -> Person:
    """Invite somebody; whoever opens the link made of `secret` becomes a member."""
    email, name = normal_email(email), normal_name(name)
    wanted = _some_roles(roles)
    require_may_grant(tx, wanted)
    if person_by_email(tx, email) is not None:
        raise Conflict(f"{email} belongs to this tenant already.", code="already_exists")
    user_id = keep_user(tx, email, name)
    add_member(tx, user_id, wanted, joined=False)
    _keep_invitation(tx, user_id, secret, resets=False)
    tx.record(events.of_person(events.PERSON_INVITED, user_id, roles=sorted(wanted)))
    return person(tx, user_id)


def renew_invitation(tx: Tx, user_id: UUID, secret: str) -> Person:
    """Make a new link: for the invited another chance, for members a new password.

    A member of several tenants resets their password themselves, because it opens the others too.
    """
    found = person(tx, user_id)
    require_may_touch(tx, found)
    if found.disabled_at is not None:
        raise Conflict("This person is disabled.", code="disabled")
    resets = found.joined_at is not None
    if resets and _tenants_of(tx, user_id) > 1:
        raise Conflict("This person belongs to other tenants too.", code="shared_person")
    _keep_invitation(tx, user_id, secret, resets=resets)
    tx.record(events.of_person(events.PERSON_INVITED, user_id, resets=resets))
    return found


def edit_person(
    tx: Tx, user_id: UUID, change: PersonChange, expected_version: int | None = None
) -> Person:
    """Change name, roles or whether somebody may come in; disabling ends their sessions at once."""
    tx.lock(memberships, user_id, column="user_id")
    found = person(tx, user_id)
    _refuse(tx, found, change, expected_version)
    _rename(tx, found, change)
    _change_roles(tx, found, change)
    _let_in_or_out(tx, found, change)
    return person(tx, user_id)


def rename_self(tx: Tx, name: str) -> Person:
    """Change one's own name, in every tenant."""
    found = person(tx, UUID(tx.actor.id))
    _rename(tx, found, PersonChange(name=normal_name(name)))
    return person(tx, found.id)


def create_user(tx: Tx, email: str, name: str, roles: Iterable[Role], password_hash: str) -> Person:
    """Make a member who can log in at once, for the command line and the set-up.

    Whoever is there already gets this name, these roles and this password. The first super admin
    makes the set-up link dead.
    """
    email, name = normal_email(email), normal_name(name)
    wanted = _some_roles(roles)
    user_id = keep_user(tx, email, name)
    tx.execute(
        update(users).where(users.c.id == user_id).values(name=name, password_hash=password_hash)
    )
    add_member(tx, user_id, wanted, joined=True)
    end_sessions_everywhere(tx, user_id)
    if Role.SUPER_ADMIN in wanted:
        _retire_setup_link(tx)
    tx.record(events.of_person(events.PERSON_JOINED, user_id, roles=sorted(wanted)))
    return person(tx, user_id)


def keep_user(tx: Tx, email: str, name: str) -> UUID:
    """The id of the user with this address, who is made where there is none."""
    row = {"id": new_id(), "email": email, "name": name, "created_at": tx.now}
    made = insert_or(tx, users).values(row).on_conflict_do_nothing(index_elements=["email"])
    tx.execute(made)
    found = tx.scalar(select(users.c.id).where(users.c.email == email))
    assert isinstance(found, UUID)
    return found


def add_member(tx: Tx, user_id: UUID, roles: Iterable[Role], *, joined: bool) -> None:
    """Let a user into the tenant, or renew a membership that is there."""
    fresh = {
        "roles": sorted(roles),
        "version": 1,
        "invited_at": tx.now,
        "joined_at": tx.now if joined else None,
        "disabled_at": None,
    }
    tx.execute(
        insert_or(tx, memberships)
        .values(tenant_id=tx.tenant, user_id=user_id, **fresh)
        .on_conflict_do_update(index_elements=["tenant_id", "user_id"], set_=fresh)
    )


def _refuse(tx: Tx, found: Person, change: PersonChange, expected_version: int | None) -> None:
    if expected_version not in (None, found.version):
        raise LostRace("Somebody changed this person first.")
    require_may_touch(tx, found)
    if change.name is not None:
        normal_name(change.name)
        if change.name.strip() != found.name and _tenants_of(tx, found.id) > 1:
            raise Conflict("This person belongs to other tenants too.", code="shared_person")
    if change.roles is not None:
        require_may_grant(tx, _some_roles(change.roles) ^ found.roles)
    if found.is_active and Role.SUPER_ADMIN in found.roles and _steps_down(change):
        require_another_super_admin(tx, found.id)


def _steps_down(change: PersonChange) -> bool:
    loses = change.roles is not None and Role.SUPER_ADMIN not in change.roles
    return loses or change.disabled is True


def _rename(tx: Tx, found: Person, change: PersonChange) -> None:
    if change.name is None or change.name.strip() == found.name:
        return
    tx.execute(update(users).where(users.c.id == found.id).values(name=change.name.strip()))
    _touch(tx, found.id)
    tx.record(events.of_person(events.PERSON_EDITED, found.id, fields=["name"]))


def _change_roles(tx: Tx, found: Person, change: PersonChange) -> None:
    if change.roles is None or change.roles == found.roles:
        return
    _touch(tx, found.id, roles=sorted(change.roles))
    tx.record(events.role_changed(found.id, found.roles, change.roles))


def _let_in_or_out(tx: Tx, found: Person, change: PersonChange) -> None:
    if change.disabled is None or change.disabled == (found.disabled_at is not None):
        return
    if not change.disabled:
        _touch(tx, found.id, disabled_at=None)
        tx.record(events.of_person(events.PERSON_ENABLED, found.id))
        return
    _touch(tx, found.id, disabled_at=tx.now)
    for table in (sessions, invitations, team_members):
        tx.execute(delete(table).where(table.c.tenant_id == tx.tenant, table.c.user_id == found.id))
    tx.record(events.of_person(events.PERSON_DISABLED, found.id))


def _retire_setup_link(tx: Tx) -> None:
    columns = setup_links.c
    tx.execute(
        insert_or(tx, setup_links)
        .values(id=new_id(), tenant_id=tx.tenant, created_at=tx.now)
        .on_conflict_do_nothing(index_elements=["tenant_id"])
    )
    tx.execute(
        update(setup_links)
        .where(columns.tenant_id == tx.tenant, columns.used_at.is_(None))
        .values(used_at=tx.now)
    )


def _touch(tx: Tx, user_id: UUID, **values: object) -> None:
    columns = memberships.c
    tx.execute(
        update(memberships)
        .where(columns.tenant_id == tx.tenant, columns.user_id == user_id)
        .values(version=columns.version + 1, **values)
    )


def _keep_invitation(tx: Tx, user_id: UUID, secret: str, *, resets: bool) -> None:
    columns = invitations.c
    tx.execute(
        delete(invitations).where(columns.tenant_id == tx.tenant, columns.user_id == user_id)
    )
    tx.execute(
        insert(invitations).values(
            token_hash=digest(secret),
            tenant_id=tx.tenant,
            user_id=user_id,
            resets=resets,
            invited_by=str(tx.actor),
            expires_at=tx.now + INVITATION_LASTS,
        )
    )


def _tenants_of(tx: ReadTx, user_id: UUID) -> int:
    count = select(func.count()).select_from(memberships).where(memberships.c.user_id == user_id)
    return int(tx.scalar(across_tenants(count)) or 0)


def _some_roles(roles: Iterable[Role]) -> frozenset[Role]:
    wanted = frozenset(roles)
    if not wanted:
        raise invalid_field("roles", "expected at least one role")
    return wanted
