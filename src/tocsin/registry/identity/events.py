"""Facts of identity: ids, roles and field names only; addresses and names stay in their rows."""

from collections.abc import Iterable
from uuid import UUID

from tocsin.kernel.facts import Fact, subject_of

from .permissions import Role

TENANT_CREATED = "tenant.created"
TENANT_EDITED = "tenant.edited"
PERSON_INVITED = "person.invited"
PERSON_JOINED = "person.joined"
PERSON_EDITED = "person.edited"
PERSON_ROLE_CHANGED = "person.role_changed"
PERSON_DISABLED = "person.disabled"
PERSON_ENABLED = "person.enabled"
PERSON_PASSWORD_CHANGED = "person.password_changed"  # noqa: S105 - a fact's kind
TEAM_CREATED = "team.created"
TEAM_EDITED = "team.edited"
TEAM_ARCHIVED = "team.archived"
TOKEN_CREATED = "token.created"  # noqa: S105 - a fact's kind
TOKEN_REVOKED = "token.revoked"  # noqa: S105 - a fact's kind
SESSION_OPENED = "session.opened"
SESSION_CLOSED = "session.closed"


def of_tenant(kind: str, slug: str) -> Fact:
    """A fact about a tenant."""
    return Fact(kind, subject_of("tenant", slug))


def of_person(kind: str, person: UUID, **payload: object) -> Fact:
    """A fact about a person."""
    return Fact(kind, subject_of("person", person), payload)


def role_changed(person: UUID, before: Iterable[Role], after: Iterable[Role]) -> Fact:
    """A person's roles changed."""
    return of_person(PERSON_ROLE_CHANGED, person, before=sorted(before), after=sorted(after))


def of_team(kind: str, slug: str, **payload: object) -> Fact:
    """A fact about a team."""
    return Fact(kind, subject_of("team", slug), payload)


def of_token(kind: str, token: UUID, **payload: object) -> Fact:
    """A fact about a token."""
    return Fact(kind, subject_of("token", token), payload)
