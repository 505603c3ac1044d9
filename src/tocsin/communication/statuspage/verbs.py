"""Making and editing pages and what stands on them."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, insert, select, update

from tocsin.communication.statuspage import events, queries
from tocsin.communication.statuspage.model import Component, Follows, StatusPage
from tocsin.communication.statuspage.tables import page_components, status_pages
from tocsin.kernel.errors import Conflict, LostRace, invalid_field
from tocsin.kernel.ids import new_id, new_public_id
from tocsin.platform.database import Tx, across_tenants
from tocsin.registry import catalog

DEFAULT_SLUG = "main"
_SLUG = re.compile(r"[a-z0-9-]{1,63}")
_RESERVED = frozenset({"api", "new", "live", "assets", "current"})
_MOST_COMPONENTS = 500
_p, _c = status_pages, page_components


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page as somebody wants it."""

    slug: str
    name: str
    time_zone: str = "UTC"
    language: str = "en"
    help_url: str | None = None


@dataclass(frozen=True, slots=True)
class NewComponent:
    """A service to put on a page."""

    service_id: str
    name: str | None = None
    group_name: str | None = None
    follows: Follows = Follows.SERVICE


def ensure_default_page(tx: Tx) -> None:
    """Give the tenant its page `main` if it has none; safe to repeat."""
    if queries.pages(tx):
        return
    taken = tx.scalar(across_tenants(select(_p.c.id).where(_p.c.slug == DEFAULT_SLUG)))
    slug = f"{DEFAULT_SLUG}-{tx.tenant.hex[-6:]}" if taken else DEFAULT_SLUG
    _insert(tx, NewPage(slug, "Status"), is_default=True)


def create_page(tx: Tx, new: NewPage) -> StatusPage:
    """Make a page; raises Invalid, and Conflict where the slug is taken in the installation."""
    _check_slug(new.slug)
    _check_zone(new.time_zone)
    if tx.scalar(across_tenants(select(_p.c.id).where(_p.c.slug == new.slug))):
        raise Conflict(f"The slug {new.slug} is taken.", code="slug_taken")
    return _insert(tx, new, is_default=not queries.pages(tx))


def edit_page(
    tx: Tx, slug: str, changes: dict[str, Any], expected_version: int | None
) -> StatusPage:
    """Change name, time zone, language or help address; raises LostRace, Invalid, NotFound."""
    page = queries.page(tx, slug)
    tx.lock(_p, page.id)
    if expected_version is not None and expected_version != page.version:
        raise LostRace("Somebody changed this page meanwhile.")
    if "time_zone" in changes:
        _check_zone(changes["time_zone"])
    changed = {key: value for key, value in changes.items() if getattr(page, key) != value}
    if not changed:
        return page
    tx.execute(
        update(_p)
        .where(_p.c.tenant_id == tx.tenant, _p.c.id == page.id)
        .values(**changed, version=page.version + 1, updated_at=tx.now)
    )
    tx.record(events.page_edited(page.id, changed))
    return queries.page(tx, page.id.hex)


def add_component(tx: Tx, slug: str, new: NewComponent) -> Component:
    """Put a service on a page; raises Conflict where it stands there already."""
    page = queries.page(tx, slug)
    tx.lock(_p, page.id)
    service = catalog.service(tx, new.service_id)
    present = queries.components(tx, page.id)
    if any(one.service_id == service.id for one in present):
        raise Conflict(f"{service.name} is on this page already.", code="component_exists")
    if len(present) >= _MOST_COMPONENTS:
        raise Conflict(f"A page holds at most {_MOST_COMPONENTS} components.", code="page_full")
    identifier = new_id()
    tx.execute(
        insert(_c).values(
            id=identifier,
            tenant_id=tx.tenant,
            page_id=page.id,
            public_id=new_public_id(),
            service_id=service.id,
            name=new.name,
            group_name=new.group_name,
            position=_next_position(tx, page.id),
            follows=new.follows.value,
            created_at=tx.now,
        )
    )
    tx.record(events.component(events.COMPONENT_ADDED, page.id, service.id))
    return queries.component_of(tx, slug, identifier)


def edit_component(tx: Tx, slug: str, component_id: UUID, changes: dict[str, Any]) -> Component:
    """Change name, group, position or what it follows; raises NotFound."""
    page = queries.page(tx, slug)
    tx.lock(_p, page.id)
    component = queries.component_of(tx, slug, component_id)
    changed = {key: value for key, value in changes.items() if getattr(component, key) != value}
    if not changed:
        return component
    tx.execute(
        update(_c).where(_c.c.tenant_id == tx.tenant, _c.c.id == component_id).values(**changed)
    )
    tx.record(events.component(events.COMPONENT_EDITED, page.id, component.service_id))
    return queries.component_of(tx, slug, component_id)


def remove_component(tx: Tx, slug: str, component_id: UUID) -> None:
    """Take a component off a page; its id is kept. Raises NotFound."""
    page = queries.page(tx, slug)
    tx.lock(_p, page.id)
    component = queries.component_of(tx, slug, component_id)
    tx.execute(
        update(_c)
        .where(_c.c.tenant_id == tx.tenant, _c.c.id == component_id)
        .values(archived_at=tx.now)
    )
    tx.record(events.component(events.COMPONENT_REMOVED, page.id, component.service_id))


def _insert(tx: Tx, new: NewPage, *, is_default: bool) -> StatusPage:
    identifier = new_id()
    tx.execute(
        insert(_p).values(
            id=identifier,
            tenant_id=tx.tenant,
            slug=new.slug,
            name=new.name,
            time_zone=new.time_zone,
            language=new.language,
            help_url=new.help_url,
            is_default=is_default,
            generation=0,
            version=1,
            created_at=tx.now,
            updated_at=tx.now,
        )
    )
    tx.record(events.page_created(identifier))
    return queries.page(tx, identifier.hex)


def _next_position(tx: Tx, page_id: UUID) -> int:
    last = tx.scalar(
        select(func.max(_c.c.position)).where(_c.c.tenant_id == tx.tenant, _c.c.page_id == page_id)
    )
    return 0 if last is None else int(last) + 1


def _check_slug(slug: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise invalid_field("slug", "must be 1 to 63 of a–z, 0–9 and -")
    if slug in _RESERVED:
        raise invalid_field("slug", f"{slug} is a reserved word")


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise invalid_field("time_zone", "is not an IANA zone such as Europe/Brussels") from error
