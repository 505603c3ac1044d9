"""Adding, editing, trying and removing channels."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from tocsin.kernel.errors import Conflict, LostRace, invalid_field
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Tx
from tocsin.platform.delivery import readdress, trust_again, withdraw
from tocsin.platform.secrets import Secrets, open_destination

from . import events
from .addresses import shown_and_sealed
from .environment import StakeholderSettings
from .model import (
    EVENTS,
    EVENTS_OF,
    RECIPIENT,
    TIERS,
    USUAL_EVENTS,
    Channel,
    ChannelKind,
    Receives,
)
from .news import trial_news
from .queries import channel
from .reactions import Teller
from .tables import channels


@dataclass(frozen=True, slots=True)
class ChannelDraft:
    """A channel as somebody wants it; `place` is its mail address or URL.

    For a webhook `receives` stands for the events it names, and `signing_secret` is made by
    whoever calls, who shows it once.
    """

    kind: ChannelKind
    place: str = field(repr=False)
    name: str | None = None
    tiers: tuple[int, ...] = TIERS
    receives: tuple[Receives, ...] | None = None
    events: tuple[str, ...] | None = None
    signing_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """What to change; None leaves a field as it is."""

    place: str | None = field(default=None, repr=False)
    name: str | None = None
    tiers: tuple[int, ...] | None = None
    receives: tuple[Receives, ...] | None = None
    events: tuple[str, ...] | None = None


def add_channel(tx: Tx, draft: ChannelDraft, secrets: Secrets) -> Channel:
    """Add a channel; raises Invalid."""
    shown, sealed = shown_and_sealed(draft.kind, draft.place, draft.signing_secret, secrets)
    receives, wanted = _choice(draft.kind, draft.receives, draft.events)
    identifier = new_id()
    tx.execute(
        insert(channels).values(
            id=identifier,
            tenant_id=tx.tenant,
            kind=draft.kind.value,
            name=draft.name or shown[:120],
            address=shown,
            sealed=sealed,
            tiers=sorted(set(draft.tiers)),
            receives=receives,
            events=wanted,
            version=1,
            created_at=tx.now,
            updated_at=tx.now,
        )
    )
    added = channel(tx, identifier.hex)
    tx.record(events.fact(events.ADDED, added))
    return added


def edit_channel(
    tx: Tx, channel_id: str, change: ChannelChange, expected_version: int | None, secrets: Secrets
) -> Channel:
    """Change a channel; what waits for it goes to its new address.

    Raises NotFound, Conflict for a channel of the environment, LostRace, Invalid.
    """
    found = _own(tx, channel_id)
    if expected_version is not None and expected_version != found.version:
        raise LostRace("Somebody changed this channel meanwhile.")
    values = _changed(found, change, secrets)
    if not values:
        return found
    _update(tx, found, **values, version=found.version + 1, updated_at=tx.now)
    edited = channel(tx, channel_id)
    if "sealed" in values:
        readdress(tx, edited.kind.value, edited.recipient)
    tx.record(events.edited(edited, values.keys() - {"sealed"}))
    return edited


def remove_channel(tx: Tx, channel_id: str) -> None:
    """Remove a channel and give up what waits for it; its secrets are forgotten.

    Raises NotFound, and Conflict for a channel of the environment.
    """
    found = _own(tx, channel_id)
    _update(tx, found, archived_at=tx.now, sealed="", version=found.version + 1)
    withdraw(tx, found.kind.value, RECIPIENT, found.id, "Not sent: the channel was removed.")
    tx.record(events.fact(events.REMOVED, found))


def test_channel(
    tx: Tx, channel_id: str, settings: StakeholderSettings, secrets: Secrets
) -> UUID | None:
    """Send a channel a message that says nothing is wrong; returns the delivery's id.

    One that had switched itself off is trusted again. Raises NotFound.
    """
    found = channel(tx, channel_id, settings)
    trust_again(tx, found.kind.value, RECIPIENT, found.id)
    cause = tx.record(events.fact(events.TESTED, found))
    news = trial_news(found.name, tx.now, cause.subject, settings.public_url)
    reason = f"Somebody asked for a test of the channel {found.name}."
    return tx.send(Teller(settings, secrets).message(found, news, cause, reason))


def _own(tx: Tx, channel_id: str) -> Channel:
    if channel_id.startswith("env-"):
        raise Conflict(
            "This channel comes from the environment; change the setting and start anew.",
            code="from_environment",
        )
    found = channel(tx, channel_id)
    tx.lock(channels, UUID(found.id))
    return channel(tx, channel_id)


def _update(tx: Tx, found: Channel, **values: Any) -> None:
    tx.execute(
        update(channels)
        .where(channels.c.tenant_id == tx.tenant, channels.c.id == UUID(found.id))
        .values(**values)
    )


def _changed(found: Channel, change: ChannelChange, secrets: Secrets) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if change.place is not None:
        is_webhook = found.kind is ChannelKind.WEBHOOK
        secret = open_destination(secrets, found.sealed).secret if is_webhook else None
        shown, sealed = shown_and_sealed(found.kind, change.place, secret, secrets)
        values |= {"address": shown, "sealed": sealed}
    if change.name is not None and change.name != found.name:
        values["name"] = change.name
    if change.tiers is not None and tuple(sorted(set(change.tiers))) != found.tiers:
        values["tiers"] = sorted(set(change.tiers))
    if change.receives is not None or change.events is not None:
        receives, wanted = _choice(found.kind, change.receives, change.events)
        if (tuple(receives), tuple(wanted)) != (found.receives, found.events):
            values |= {"receives": receives, "events": wanted}
    return values


def _choice(
    kind: ChannelKind, receives: tuple[Receives, ...] | None, wanted: tuple[str, ...] | None
) -> tuple[list[str], list[str]]:
    """What a channel receives and which events, in the order of the lists; raises Invalid."""
    if kind is not ChannelKind.WEBHOOK:
        if wanted is not None:
            raise invalid_field("events", "are chosen by webhooks; other channels use `receives`")
        words = (Receives.ALERTS,) if receives is None else receives
        return [word.value for word in Receives if word in words], []
    if wanted is None:
        wanted = USUAL_EVENTS
        if receives is not None:
            wanted = tuple(event for word in receives for event in EVENTS_OF[word])
    unknown = sorted(set(wanted) - set(EVENTS))
    if unknown:
        raise invalid_field("events", f"{unknown[0]} is not one of {', '.join(EVENTS)}")
    return [], [event for event in EVENTS if event in wanted]
