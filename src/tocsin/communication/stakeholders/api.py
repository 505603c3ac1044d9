"""Routes of channels and webhooks."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import APIRouter, Response

from tocsin.kernel.errors import NotFound, invalid_field
from tocsin.platform.database import ReadTx
from tocsin.platform.delivery import endpoints_of
from tocsin.platform.secrets import Secrets, new_signing_secret
from tocsin.platform.web import Caller, api_router, require_extras_unchanged, requires

from . import queries, verbs
from .environment import StakeholderSettings
from .model import RECIPIENT, Channel, ChannelKind
from .schemas import (
    ChannelChangeIn,
    ChannelOut,
    ChannelsOut,
    ChannelTestOut,
    NewChannelIn,
    NewChannelOut,
    NewWebhookIn,
)
from .verbs import ChannelChange, ChannelDraft

Reader = Annotated[Caller, requires("channels.read")]
Writer = Annotated[Caller, requires("channels.write")]
T = TypeVar("T")


def routes(settings: StakeholderSettings, secrets: Secrets) -> list[APIRouter]:
    """The routes of one installation."""
    room = _Room(settings, secrets)
    return [_channel_routes(room), _webhook_routes(room)]


@dataclass(frozen=True, slots=True)
class _Room:
    """What the routes share."""

    settings: StakeholderSettings
    secrets: Secrets

    def listed(self, tx: ReadTx, kinds: Collection[ChannelKind]) -> ChannelsOut:
        found = [one for one in queries.channels(tx, self.settings) if one.kind in kinds]
        return ChannelsOut(items=_out(tx, found))

    def shown(self, tx: ReadTx, channel_id: str) -> ChannelOut:
        return _out(tx, [queries.channel(tx, channel_id, self.settings)])[0]

    def is_webhook(self, tx: ReadTx, channel_id: str) -> None:
        """Raise NotFound for a channel of another kind."""
        if queries.channel(tx, channel_id).kind is not ChannelKind.WEBHOOK:
            raise NotFound("There is no such webhook.")

    async def add(self, caller: Caller, draft: ChannelDraft) -> NewChannelOut:
        def made(one: Channel) -> NewChannelOut:
            return NewChannelOut.made(one, draft.signing_secret)

        answer = await caller.write(
            verbs.add_channel, draft, self.secrets, answer=made, shown_once=("secret",)
        )
        return NewChannelOut(**answer)


def _channel_routes(room: _Room) -> APIRouter:
    router = api_router("/channels", tag="Channels")

    @router.get("")
    async def list_channels(caller: Reader) -> ChannelsOut:
        """All channels: those of the environment first, then the oldest."""
        return await caller.read(room.listed, tuple(ChannelKind))

    @router.post("", status_code=201)
    async def add_channel(caller: Writer, body: NewChannelIn) -> NewChannelOut:
        """Add a channel; a webhook's `secret` is shown this once."""
        place = _place(body.kind, body.url, body.address)
        if place is None:
            raise invalid_field(_place_field(body.kind), "is needed")
        draft = ChannelDraft(
            kind=body.kind,
            place=place,
            name=body.name,
            tiers=tuple(body.tiers),
            receives=None if body.receives is None else tuple(body.receives),
            events=None if body.events is None else tuple(body.events),
            signing_secret=new_signing_secret() if body.kind is ChannelKind.WEBHOOK else None,
        )
        return await room.add(caller, draft)

    @router.get("/{channel_id}")
    async def show_channel(caller: Reader, channel_id: str) -> ChannelOut:
        """One channel."""
        found = await caller.read(room.shown, channel_id)
        caller.tag(found.version)
        return found

    @router.put("/{channel_id}", name="put_channel")
    @router.patch("/{channel_id}")
    async def edit_channel(caller: Writer, channel_id: str, body: ChannelChangeIn) -> ChannelOut:
        """Change a channel; fields that are left out stay."""
        known = await caller.read(room.shown, channel_id)
        require_extras_unchanged(body, known)
        address = None if body.address == known.address else body.address
        change = ChannelChange(
            place=_place(known.kind, body.url, address),
            name=body.name,
            tiers=None if body.tiers is None else tuple(body.tiers),
            receives=_changed(body.receives, known.receives),
            events=_changed(body.events, known.events),
        )
        version = caller.expected_version
        await caller.write(verbs.edit_channel, channel_id, change, version, room.secrets)
        return await caller.read(room.shown, channel_id)

    @router.delete("/{channel_id}", status_code=204)
    async def remove_channel(caller: Writer, channel_id: str) -> Response:
        """Remove a channel; what waits for it is given up."""
        await caller.write(verbs.remove_channel, channel_id)
        return Response(status_code=204)

    @router.post("/{channel_id}/test", status_code=202)
    async def test_channel(caller: Writer, channel_id: str) -> ChannelTestOut:
        """Send a message that says nothing is wrong."""
        sent = await caller.write(verbs.test_channel, channel_id, room.settings, room.secrets)
        return ChannelTestOut(delivery_id=sent)

    return router


def _webhook_routes(room: _Room) -> APIRouter:
    router = api_router("/webhooks", tag="Webhooks")

    @router.get("")
    async def list_webhooks(caller: Reader) -> ChannelsOut:
        """All webhooks, the oldest first."""
        return await caller.read(room.listed, (ChannelKind.WEBHOOK,))

    @router.post("", status_code=201)
    async def add_webhook(caller: Writer, body: NewWebhookIn) -> NewChannelOut:
        """Add a webhook after Standard Webhooks; its `secret` is shown this once."""
        draft = ChannelDraft(
            kind=ChannelKind.WEBHOOK,
            place=body.url,
            name=body.name,
            tiers=tuple(body.tiers),
            events=None if body.events is None else tuple(body.events),
            signing_secret=new_signing_secret(),
        )
        return await room.add(caller, draft)

    @router.delete("/{webhook_id}", status_code=204)
    async def remove_webhook(caller: Writer, webhook_id: str) -> Response:
        """Remove a webhook; what waits for it is given up."""
        await caller.read(room.is_webhook, webhook_id)
        await caller.write(verbs.remove_channel, webhook_id)
        return Response(status_code=204)

    return router


def _changed(wanted: list[T] | None, known: list[T]) -> tuple[T, ...] | None:
    """What is wanted, None where that is how it stands."""
    return None if wanted is None or wanted == known else tuple(wanted)


def _place(kind: ChannelKind, url: str | None, address: str | None) -> str | None:
    """The one of the two that this kind of channel has; raises Invalid for the other."""
    place, other, field = (url, address, "address")
    if kind is ChannelKind.MAIL:
        place, other, field = (address, url, "url")
    if other is not None:
        raise invalid_field(field, f"is not what a {kind} channel has; give {_place_field(kind)}")
    return place


def _place_field(kind: ChannelKind) -> str:
    return "address" if kind is ChannelKind.MAIL else "url"


def _out(tx: ReadTx, found: list[Channel]) -> list[ChannelOut]:
    failing = endpoints_of(tx, RECIPIENT, [one.id for one in found])
    return [
        ChannelOut.of(one, endpoint.failing_since, endpoint.disabled_at)
        if (endpoint := failing.get(one.id))
        else ChannelOut.of(one)
        for one in found
    ]
