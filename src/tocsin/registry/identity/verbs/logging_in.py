"""Logging in and out: tries are counted before the password is looked at, sessions opened after."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from sqlalchemy import and_, case, delete, insert, literal, select, update

from tocsin.kernel.errors import TooManyRequests, Unauthenticated
from tocsin.kernel.facts import Actor, ActorKind
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Context, Instant, ReadTx, Tx, across_tenants, insert_or
from tocsin.registry.identity import events
from tocsin.registry.identity.model import DEFAULT_SLUG
from tocsin.registry.identity.rules import (
    ABSOLUTE,
    LOG_IN_WINDOW,
    TOUCH_EVERY,
    TRIES_PER_ADDRESS,
    TRIES_PER_EMAIL,
    address_key,
)
from tocsin.registry.identity.secrets import digest
from tocsin.registry.identity.tables import (
    api_tokens,
    log_in_tries,
    memberships,
    sessions,
    tenants,
    users,
)

from .joining import end_sessions_everywhere


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whose password is about to be verified; an unknown address has neither id nor hash."""

    user_id: UUID | None
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class LogIn:
    """Who wants to log in where: a (normal) address and, for people of several, a tenant."""

    email: str
    tenant: str | None = None


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """A new session's context."""

    tenant: UUID
    user_id: UUID

    @property
    def context(self) -> Context:
        return Context(self.tenant, Actor(ActorKind.PERSON, str(self.user_id)))


def begin_log_in(tx: Tx, email: str, address: str) -> Candidate:
    """Count a try for the e-mail and the network address; raises TooManyRequests (429).

    Known and unknown addresses are counted and answered alike.
    """
    limits = {
        digest(f"email {email}"): TRIES_PER_EMAIL,
        digest(f"address {address_key(address)}"): TRIES_PER_ADDRESS,
    }
    for key, most in limits.items():
        _refuse_too_many(tx, key, most)
    for key in sorted(limits):
        _count_try(tx, key)
    row = tx.one_or_none(select(users.c.id, users.c.password_hash).where(users.c.email == email))
    return Candidate(None, None) if row is None else Candidate(row.id, row.password_hash)


def open_session(
    tx: Tx, user_id: UUID, secret: str, *, verified: str | None, slug: str | None = None
) -> SessionOpened:
    """Open a session for somebody who proved the password hash `verified`.

    Without `slug` the default tenant comes first, then the one joined first. Raises Unauthenticated
    where the password changed meanwhile or no tenant lets this person in.
    """
    row = tx.one_or_none(select(users).where(users.c.id == user_id))
    if row is None or row.password_hash != verified:
        raise wrong_credentials()
    tenant = _tenant_for(tx, user_id, slug)
    if tenant is None:
        raise wrong_credentials()
    opened = SessionOpened(tenant, user_id)
    inside = tx.acting(tenant=tenant, actor=opened.context.actor)
    inside.execute(
        insert(sessions).values(
            id=new_id(),
            token_hash=digest(secret),
            tenant_id=tenant,
            user_id=user_id,
            created_at=tx.now,
            seen_at=tx.now,
            expires_at=tx.now + ABSOLUTE,
        )
    )
    inside.record(events.of_person(events.SESSION_OPENED, user_id))
    return opened


def complete_log_in(
    tx: Tx, log_in: LogIn, candidate: Candidate, secret: str, address: str
) -> SessionOpened:
    """Open a session once the password has been verified, and forget the tries before it."""
    if candidate.user_id is None:
        raise wrong_credentials()
    opened = open_session(
        tx, candidate.user_id, secret, verified=candidate.password_hash, slug=log_in.tenant
    )
    forget_tries(tx, log_in.email, address)
    return opened


def forget_tries(tx: Tx, email: str, address: str) -> None:
    """After a log-in: the e-mail's tries are forgotten, the network's go down by this one."""
    tx.execute(delete(log_in_tries).where(log_in_tries.c.key == digest(f"email {email}")))
    tx.execute(
        update(log_in_tries)
        .where(
            log_in_tries.c.key == digest(f"address {address_key(address)}"),
            log_in_tries.c.tries > 0,
        )
        .values(tries=log_in_tries.c.tries - 1)
    )


