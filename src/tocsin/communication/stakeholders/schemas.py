"""The wire types of channels and webhooks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from tocsin.platform.wire import Moment, WireModel

from .model import TIERS, Channel, ChannelKind, Receives

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Place = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_048)]
Tier = Annotated[int, Field(ge=TIERS[0], le=TIERS[-1])]
Tiers = Annotated[list[Tier], Field(max_length=len(TIERS))]
Words = Annotated[list[Receives], Field(max_length=len(Receives))]
Events = Annotated[list[Annotated[str, StringConstraints(max_length=80)]], Field(max_length=50)]


class NewChannelIn(WireModel):
    """POST /channels: `url` for Slack and webhooks, `address` for mail."""

    kind: ChannelKind
    name: Name | None = None
    url: Place | None = None
    address: Place | None = None
    tiers: Tiers = Field(default=list(TIERS))
    receives: Words | None = None
    events: Events | None = None


class ChannelChangeIn(WireModel):
    """PATCH /channels/{id}: the fields to change; what GET gave beside them may come back."""

    model_config = ConfigDict(extra="allow")

    name: Name | None = None
    url: Place | None = None
    address: Place | None = None
    tiers: Tiers | None = None
    receives: Words | None = None
    events: Events | None = None


class NewWebhookIn(WireModel):
    """POST /webhooks."""

    url: Place
    name: Name | None = None
    events: Events | None = None
    tiers: Tiers = Field(default=list(TIERS))


class ChannelOut(WireModel):
    """A channel; `address` is a mail address, or the host of its URL."""

    id: str
    kind: ChannelKind
    name: str
    address: str
    tiers: list[int]
    receives: list[Receives]
    events: list[str]
    from_environment: bool
    failing_since: Moment | None
    disabled_at: Moment | None
    version: int
    created_at: Moment | None
    updated_at: Moment | None

    @classmethod
    def of(
        cls, one: Channel, failing_since: datetime | None = None, off: datetime | None = None
    ) -> "ChannelOut":
        return cls(**_values(one), failing_since=failing_since, disabled_at=off)


class NewChannelOut(ChannelOut):
    """A channel that was just added; `secret` signs a webhook's messages and is shown once."""

    secret: str | None

    @classmethod
    def made(cls, one: Channel, secret: str | None) -> "NewChannelOut":
        return cls(**_values(one), failing_since=None, disabled_at=None, secret=secret)


class ChannelsOut(WireModel):
    """All channels."""

    items: list[ChannelOut]


class ChannelTestOut(WireModel):
    """A test on its way: see /deliveries/{delivery_id}."""

    delivery_id: UUID | None


def _values(one: Channel) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "address": one.address,
        "tiers": list(one.tiers),
        "receives": list(one.receives),
        "events": list(one.events),
        "from_environment": one.from_environment,
        "version": one.version,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
    }
