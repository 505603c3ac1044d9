"""Reads of channels: those people added, and those the environment names."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from tocsin.kernel.errors import NotFound
from tocsin.platform.database import ReadTx
from tocsin.platform.delivery import endpoints_of
from tocsin.registry import identity

from .environment import StakeholderSettings, environment_channels
from .model import EVENTS_OF, RECIPIENT, Channel, ChannelKind, Receives
from .tables import channels as _c


@dataclass(frozen=True, slots=True)
class Reached:
    """How many channels of each kind would get a public update."""

    mail: int = 0
    webhooks: int = 0
    chat: int = 0


def channels(tx: ReadTx, settings: StakeholderSettings | None = None) -> list[Channel]:
    """The channels of the tenant, the oldest first; `settings` adds those of the environment.

    The environment's belong to the default tenant.
    """
    present = _present(tx).order_by(_c.c.created_at, _c.c.id)
    return [*_of_environment(tx, settings), *(_channel(row) for row in tx.all(present))]


def channel(tx: ReadTx, channel_id: str, settings: StakeholderSettings | None = None) -> Channel:
    """One channel; raises NotFound."""
    for one in _of_environment(tx, settings):
        if one.id == channel_id:
            return one
    row = tx.one_or_none(_present(tx).where(_c.c.id == _read_id(channel_id)))
    if row is None:
        raise _unknown()
    return _channel(row)


def reach(tx: ReadTx, settings: StakeholderSettings) -> Reached:
    """Count the channels that would get a public update now; switched-off webhooks do not."""
    (update,) = EVENTS_OF[Receives.UPDATES]
    hearing = [one for one in channels(tx, settings) if one.hears(update)]
    failing = endpoints_of(tx, RECIPIENT, [one.id for one in hearing])
    off = {key for key, endpoint in failing.items() if endpoint.disabled_at}
    kinds = [one.kind for one in hearing if one.id not in off]
    return Reached(
        mail=kinds.count(ChannelKind.MAIL),
        webhooks=kinds.count(ChannelKind.WEBHOOK),
        chat=kinds.count(ChannelKind.SLACK),
    )


def _of_environment(tx: ReadTx, settings: StakeholderSettings | None) -> list[Channel]:
    named = environment_channels(settings) if settings else []
    return named if named and tx.tenant == identity.default_tenant_id(tx) else []


def _present(tx: ReadTx) -> Select[Any]:
    return select(_c).where(_c.c.tenant_id == tx.tenant, _c.c.archived_at.is_(None))


def _read_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise _unknown() from error


def _unknown() -> NotFound:
    return NotFound("There is no such channel.")


def _channel(row: Row[Any]) -> Channel:
    return Channel(
        id=row.id.hex,
        kind=ChannelKind(row.kind),
        name=row.name,
        address=row.address,
        sealed=row.sealed,
        tiers=tuple(row.tiers),
        receives=tuple(Receives(word) for word in row.receives),
        events=tuple(row.events),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
