"""Facts of status pages; what a stranger may see on a page is public."""

from collections.abc import Iterable
from uuid import UUID

from tocsin.kernel.facts import Fact, Visibility, subject_of

PAGE_CREATED = "page.created"
PAGE_EDITED = "page.edited"
COMPONENT_ADDED = "page.component_added"
COMPONENT_EDITED = "page.component_edited"
COMPONENT_REMOVED = "page.component_removed"
SUBSCRIBER_ASKED = "subscriber.asked"
SUBSCRIBER_CONFIRMED = "subscriber.confirmed"
SUBSCRIBER_ENDED = "subscriber.ended"

CHANGES_PAGE = (PAGE_CREATED, PAGE_EDITED, COMPONENT_ADDED, COMPONENT_EDITED, COMPONENT_REMOVED)


def page_created(page: UUID) -> Fact:
    """A page came to be."""
    return Fact(PAGE_CREATED, subject_of("page", page), visibility=Visibility.PUBLIC)


def page_edited(page: UUID, fields: Iterable[str]) -> Fact:
    """Fields of a page changed."""
    return Fact(
        PAGE_EDITED,
        subject_of("page", page),
        {"fields": sorted(fields)},
        visibility=Visibility.PUBLIC,
    )


def component(kind: str, page: UUID, service_id: str) -> Fact:
    """A component was added, edited or removed."""
    return Fact(kind, subject_of("page", page), {"service": service_id})


def subscriber(kind: str, page: UUID, subscriber_id: UUID, why: str | None = None) -> Fact:
    """A subscription was asked for, confirmed or ended (`why`: unsubscribed, removed, disabled)."""
    payload = {"page": page.hex, **({"why": why} if why else {})}
    return Fact(kind, subject_of("subscriber", subscriber_id), payload)
