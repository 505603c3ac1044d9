"""What can be done with tenants, people, teams, sessions and tokens."""

from .granting import granter_roles, require_installation_owner
from .joining import OpenInvitation, accept_invitation, open_invitation
from .logging_in import (
    Candidate,
    LogIn,
    SessionOpened,
    begin_log_in,
    change_password,
    close_session,
    complete_log_in,
    forget_tries,
    open_session,
    renew_hash,
    touch_session,
    touch_token,
    wrong_credentials,
)
from .people import PersonChange, create_user, edit_person, invite, rename_self, renew_invitation
from .purging import purge
from .setting_up import set_up, setup_link
from .teams import TeamChange, archive_team, create_team, edit_team
from .tenants import create_tenant, ensure_default_tenant, rename_tenant
from .tokens import TokenDraft, create_token, revoke_token

__all__ = [
    "Candidate",
    "LogIn",
    "OpenInvitation",
    "PersonChange",
    "SessionOpened",
    "TeamChange",
    "TokenDraft",
    "accept_invitation",
    "archive_team",
    "begin_log_in",
    "change_password",
    "close_session",
    "complete_log_in",
    "create_team",
    "create_tenant",
    "create_token",
    "create_user",
    "edit_person",
    "edit_team",
    "ensure_default_tenant",
    "forget_tries",
    "granter_roles",
    "invite",
    "open_invitation",
    "open_session",
    "purge",
    "rename_self",
    "rename_tenant",
    "renew_hash",
    "renew_invitation",
    "require_installation_owner",
    "revoke_token",
    "set_up",
    "setup_link",
    "touch_session",
    "touch_token",
    "wrong_credentials",
]
