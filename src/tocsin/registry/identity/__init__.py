"""Who people and programs are, and what they may do."""

from .labels import actor_label, assignees, resolve_assignee
from .model import (
    DEFAULT_SLUG,
    ApiToken,
    Assignee,
    AssigneeKind,
    IdentitySettings,
    Person,
    Team,
    Tenant,
)
from .passwords import hash_password
from .permissions import PERMISSIONS, Role, permissions_of, roles_markdown
from .queries import (
    all_people,
    all_teams,
    all_tenants,
    default_tenant_id,
    is_set_up,
    own_tenant,
    people,
    person,
    person_by_email,
    team,
    tenant_by_slug,
)
from .rules import require_good_password
from .secrets import new_token
from .verbs import (
    TokenDraft,
    create_team,
    create_tenant,
    create_token,
    create_user,
    ensure_default_tenant,
    rename_tenant,
    revoke_token,
    setup_link,
)

__all__ = [
    "DEFAULT_SLUG",
    "PERMISSIONS",
    "ApiToken",
    "Assignee",
    "AssigneeKind",
    "IdentitySettings",
    "Person",
    "Role",
    "Team",
    "Tenant",
    "TokenDraft",
    "actor_label",
    "all_people",
    "all_teams",
    "all_tenants",
    "assignees",
    "create_team",
    "create_tenant",
    "create_token",
    "create_user",
    "default_tenant_id",
    "ensure_default_tenant",
    "hash_password",
    "is_set_up",
    "new_token",
    "own_tenant",
    "people",
    "permissions_of",
    "person",
    "person_by_email",
    "rename_tenant",
    "require_good_password",
    "resolve_assignee",
    "revoke_token",
    "roles_markdown",
    "setup_link",
    "team",
    "tenant_by_slug",
]
