"""The conditions every sender's query shares, spelt so that the partial indexes answer them."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_
from sqlalchemy import bindparam as given

from tocsin.platform.database import Instant

from .tables import deliveries as _d

_PENDING: ColumnElement[str] = literal_column("'pending'")
_BLOCKED: ColumnElement[str] = literal_column("'blocked'")
_earlier = _d.alias("earlier")
_flying = _d.alias("flying")


def waiting(table: Any = _d) -> ColumnElement[bool]:
    """The row waits to leave, or is leaving; a literal, because a bound value hides the index."""
    return table.c.state == _PENDING  # type: ignore[no-any-return]  # an alias answers Any


def blocked() -> ColumnElement[bool]:
    """The row waits for a setting."""
    return _d.c.state == _BLOCKED


def machine_time(*, postgres: bool) -> Any:
    """Machine time: the database's clock on PostgreSQL, elsewhere a parameter named `machine`."""
    return func.clock_timestamp() if postgres else given("machine", type_=Instant)


def unclaimed(*, postgres: bool) -> ColumnElement[bool]:
    """Nobody holds the row, or its holder's lease ran out."""
    return or_(_d.c.leased_until.is_(None), _d.c.leased_until < machine_time(postgres=postgres))


def has_earlier() -> ColumnElement[bool]:
    """An earlier message of the same recipient, channel and thread is still waiting."""
    return exists().where(
        *_same_recipient(_earlier),
        _earlier.c.thread == _d.c.thread,
        _earlier.c.id < _d.c.id,
        waiting(_earlier),
    )


def recipient_is_busy(*, postgres: bool) -> ColumnElement[bool]:
    """Something is on its way to the same recipient right now."""
    return exists().where(
        *_same_recipient(_flying),
        _flying.c.leased_until >= machine_time(postgres=postgres),
        waiting(_flying),
    )


def addressed_like(row: Any) -> ColumnElement[bool]:
    """Everything of one tenant's channel to one recipient; `row` names them."""
    return and_(
        _d.c.tenant_id == row.tenant,
        _d.c.recipient_kind == row.recipient.kind,
        _d.c.recipient_id == row.recipient.id,
        _d.c.channel == row.channel,
    )


def _same_recipient(other: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        other.c.tenant_id == _d.c.tenant_id,
        other.c.recipient_kind == _d.c.recipient_kind,
        other.c.recipient_id == _d.c.recipient_id,
        other.c.channel == _d.c.channel,
    )
