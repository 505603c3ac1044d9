"""Identity on the wire."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from tocsin.platform.web import Moment, WireModel

from .model import ApiToken, Person, Team, Tenant
from .permissions import Role

Email = Annotated[str, StringConstraints(min_length=3, max_length=320)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}$")]
Scope = Annotated[str, StringConstraints(max_length=80)]

_RANK = {role: rank for rank, role in enumerate(Role)}


class SetUpIn(WireModel):
    """The first super admin, by the link that was printed."""

    token: Secret
    email: Email
    name: Name
    password: Password


class LogInIn(WireModel):
    """A log-in; `tenant` (slug) chooses among several."""

    email: Email
    password: Password
    tenant: Slug | None = None


class AcceptIn(WireModel):
    """Opening an invitation; `password` is a new one, or one's own where one exists already."""

    token: Secret
    password: Password
    name: Name | None = None


class InvitationIn(WireModel):
    """The secret of an invitation's link."""

    token: Secret


class InvitationOut(WireModel):
    """What an invitation is for, and from whom.

    `sets_password` tells whether it asks for a new password, `resets` whether a member's is replaced.
    """

    email: str
    name: str
    tenant: str
    roles: list[Role]
    invited_by: str
    expires_at: Moment
    sets_password: bool
    resets: bool


class PasswordIn(WireModel):
    """A change of one's own password; ends one's other sessions."""

    current_password: Password
    new_password: Password


class MeEdit(WireModel):
    """A change of one's own name."""

    name: Name


class MeUser(WireModel):
    """The person who is logged in."""

    id: UUID
    name: str
    email: str


class MeTenant(WireModel):
    """The tenant one is in."""

    slug: str
    name: str


class Me(WireModel):
    """Who calls, what they may do, and what a console must know before anything else."""

    user: MeUser | None
    tenant: MeTenant
    roles: list[Role]
    permissions: list[str]
    csrf_token: str | None
    set_up: bool
    dashboard_public: bool
    demo: bool


class InviteIn(WireModel):
    """An invitation; `role` or `roles`."""

    email: Email
    name: Name | None = None
    role: Role | None = None
    roles: Annotated[tuple[Role, ...], Field(max_length=5)] = ()

    @model_validator(mode="after")
    def _name_some_role(self) -> "InviteIn":
        if self.role is None and not self.roles:
            raise ValueError("expected role, or roles")
        return self

    @property
    def wanted(self) -> frozenset[Role]:
        return frozenset(self.roles) | ({self.role} if self.role else set())


class PersonOut(WireModel):
    """A person of the tenant; `role` is the highest of `roles`, `invitation_url` is shown once."""

    id: UUID
    email: str
    name: str
    role: Role
    roles: list[Role]
    invited_at: Moment
    joined_at: Moment | None
    disabled_at: Moment | None
    version: int
    invitation_url: str | None = None


class PersonEdit(WireModel):
    """A change; what GET answered may come back, read-only fields as they were."""

    name: Name = ""
    role: Role = Role.VIEWER
    roles: Annotated[tuple[Role, ...], Field(min_length=1, max_length=5)] = ()
    disabled: bool = False
    id: Any = None
    email: Any = None
    invited_at: Any = None
    joined_at: Any = None
    disabled_at: Any = None
    version: Any = None
    invitation_url: Any = None


PERSON_READ_ONLY = (
    "id",
    "email",
    "invited_at",
    "joined_at",
    "disabled_at",
    "version",
    "invitation_url",
)


class TeamIn(WireModel):
    """A team; members by id or e-mail."""

    slug: Slug
    name: Name
    members: Annotated[tuple[Email, ...], Field(max_length=500)] = ()


class TeamOut(WireModel):
    """A team; members by id."""

    slug: str
    name: str
    members: list[UUID]
    version: int
    created_at: Moment


class TeamEdit(WireModel):
    """A change; what GET answered may come back, read-only fields as they were."""

    name: Name = ""
    members: Annotated[tuple[Email, ...], Field(max_length=500)] = ()
    slug: Any = None
    version: Any = None
    created_at: Any = None


TEAM_READ_ONLY = ("slug", "version", "created_at")


class TokenIn(WireModel):
    """A token with a role, or with scopes: permissions by name."""

    name: Name
    role: Role | None = None
    scopes: Annotated[tuple[Scope, ...], Field(max_length=200)] = ()
    tenant: Slug | None = None
    expires_at: Moment | None = None


class TokenOut(WireModel):
    """A token without its secret; `created_by` is the name of whoever made it."""

    id: UUID
    name: str
    role: Role | None
    scopes: list[str]
    created_by: str
    created_at: Moment
    last_used_at: Moment | None
    expires_at: Moment | None
    revoked_at: Moment | None


class TokenMade(TokenOut):
    """A token with its secret, which is shown here and never again (null in a replay)."""

    token: str | None


class TenantIn(WireModel):
    """A tenant."""

    slug: Slug
    name: Name


class TenantEdit(WireModel):
    """A change of a tenant's name; what GET answered may come back."""

    name: Name = ""
    id: Any = None
    slug: Any = None
    created_at: Any = None


TENANT_READ_ONLY = ("id", "slug", "created_at")


class TenantOut(WireModel):
    """A tenant."""

    id: UUID
    slug: str
    name: str
    created_at: Moment


def ranked(roles: Iterable[str]) -> list[Role]:
    """Roles from the least to the most powerful."""
    return sorted((Role(role) for role in roles), key=_RANK.__getitem__)


def person_out(person: Person) -> PersonOut:
    """A person as the wire shows them."""
    roles = ranked(person.roles)
    return PersonOut(
        id=person.id,
        email=person.email,
        name=person.name,
        role=roles[-1],
        roles=roles,
        invited_at=person.invited_at,
        joined_at=person.joined_at,
        disabled_at=person.disabled_at,
        version=person.version,
    )


def team_out(team: Team) -> TeamOut:
    """A team as the wire shows it."""
    return TeamOut(
        slug=team.slug,
        name=team.name,
        members=list(team.members),
        version=team.version,
        created_at=team.created_at,
    )


def token_out(token: ApiToken) -> TokenOut:
    """A token as the wire shows it."""
    return TokenOut(
        id=token.id,
        name=token.name,
        role=token.role,
        scopes=sorted(token.scopes),
        created_by=token.created_by,
        created_at=token.created_at,
        last_used_at=token.last_used_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
    )


def tenant_out(tenant: Tenant) -> TenantOut:
    """A tenant as the wire shows it."""
    return TenantOut(id=tenant.id, slug=tenant.slug, name=tenant.name, created_at=tenant.created_at)
