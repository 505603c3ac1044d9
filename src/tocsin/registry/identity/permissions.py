"""The one table that says who may do what: permission → roles, from which docs/roles.md is made."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """The five roles; a person may hold several."""

    VIEWER = "viewer"
    RESPONDER = "responder"
    ITSM_MANAGER = "itsm_manager"
    ADMIN = "admin"
    SUPER_ADMIN = "super_admin"

    @property
    def words(self) -> str:
        """The role as people read it: "ITSM manager"."""
        return _WORDS[self]


_WORDS = {
    Role.VIEWER: "Viewer",
    Role.RESPONDER: "Responder",
    Role.ITSM_MANAGER: "ITSM manager",
    Role.ADMIN: "Admin",
    Role.SUPER_ADMIN: "Super admin",
}

Roles = frozenset[Role]

EVERYBODY: Roles = frozenset(Role)
RESPONDERS: Roles = EVERYBODY - {Role.VIEWER}
MANAGERS: Roles = RESPONDERS - {Role.RESPONDER}
DECLARERS: Roles = frozenset({Role.ITSM_MANAGER, Role.SUPER_ADMIN})
ADMINS: Roles = frozenset({Role.ADMIN, Role.SUPER_ADMIN})
OWNERS: Roles = frozenset({Role.SUPER_ADMIN})

PERMISSIONS: Mapping[str, Roles] = {
    # reading
    "board.read": EVERYBODY,
    "services.read": EVERYBODY,
    "alerts.read": EVERYBODY,
    "incidents.read": EVERYBODY,
    "deliveries.read": EVERYBODY,
    "journal.read": EVERYBODY,
    "maintenance.read": EVERYBODY,
    "pages.read": EVERYBODY,
    "people.read": EVERYBODY,
    "settings.read": EVERYBODY,
    "teams.read": EVERYBODY,
    "triggers.read": EVERYBODY,
    # responding
    "alerts.acknowledge": RESPONDERS,
    "alerts.resolve": RESPONDERS,
    "alerts.snooze": RESPONDERS,
    "deliveries.retry": RESPONDERS,
    "incidents.acknowledge": RESPONDERS,
    "incidents.assign": RESPONDERS,
    "incidents.close": RESPONDERS,
    "incidents.comment": RESPONDERS,
    "incidents.edit": RESPONDERS,
    "incidents.hold": RESPONDERS,
    "incidents.open": RESPONDERS,
    "incidents.resolve": RESPONDERS,
    "incidents.resume": RESPONDERS,
    "incidents.start": RESPONDERS,
    "incidents.update": RESPONDERS,
    "metrics.write": RESPONDERS,
    "status.release": RESPONDERS,
    "status.set": RESPONDERS,
    # managing
    "incidents.cancel": MANAGERS,
    "incidents.merge": MANAGERS,
    "incidents.reopen": MANAGERS,
    "maintenance.write": MANAGERS,
    "templates.write": MANAGERS,
    "majors.declare": DECLARERS,
    # administering
    "channels.read": ADMINS,
    "channels.write": ADMINS,
    "incidents.archive": ADMINS,
    "incidents.backfill": ADMINS,
    "monitors.write": ADMINS,
    "objectives.write": ADMINS,
    "pages.write": ADMINS,
    "people.write": ADMINS,
    "services.write": ADMINS,
    "settings.write": ADMINS,
    "subscribers.read": ADMINS,
    "subscribers.write": ADMINS,
    "teams.write": ADMINS,
    "tokens.read": ADMINS,
    "tokens.write": ADMINS,
    "triggers.write": ADMINS,
    # owning the installation
    "tenants.read": OWNERS,
    "tenants.write": OWNERS,
}


_LEAD = (
    "Who may do what. A person may hold several roles; a token holds one role, or scopes: "
    "permissions by name. Only super admins give and take the role `super_admin`; `tenants.*` "
    "is theirs in the default tenant only."
)


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """Everything these roles may do together; unknown roles may do nothing."""
    held = frozenset(roles)
    return frozenset(name for name, allowed in PERMISSIONS.items() if held & allowed)


def may_grant(granter: Iterable[str], role: Role) -> bool:
    """Whether somebody may give or take this role: only a super admin makes super admins."""
    held = frozenset(granter)
    if role is Role.SUPER_ADMIN:
        return Role.SUPER_ADMIN in held
    return bool(held & ADMINS)


def grantable_permissions(granter: Iterable[str]) -> frozenset[str]:
    """The permissions somebody may hand on as a token's scopes: those of roles they may grant."""
    held = frozenset(granter)
    return permissions_of(role for role in Role if may_grant(held, role))


def roles_markdown() -> str:
    """`docs/roles.md`: every permission and the roles that hold it."""
    heads = " | ".join(f"`{role}`" for role in Role)
    rows = [
        f"| `{name}` | {' | '.join('yes' if role in allowed else '' for role in Role)} |"
        for name, allowed in sorted(PERMISSIONS.items())
    ]
    return "\n".join(
        [
            "# Roles",
            "",
            _LEAD,
            "",
            f"| permission | {heads} |",
            f"|---|{'---|' * len(Role)}",
            *rows,
            "",
        ]
    )
