"""Forgetting what has run out: sessions, invitations, counted tries."""

from sqlalchemy import delete, or_, select

from tocsin.platform.database import Tx
from tocsin.registry.identity.rules import IDLE, LOG_IN_WINDOW
from tocsin.registry.identity.tables import invitations, log_in_tries, sessions

PURGED_AT_ONCE = 500


def purge(tx: Tx) -> bool:
    """Delete up to 500 rows of each kind; tells whether there may be more."""
    dead_sessions = (
        select(sessions.c.id)
        .where(
            sessions.c.tenant_id == tx.tenant,
            or_(sessions.c.expires_at <= tx.now, sessions.c.seen_at <= tx.now - IDLE),
        )
        .limit(PURGED_AT_ONCE)
    )
    dead_invitations = (
        select(invitations.c.token_hash)
        .where(invitations.c.tenant_id == tx.tenant, invitations.c.expires_at <= tx.now)
        .limit(PURGED_AT_ONCE)
    )
    old_tries = (
        select(log_in_tries.c.key)
        .where(log_in_tries.c.since <= tx.now - LOG_IN_WINDOW)
        .limit(PURGED_AT_ONCE)
    )
    ended = [
        delete(sessions).where(
            sessions.c.tenant_id == tx.tenant, sessions.c.id.in_(tx.scalars(dead_sessions))
        ),
        delete(invitations).where(
            invitations.c.tenant_id == tx.tenant,
            invitations.c.token_hash.in_(tx.scalars(dead_invitations)),
        ),
        delete(log_in_tries).where(log_in_tries.c.key.in_(tx.scalars(old_tries))),
    ]
    return max(tx.execute(each).rowcount for each in ended) >= PURGED_AT_ONCE
