"""People, teams, tokens and tenants as values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from .permissions import Role

DEFAULT_SLUG = "default"


@dataclass(frozen=True, slots=True)
class Tenant:
    """An organisation in this installation; everything belongs to one."""

    id: UUID
    slug: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's membership in a tenant; `joined_at` is null until they opened their invitation."""

    id: UUID
    email: str
    name: str
    roles: frozenset[Role]
    version: int
    invited_at: datetime
    joined_at: datetime | None
    disabled_at: datetime | None

    @property
    def is_active(self) -> bool:
        return self.joined_at is not None and self.disabled_at is None


@dataclass(frozen=True, slots=True)
class Team:
    """A group that incidents are assigned to and that owns services."""

    slug: str
    name: str
    members: tuple[UUID, ...]
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A program's credential: one role, or scopes (permissions by name). The secret is not here."""

    id: UUID
    name: str
    role: Role | None
    scopes: frozenset[str]
    created_by: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class AssigneeKind(StrEnum):
    """Who can be given work."""

    USER = "user"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Assignee:
    """A person or team that has been given work; `id` is the user's id or the team's slug."""

    kind: AssigneeKind
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link that lets a person into a tenant; `resets` lets it replace a password."""

    token_hash: bytes
    tenant: UUID
    user_id: UUID
    resets: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """What identity is told: `secret_key` seals the set-up link, `public_url` starts every link."""

    secret_key: bytes
    public_url: str = "http://127.0.0.1:8000"
    admin_api_token: str | None = None

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")
