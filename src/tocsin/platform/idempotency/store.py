"""Does a unit once per key; written by the unit itself, so that answer and change are one."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, func, select

from tocsin.kernel.errors import Invalid
from tocsin.platform.database import ReadTx, Tx, insert_or

from .tables import idempotency_keys

KEPT = timedelta(hours=24)
PURGED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sending of a request: whose, to which route, under which key, with which body."""

    credential: str
    route: str
    key: str
    body_hash: bytes

    @classmethod
    def of(cls, credential: str, route: str, key: str, body: bytes) -> "Attempt":
        """Describe a request; of the body only its SHA-256 is kept."""
        return cls(credential, route, key, hashlib.sha256(body).digest())


def once(
    tx: Tx, attempt: Attempt, run: Callable[[Tx], Any], shown_once: Collection[str] = ()
) -> Any:
    """Run and store the JSON-able answer, or repeat the stored one.

    Fields in `shown_once` are stored as null. The same key with another body raises Invalid
    (`idempotency_key_reused`). Refusals are not stored. Two sendings that meet wait for each other.
    """
    _wait_for_twin(tx, attempt)
    stored = tx.one_or_none(_stored(tx, attempt))
    if stored is None:
        answer = run(tx)
        _store(tx, attempt, _without(answer, shown_once))
        return answer
    if stored.body_hash != attempt.body_hash:
        raise Invalid(
            "This Idempotency-Key was used with another body.", code="idempotency_key_reused"
        )
    return stored.answer["body"]


def purge_expired(tx: Tx) -> int:
    """Delete up to 500 expired keys of the tenant; returns how many."""
    columns = idempotency_keys.c
    expired = tx.all(
        select(columns.credential, columns.route, columns.key)
        .where(columns.tenant_id == tx.tenant, columns.expires_at <= tx.now)
        .limit(PURGED_AT_ONCE)
    )
    for row in expired:
        tx.execute(delete(idempotency_keys).where(_is(tx, row.credential, row.route, row.key)))
    return len(expired)


def _without(answer: Any, secret: Collection[str]) -> Any:
    if not secret:
        return answer
    return {field: None if field in secret else value for field, value in answer.items()}


def _wait_for_twin(tx: Tx, attempt: Attempt) -> None:
    if not tx.is_postgres:
        return  # SQLite has one writer
    name = f"{tx.tenant.hex} {attempt.credential} {attempt.route} {attempt.key}"
    tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def _stored(tx: ReadTx, attempt: Attempt) -> Any:
    return select(idempotency_keys).where(
        _is(tx, attempt.credential, attempt.route, attempt.key),
        idempotency_keys.c.expires_at > tx.now,
    )


def _is(tx: ReadTx, credential: str, route: str, key: str) -> Any:
    columns = idempotency_keys.c
    return and_(
        columns.tenant_id == tx.tenant,
        columns.credential == credential,
        columns.route == route,
        columns.key == key,
    )


def _store(tx: Tx, attempt: Attempt, answer: Any) -> None:
    fresh = {
        "body_hash": attempt.body_hash,
        "answer": {"body": answer},
        "expires_at": tx.now + KEPT,
    }
    columns = idempotency_keys.c
    tx.execute(
        insert_or(tx, idempotency_keys)
        .values(
            tenant_id=tx.tenant,
            credential=attempt.credential,
            route=attempt.route,
            key=attempt.key,
            **fresh,
        )
        .on_conflict_do_update(
            index_elements=[columns.tenant_id, columns.credential, columns.route, columns.key],
            set_=fresh,
        )
    )
