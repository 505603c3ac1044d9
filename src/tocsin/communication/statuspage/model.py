"""Status pages, their components and their subscribers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Follows(StrEnum):
    """What a component shows: its service's confirmed state and impacts, or impacts only."""

    SERVICE = "service"
    INCIDENTS = "incidents"


class SubscriberState(StrEnum):
    """Nobody hears anything before they confirmed; `ended` covers unsubscribed and disabled."""

    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Component:
    """A service's public face on one page; `name` None means the service's own name."""

    id: UUID
    public_id: str
    service_id: str
    name: str | None
    group_name: str | None
    position: int
    follows: Follows
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StatusPage:
    """A status page; `time_zone` is an IANA name and cuts its days."""

    id: UUID
    tenant: UUID
    slug: str
    name: str
    time_zone: str
    language: str
    help_url: str | None
    is_default: bool
    generation: int
    rendered_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who follows a page by mail."""

    id: UUID
    page_id: UUID
    kind: str
    address: str
    language: str
    state: SubscriberState
    created_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