def close_session(tx: Tx, session_id: UUID) -> None:
    """Log out; a session that is gone already is fine."""
    ended = tx.execute(
        delete(sessions).where(sessions.c.tenant_id == tx.tenant, sessions.c.id == session_id)
    )
    if ended.rowcount:
        tx.record(events.of_person(events.SESSION_CLOSED, UUID(tx.actor.id)))


def change_password(
    tx: Tx, user_id: UUID, session_id: UUID, *, verified: str, password_hash: str
) -> None:
    """Replace a password whose hash `verified` was just proven; ends the person's other sessions."""
    changed = tx.execute(
        update(users)
        .where(users.c.id == user_id, users.c.password_hash == verified)
        .values(password_hash=password_hash)
    )
    if changed.rowcount == 0:
        raise wrong_credentials()
    end_sessions_everywhere(tx, user_id, keep=session_id)
    tx.record(events.of_person(events.PERSON_PASSWORD_CHANGED, user_id))


def renew_hash(tx: Tx, user_id: UUID, verified: str, password_hash: str) -> None:
    """Store the same password under today's parameters."""
    tx.execute(
        update(users)
        .where(users.c.id == user_id, users.c.password_hash == verified)
        .values(password_hash=password_hash)
    )


def touch_session(tx: Tx, session_id: UUID, at: datetime) -> None:
    """Remember that a session was in use at an instant, which may be noted later."""
    tx.execute(
        update(sessions)
        .where(
            sessions.c.tenant_id == tx.tenant,
            sessions.c.id == session_id,
            sessions.c.seen_at <= at - TOUCH_EVERY,
        )
        .values(seen_at=at)
    )


def touch_token(tx: Tx, token_id: UUID, at: datetime) -> None:
    """Remember that a token was in use at an instant, which may be noted later."""
    tx.execute(
        update(api_tokens)
        .where(api_tokens.c.tenant_id == tx.tenant, api_tokens.c.id == token_id)
        .values(last_used_at=at)
    )


def wrong_credentials() -> Unauthenticated:
    """The one answer to every log-in that fails, whatever the reason."""
    return Unauthenticated("E-mail or password is wrong.", code="wrong_credentials")


def _refuse_too_many(tx: ReadTx, key: bytes, most: int) -> None:
    row = tx.one_or_none(select(log_in_tries).where(log_in_tries.c.key == key))
    if row is None or row.tries < most:
        return
    wait = _seconds_left(row.since, tx.now)
    if wait > 0:
        raise TooManyRequests("Too many tries to log in. Wait a little.", retry_after=wait)


def _seconds_left(since: datetime, now: datetime) -> int:
    return ceil((since + LOG_IN_WINDOW - now).total_seconds())


def _count_try(tx: Tx, key: bytes) -> None:
    columns = log_in_tries.c
    over = columns.since <= tx.now - LOG_IN_WINDOW
    tx.execute(
        insert_or(tx, log_in_tries)
        .values(key=key, since=tx.now, tries=1)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "since": case((over, literal(tx.now, Instant())), else_=columns.since),
                "tries": case((over, 1), else_=columns.tries + 1),
            },
        )
    )


def _tenant_for(tx: ReadTx, user_id: UUID, slug: str | None) -> UUID | None:
    open_doors = (
        select(tenants.c.id, tenants.c.slug)
        .join(memberships, and_(memberships.c.tenant_id == tenants.c.id))
        .where(
            memberships.c.user_id == user_id,
            memberships.c.joined_at.is_not(None),
            memberships.c.disabled_at.is_(None),
        )
        .order_by(memberships.c.joined_at, tenants.c.id)
    )
    found = {row.slug: row.id for row in tx.all(across_tenants(open_doors))}
    if slug is not None:
        return found.get(slug)
    return found.get(DEFAULT_SLUG) or next(iter(found.values()), None)
