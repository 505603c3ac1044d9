"""The wire types of status pages."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from tocsin.communication.statuspage.model import (
    Component,
    Follows,
    StatusPage,
    Subscriber,
    SubscriberState,
)
from tocsin.platform.wire import Moment, WireModel

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}$")]
Zone = Annotated[str, StringConstraints(max_length=64)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://", max_length=500)]


class NewPageIn(WireModel):
    """POST /status-pages."""

    slug: Slug
    name: Name
    time_zone: Zone = "UTC"
    language: Language = "en"
    help_url: Address | None = None


class PageChangeIn(WireModel):
    """PATCH /status-pages/{slug}: the fields to change; what GET gave beside them may come back."""

    model_config = ConfigDict(extra="allow")

    name: Name | None = None
    time_zone: Zone | None = None
    language: Language | None = None
    help_url: Address | None = None


class NewComponentIn(WireModel):
    """POST /status-pages/{slug}/components."""

    service_id: Annotated[str, StringConstraints(max_length=63)]
    name: Name | None = None
    group: Name | None = None
    follows: Follows = Follows.SERVICE


class ComponentChangeIn(WireModel):
    """PATCH /status-pages/{slug}/components/{id}; what GET gave beside them may come back."""

    model_config = ConfigDict(extra="allow")

    name: Name | None = None
    group: Name | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] | None = None
    follows: Follows | None = None


class PageComponentOut(WireModel):
    """A component of a page."""

    id: UUID
    public_id: str
    service_id: str
    name: str | None
    group: str | None
    position: int
    follows: Follows

    @classmethod
    def of(cls, one: Component) -> "PageComponentOut":
        return cls(
            id=one.id,
            public_id=one.public_id,
            service_id=one.service_id,
            name=one.name,
            group=one.group_name,
            position=one.position,
            follows=one.follows,
        )


class PageOut(WireModel):
    """A status page."""

    id: UUID
    slug: str
    name: str
    time_zone: str
    language: str
    help_url: str | None
    is_default: bool
    url: str
    components: list[PageComponentOut]
    subscribers: int
    rendered_at: Moment | None
    version: int
    updated_at: Moment

    @classmethod
    def of(
        cls, page: StatusPage, url: str, components: list[Component], subscribers: int
    ) -> "PageOut":
        return cls(
            id=page.id,
            slug=page.slug,
            name=page.name,
            time_zone=page.time_zone,
            language=page.language,
            help_url=page.help_url,
            is_default=page.is_default,
            url=url,
            components=[PageComponentOut.of(one) for one in components],
            subscribers=subscribers,
            rendered_at=page.rendered_at,
            version=page.version,
            updated_at=page.updated_at,
        )


class PagesOut(WireModel):
    items: list[PageOut]


class SubscriberOut(WireModel):
    """Somebody who follows a page."""

    id: UUID
    kind: str
    address: str
    language: str
    state: SubscriberState
    created_at: Moment
    confirmed_at: Moment | None
    ended_at: Moment | None

    @classmethod
    def of(cls, one: Subscriber) -> "SubscriberOut":
        return cls(
            id=one.id,
            kind=one.kind,
            address=one.address,
            language=one.language,
            state=one.state,
            created_at=one.created_at,
            confirmed_at=one.confirmed_at,
            ended_at=one.ended_at,
        )
