"""Which old messages go, and what the ledger still needs: bodies that rows name, facts as causes.

The auditor looks two days back for messages that should be there; so nothing younger than three goes.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, not_, select, text

from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.journal import journal
from tocsin.platform.retention import Keeper, Purge

from .model import DeliveryState
from .tables import deliveries as _d
from .tables import delivery_bodies

LEAST_DAYS = 3
_SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SUPERSEDED)


def settled(name: str, setting: str, caused_by: str, *, apart: bool = False) -> Purge:
    """Settled messages with their attempts that facts of this kind (`alert.`) caused; with `apart`
    all others."""
    caused = _caused_by(caused_by)
    which = and_(
        _d.c.state.in_([state.value for state in _SETTLED]), not_(caused) if apart else caused
    )
    # a message has an attempt, mostly one, that goes with it: 500 rows all told
    return Purge(
        name, _d, "finished_at", (setting,), which=which, at_once=250, least_days=LEAST_DAYS
    )


def orphaned_bodies(*settings: str) -> Purge:
    """Bodies that no message names any more; `settings` are those that purge messages."""
    return Purge(
        "delivery_bodies",
        delivery_bodies,
        "created_at",
        settings,
        key="digest",
        least_days=LEAST_DAYS,
        first=_nobody_enters,
    )


def _caused_by(prefix: str) -> ColumnElement[bool]:
    return exists().where(
        journal.c.tenant_id == _d.c.tenant_id,
        journal.c.id == _d.c.cause_id,
        journal.c.kind.startswith(prefix, autoescape=True),
    )


def _nobody_enters(tx: Tx) -> None:
    """On PostgreSQL a message may enter beside us with a body that is there already: wait for it."""
    if tx.is_postgres:
        tx.execute(text("LOCK TABLE delivery_bodies IN SHARE ROW EXCLUSIVE MODE"))


def _named_bodies(tx: ReadTx, rows: Sequence[Row[Any]]) -> set[bytes]:
    digests = [row.digest for row in rows]
    named = select(_d.c.body_digest).where(
        _d.c.tenant_id == tx.tenant, _d.c.body_digest.in_(digests)
    )
    return set(tx.scalars(named.distinct()))


def _named_causes(tx: ReadTx, rows: Sequence[Row[Any]]) -> set[UUID]:
    ids = [row.id for row in rows]
    named = select(_d.c.cause_id).where(_d.c.tenant_id == tx.tenant, _d.c.cause_id.in_(ids))
    return set(tx.scalars(named.distinct()))


BODIES = Keeper("delivery_bodies", _named_bodies)
CAUSES = Keeper("journal", _named_causes)
