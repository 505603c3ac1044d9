"""Set-up, log-in, log-out, invitations, and who one is."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from tocsin.kernel.errors import Forbidden
from tocsin.kernel.ids import new_secret
from tocsin.platform.database import Context, ReadTx
from tocsin.platform.web import Caller, CredentialKind, api_router, open_to_all, requires_login
from tocsin.registry.identity import verbs
from tocsin.registry.identity.authority import COOKIE, Gatekeeper
from tocsin.registry.identity.labels import actor_label
from tocsin.registry.identity.passwords import is_outdated
from tocsin.registry.identity.permissions import permissions_of
from tocsin.registry.identity.queries import is_set_up, own_tenant, person
from tocsin.registry.identity.rules import ABSOLUTE, normal_email, require_good_password
from tocsin.registry.identity.schemas import (
    AcceptIn,
    InvitationIn,
    InvitationOut,
    LogInIn,
    Me,
    MeEdit,
    MeTenant,
    MeUser,
    PasswordIn,
    SetUpIn,
    ranked,
)
from tocsin.registry.identity.secrets import csrf_token

router = api_router(tag="auth")

Anybody = Annotated[Caller, open_to_all()]
LoggedIn = Annotated[Caller, requires_login()]


@router.post("/setup", summary="Make the first super admin")
async def set_up(body: SetUpIn, caller: Anybody, response: Response) -> Me:
    """Make the first super admin with the link that the start printed, and log them in."""
    gatekeeper = gatekeeper_of(caller)
    email = normal_email(body.email)
    password = require_good_password(body.password, email)
    password_hash = await gatekeeper.passwords.hash(password)
    made = await caller.write(
        verbs.set_up, gatekeeper.settings, body.token, email, body.name, password_hash
    )
    return await _welcome(caller, response, made.id, password_hash)


@router.post("/auth/login", summary="Log in")
async def log_in(body: LogInIn, caller: Anybody, response: Response) -> Me:
    """Log in with e-mail and password; every failure gets the same answer."""
    gatekeeper = gatekeeper_of(caller)
    wanted = verbs.LogIn(normal_email(body.email), body.tenant)
    candidate = await _prove_password(caller, wanted.email, body.password)
    secret = new_secret()
    opened = await caller.write(verbs.complete_log_in, wanted, candidate, secret, caller.address)
    if candidate.password_hash is not None and is_outdated(candidate.password_hash):
        renewed = await gatekeeper.passwords.hash(body.password)
        await caller.write(verbs.renew_hash, opened.user_id, candidate.password_hash, renewed)
    return await _signed_in(caller, response, opened, secret)


@router.post("/auth/logout", status_code=204, summary="Log out")
async def log_out(caller: LoggedIn, response: Response) -> None:
    """End this session."""
    if caller.credential.kind is CredentialKind.SESSION:
        await caller.write(verbs.close_session, UUID(caller.credential.id))
    response.delete_cookie(COOKIE, path="/")


@router.get("/auth/me", summary="Who am I")
async def me(caller: Anybody, response: Response) -> Me:
    """Who calls, with the CSRF token that a session needs for everything unsafe."""
    response.headers["Cache-Control"] = "no-store"
    secret = caller.connection.cookies.get(COOKIE)
    is_session = caller.credential.kind is CredentialKind.SESSION
    csrf = csrf_token(secret) if is_session and secret else None
    return await caller.read(_me_of, caller, csrf)


@router.patch("/auth/me", summary="Change my name")
async def rename_me(body: MeEdit, caller: LoggedIn) -> Me:
    """Change one's own name."""
    _require_session(caller)
    await caller.write(verbs.rename_self, body.name)
    secret = caller.connection.cookies.get(COOKIE, "")
    return await caller.read(_me_of, caller, csrf_token(secret))


@router.post("/auth/password", status_code=204, summary="Change my password")
async def change_password(body: PasswordIn, caller: LoggedIn) -> None:
    """Change one's own password; all other sessions end."""
    _require_session(caller)
    user_id = UUID(caller.actor.id)
    email = (await caller.read(person, user_id)).email
    password = require_good_password(body.new_password, email, "new_password")
    candidate = await _prove_password(caller, email, body.current_password)
    await caller.write(
        verbs.change_password,
        user_id,
        UUID(caller.credential.id),
        verified=candidate.password_hash,
        password_hash=await gatekeeper_of(caller).passwords.hash(password),
    )
    await caller.write(verbs.forget_tries, email, caller.address)


