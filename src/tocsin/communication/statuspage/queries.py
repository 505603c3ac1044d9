"""Reads of status pages."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from tocsin.communication.statuspage.model import (
    Component,
    Follows,
    StatusPage,
    Subscriber,
    SubscriberState,
)
from tocsin.communication.statuspage.tables import page_components, status_pages, subscribers
from tocsin.kernel.errors import NotFound
from tocsin.platform.database import ReadTx, across_tenants

_p, _c, _s = status_pages, page_components, subscribers


def pages(tx: ReadTx) -> list[StatusPage]:
    """The tenant's pages, the default one first."""
    rows = tx.all(
        select(_p)
        .where(_p.c.tenant_id == tx.tenant, _p.c.archived_at.is_(None))
        .order_by(_p.c.is_default.desc(), _p.c.slug)
    )
    return [_page(row) for row in rows]


def page(tx: ReadTx, slug_or_id: str) -> StatusPage:
    """One page of the tenant, by slug or id; raises NotFound."""
    key = _p.c.id == _as_id(slug_or_id) if _as_id(slug_or_id) else _p.c.slug == slug_or_id
    row = tx.one_or_none(
        select(_p).where(_p.c.tenant_id == tx.tenant, key, _p.c.archived_at.is_(None))
    )
    if row is None:
        raise NotFound("There is no such status page.")
    return _page(row)


def page_for_strangers(tx: ReadTx, slug: str) -> StatusPage:
    """A page by its slug, whoever's it is; raises NotFound."""
    row = tx.one_or_none(
        across_tenants(select(_p).where(_p.c.slug == slug, _p.c.archived_at.is_(None)))
    )
    if row is None:
        raise NotFound("There is no such status page.")
    return _page(row)


def components(tx: ReadTx, page_id: UUID) -> list[Component]:
    """What stands on a page, in order."""
    rows = tx.all(
        select(_c)
        .where(_c.c.tenant_id == tx.tenant, _c.c.page_id == page_id, _c.c.archived_at.is_(None))
        .order_by(_c.c.position, _c.c.id)
    )
    return [_component(row) for row in rows]


def component_of(tx: ReadTx, slug: str, component_id: UUID) -> Component:
    """One component of a page; raises NotFound."""
    for component in components(tx, page(tx, slug).id):
        if component.id == component_id:
            return component
    raise NotFound("There is no such component on this page.")


def pages_showing(tx: ReadTx, service_ids: Collection[str]) -> list[StatusPage]:
    """The pages that show any of these services."""
    if not service_ids:
        return []
    shown = select(_c.c.page_id).where(
        _c.c.tenant_id == tx.tenant,
        _c.c.service_id.in_(sorted(set(service_ids))),
        _c.c.archived_at.is_(None),
    )
    rows = tx.all(
        select(_p).where(
            _p.c.tenant_id == tx.tenant, _p.c.id.in_(shown), _p.c.archived_at.is_(None)
        )
    )
    return [_page(row) for row in rows]


def subscriber(tx: ReadTx, subscriber_id: UUID) -> Subscriber:
    """One subscriber of the tenant; raises NotFound."""
    row = tx.one_or_none(select(_s).where(_s.c.tenant_id == tx.tenant, _s.c.id == subscriber_id))
    if row is None:
        raise NotFound("There is no such subscription.")
    return _subscriber(row)


def subscribers_of(
    tx: ReadTx, page_id: UUID, *, after: UUID | None = None, limit: int = 50
) -> list[Subscriber]:
    """The page's subscribers in the order in which they came; `after` is the last one seen."""
    query = select(_s).where(_s.c.tenant_id == tx.tenant, _s.c.page_id == page_id)
    if after is not None:
        query = query.where(_s.c.id > after)
    return [_subscriber(row) for row in tx.all(query.order_by(_s.c.id).limit(limit))]


def subscriber_by_address(tx: ReadTx, slug: str, address: str) -> Subscriber | None:
    """Who follows the page under this mail address, whatever its case."""
    row = tx.one_or_none(
        select(_s).where(
            _s.c.tenant_id == tx.tenant,
            _s.c.page_id == page(tx, slug).id,
            _s.c.kind == "mail",
            _s.c.address_key == address.casefold(),
        )
    )
    return None if row is None else _subscriber(row)


def active_count(tx: ReadTx, page_ids: Collection[UUID]) -> int:
    """How many people hear of an update on these pages."""
    if not page_ids:
        return 0
    count: int = tx.scalar(
        select(func.count()).where(
            _s.c.tenant_id == tx.tenant,
            _s.c.page_id.in_(list(page_ids)),
            _s.c.state == SubscriberState.ACTIVE.value,
        )
    )
    return count


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(hex=text) if len(text) >= 32 else None
    except ValueError:
        return None


def _page(row: Row[Any]) -> StatusPage:
    return StatusPage(
        id=row.id,
        tenant=row.tenant_id,
        slug=row.slug,
        name=row.name,
        time_zone=row.time_zone,
        language=row.language,
        help_url=row.help_url,
        is_default=row.is_default,
        generation=row.generation,
        rendered_at=row.rendered_at,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _component(row: Row[Any]) -> Component:
    return Component(
        id=row.id,
        public_id=row.public_id,
        service_id=row.service_id,
        name=row.name,
        group_name=row.group_name,
        position=row.position,
        follows=Follows(row.follows),
        created_at=row.created_at,
    )


def _subscriber(row: Row[Any]) -> Subscriber:
    return Subscriber(
        id=row.id,
        page_id=row.page_id,
        kind=row.kind,
        address=row.address,
        language=row.language,
        state=SubscriberState(row.state),
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        ended_at=row.ended_at,
    )
