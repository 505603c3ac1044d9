"""Endpoints that fail: counted per recipient, switched off after ten failures over an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, delete, select, tuple_, update
from sqlalchemy import bindparam as given

from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.database import ReadTx, Tx, across_tenants, insert_or

from .conditions import addressed_like, waiting
from .model import PROGRAMS, Claimed, DeliveryState, Endpoint, Message
from .tables import deliveries, delivery_endpoints

_e = delivery_endpoints
_FAILING = across_tenants(
    select(_e.c.recipient_id).where(
        _e.c.tenant_id.in_(given("tenants", expanding=True)),
        _e.c.channel.in_(given("channels", expanding=True)),
        _e.c.recipient_kind.in_(given("kinds", expanding=True)),
        _e.c.recipient_id.in_(given("ids", expanding=True)),
    )
)
_MAY_DISABLE = frozenset({"subscriber", PROGRAMS})
_DISABLE_FAILURES = 10
_DISABLE_AFTER = timedelta(hours=1)

Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Disabled:
    """Why nothing is sent to an endpoint any more."""

    since: datetime
    failures: int

    @property
    def sentence(self) -> str:
        return (
            f"Not sent: the address was switched off on {self.since:%Y-%m-%d at %H:%M} UTC "
            f"after {self.failures} failed {'attempt' if self.failures == 1 else 'attempts'}."
        )


def place_of(message: Message) -> Place:
    """What identifies an endpoint: channel, kind and id of the recipient."""
    return (message.channel, message.recipient.kind, message.recipient.id)


def disabled_among(tx: ReadTx, messages: Sequence[Message]) -> dict[Place, Disabled]:
    """The switched-off endpoints among those that these messages go to."""
    places = sorted({place_of(each) for each in messages if each.purpose in _MAY_DISABLE})
    if not places:
        return {}
    key = tuple_(_e.c.channel, _e.c.recipient_kind, _e.c.recipient_id)
    rows = tx.all(
        select(_e).where(
            _e.c.tenant_id == tx.tenant, _e.c.disabled_at.is_not(None), key.in_(places)
        )
    )
    return {
        (row.channel, row.recipient_kind, row.recipient_id): Disabled(row.disabled_at, row.failures)
        for row in rows
    }


def endpoints_of(tx: ReadTx, kind: str, ids: Sequence[str]) -> dict[str, Endpoint]:
    """The failing endpoints of these recipients, by recipient id."""
    if not ids:
        return {}
    rows = tx.all(
        select(_e).where(
            _e.c.tenant_id == tx.tenant, _e.c.recipient_kind == kind, _e.c.recipient_id.in_(ids)
        )
    )
    return {
        row.recipient_id: Endpoint(
            row.channel, row.recipient_id, row.failures, row.failing_since, row.disabled_at
        )
        for row in rows
    }


def failing_among(tx: ReadTx, rows: Sequence[Row[Any]]) -> set[str]:
    """Which recipients' ids among these rows have failures on record; too many does no harm."""
    wanted = {
        "tenants": list({row.tenant_id for row in rows}),
        "channels": list({row.channel for row in rows}),
        "kinds": list({row.recipient_kind for row in rows}),
        "ids": list({row.recipient_id for row in rows}),
    }
    return set(tx.execute(_FAILING, wanted).scalars())


def trust_again(tx: Tx, channel: str, kind: str, identifier: str) -> None:
    """Forget an endpoint's failures: its address changed, or a person vouches for it."""
    tx.execute(delete(_e).where(_place(tx, channel, kind, identifier)))


def note_success(tx: Tx, claimed: Claimed) -> None:
    """What was delivered ends the count."""
    if claimed.failing:
        trust_again(tx, claimed.channel, claimed.recipient.kind, claimed.recipient.id)


def note_failure(tx: Tx, claimed: Claimed, *, gone: bool) -> None:
    """Count a failure of the recipient's own address; `gone` switches it off at once."""
    count = (
        insert_or(tx, _e)
        .values(
            tenant_id=tx.tenant,
            channel=claimed.channel,
            recipient_kind=claimed.recipient.kind,
            recipient_id=claimed.recipient.id,
            failures=1,
            failing_since=tx.now,
        )
        .on_conflict_do_update(
            index_elements=["tenant_id", "channel", "recipient_kind", "recipient_id"],
            set_={"failures": _e.c.failures + 1},
        )
        .returning(_e.c.failures, _e.c.failing_since, _e.c.disabled_at)
    )
    row = tx.execute(count).one()
    if claimed.purpose not in _MAY_DISABLE or row.disabled_at is not None:
        return
    long_enough = tx.now - row.failing_since >= _DISABLE_AFTER
    if gone or (row.failures >= _DISABLE_FAILURES and long_enough):
        _disable(tx, claimed, row.failures, row.failing_since)


def _disable(tx: Tx, claimed: Claimed, failures: int, since: datetime) -> None:
    place = _place(tx, claimed.channel, claimed.recipient.kind, claimed.recipient.id)
    tx.execute(update(_e).where(place).values(disabled_at=tx.now))
    tx.execute(
        update(deliveries)
        .where(addressed_like(claimed), waiting(), deliveries.c.owner.is_(None))
        .where(deliveries.c.purpose.in_(sorted(_MAY_DISABLE)), deliveries.c.drill.is_(False))
        .values(
            state=DeliveryState.FAILED.value,
            finished_at=tx.now,
            last_answer=Disabled(tx.now, failures).sentence,
        )
    )
    tx.record(
        Fact(
            "delivery.endpoint_disabled",
            subject_of(claimed.recipient.kind, claimed.recipient.id),
            {"channel": claimed.channel, "failures": failures, "since": since.isoformat()},
        )
    )


def _place(tx: ReadTx, channel: str, kind: str, identifier: str) -> Any:
    return and_(
        _e.c.tenant_id == tx.tenant,
        _e.c.channel == channel,
        _e.c.recipient_kind == kind,
        _e.c.recipient_id == identifier,
    )