@router.post("/auth/invitation/preview", summary="See what an invitation is for")
async def preview_invitation(body: InvitationIn, caller: Anybody) -> InvitationOut:
    """Whom an invitation is for, from whom, and whether it asks for a new password."""
    found = await caller.read(verbs.open_invitation, body.token)
    return await caller.web.database.read(
        Context(found.tenant, caller.actor), _invitation_out, found
    )


@router.post("/auth/invitation", summary="Accept an invitation")
async def accept_invitation(body: AcceptIn, caller: Anybody, response: Response) -> Me:
    """Set a password (or prove one's own) and log in."""
    found = await caller.read(verbs.open_invitation, body.token)
    if found.sets_password:
        password = require_good_password(body.password, found.email)
        new_hash = await gatekeeper_of(caller).passwords.hash(password)
        verified = new_hash
    else:
        candidate = await _prove_password(caller, found.email, body.password)
        new_hash, verified = None, candidate.password_hash or ""
    user_id = await caller.write(verbs.accept_invitation, body.token, body.name, new_hash)
    return await _welcome(caller, response, user_id, verified, found.tenant_slug)


def _invitation_out(tx: ReadTx, found: verbs.OpenInvitation) -> InvitationOut:
    return InvitationOut(
        email=found.email,
        name=found.name,
        tenant=found.tenant_name,
        roles=ranked(person(tx, found.user_id).roles),
        invited_by=actor_label(tx, [found.invited_by])[found.invited_by],
        expires_at=found.expires_at,
        sets_password=found.sets_password,
        resets=found.resets,
    )


def gatekeeper_of(caller: Caller) -> Gatekeeper:
    """The web's authority, which is identity's own."""
    authority = caller.web.authority
    assert isinstance(authority, Gatekeeper)
    return authority


async def _prove_password(caller: Caller, email: str, password: str) -> verbs.Candidate:
    """Count the try, then verify, as long for nobody as for somebody; raises Unauthenticated."""
    candidate = await caller.write(verbs.begin_log_in, email, caller.address)
    gatekeeper = gatekeeper_of(caller)
    if not await gatekeeper.passwords.matches(candidate.password_hash, password):
        raise verbs.wrong_credentials()
    return candidate


async def _welcome(
    caller: Caller, response: Response, user_id: UUID, verified: str, slug: str | None = None
) -> Me:
    secret = new_secret()
    opened = await caller.write(verbs.open_session, user_id, secret, verified=verified, slug=slug)
    return await _signed_in(caller, response, opened, secret)


async def _signed_in(
    caller: Caller, response: Response, opened: verbs.SessionOpened, secret: str
) -> Me:
    response.headers["Cache-Control"] = "no-store"
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(ABSOLUTE.total_seconds()),
        path="/",
        secure=caller.web.settings.is_https,
        httponly=True,
        samesite="lax",
    )
    return await caller.web.database.read(
        opened.context, _me_in, opened.context, caller, csrf_token(secret)
    )


def _me_of(tx: ReadTx, caller: Caller, csrf: str | None) -> Me:
    if caller.credential.kind is CredentialKind.SESSION:
        return _me_in(tx, caller.context, caller, csrf)
    return _me(tx, caller, None, caller.roles, caller.credential.permissions, None)


def _me_in(tx: ReadTx, context: Context, caller: Caller, csrf: str | None) -> Me:
    found = person(tx, UUID(context.actor.id))
    user = MeUser(id=found.id, name=found.name, email=found.email)
    return _me(tx, caller, user, found.roles, permissions_of(found.roles), csrf)


def _me(
    tx: ReadTx,
    caller: Caller,
    user: MeUser | None,
    roles: frozenset[str],
    permissions: frozenset[str],
    csrf: str | None,
) -> Me:
    tenant = own_tenant(tx)
    settings = caller.web.settings
    return Me(
        user=user,
        tenant=MeTenant(slug=tenant.slug, name=tenant.name),
        roles=ranked(roles),
        permissions=sorted(permissions),
        csrf_token=csrf,
        set_up=is_set_up(tx),
        dashboard_public=settings.dashboard_public,
        demo=settings.demo,
    )


def _require_session(caller: Caller) -> None:
    if caller.credential.kind is not CredentialKind.SESSION:
        raise Forbidden("This is for people who are logged in.", code="session_required")
