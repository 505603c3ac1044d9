"""Routes for the people who run status pages."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from tocsin.communication.statuspage import queries, subscriptions, verbs
from tocsin.communication.statuspage.links import Links
from tocsin.communication.statuspage.schemas import (
    ComponentChangeIn,
    NewComponentIn,
    NewPageIn,
    PageChangeIn,
    PageComponentOut,
    PageOut,
    PagesOut,
    SubscriberOut,
)
from tocsin.communication.statuspage.verbs import NewComponent, NewPage
from tocsin.platform.database import ReadTx
from tocsin.platform.web import (
    Caller,
    CursorParam,
    Page,
    api_router,
    page_out,
    require_extras_unchanged,
    requires,
)

Reader = Annotated[Caller, requires("pages.read")]
Writer = Annotated[Caller, requires("pages.write")]


def routes(links: Links) -> list[APIRouter]:
    """The routes of one installation; `links` knows where its pages are."""
    return [_page_routes(links), _component_routes(), _subscriber_routes()]


def _router() -> APIRouter:
    return api_router("/status-pages", tag="Status pages")


def _page_routes(links: Links) -> APIRouter:
    router = _router()

    def shown(tx: ReadTx, slug: str) -> PageOut:
        page = queries.page(tx, slug)
        components = queries.components(tx, page.id)
        followers = queries.active_count(tx, [page.id])
        return PageOut.of(page, links.page(page.slug), components, followers)

    def listed(tx: ReadTx) -> PagesOut:
        return PagesOut(items=[shown(tx, page.slug) for page in queries.pages(tx)])

    @router.get("")
    async def list_pages(caller: Reader) -> PagesOut:
        """The tenant's status pages."""
        return await caller.read(listed)

    @router.post("", status_code=201)
    async def create_page(caller: Writer, body: NewPageIn) -> PageOut:
        """Make a status page."""
        new = NewPage(body.slug, body.name, body.time_zone, body.language, body.help_url)
        await caller.write(verbs.create_page, new)
        return await caller.read(shown, body.slug)

    @router.get("/{slug}")
    async def show_page(caller: Reader, slug: str) -> PageOut:
        """One status page with its components."""
        page = await caller.read(shown, slug)
        caller.tag(page.version)
        return page

    @router.put("/{slug}", name="put_page")
    @router.patch("/{slug}")
    async def edit_page(caller: Writer, slug: str, body: PageChangeIn) -> PageOut:
        """Change a page."""
        require_extras_unchanged(body, await caller.read(shown, slug))
        changes = _given(body)
        await caller.write(verbs.edit_page, slug, changes, caller.expected_version)
        return await caller.read(shown, slug)

    return router


def _component_routes() -> APIRouter:
    router = _router()

    @router.post("/{slug}/components", status_code=201)
    async def add_component(caller: Writer, slug: str, body: NewComponentIn) -> PageComponentOut:
        """Put a service on a page."""
        new = NewComponent(body.service_id, body.name, body.group, body.follows)
        made = await caller.write(verbs.add_component, slug, new, answer=PageComponentOut.of)
        return PageComponentOut.model_validate(made)

    @router.put("/{slug}/components/{component_id}", name="put_component")
    @router.patch("/{slug}/components/{component_id}")
    async def edit_component(
        caller: Writer, slug: str, component_id: UUID, body: ComponentChangeIn
    ) -> PageComponentOut:
        """Change a component."""
        known = await caller.read(queries.component_of, slug, component_id)
        require_extras_unchanged(body, PageComponentOut.of(known))
        changes = _given(body)
        if "group" in changes:
            changes["group_name"] = changes.pop("group")
        component = await caller.write(verbs.edit_component, slug, component_id, changes)
        return PageComponentOut.of(component)

    @router.delete("/{slug}/components/{component_id}", status_code=204)
    async def remove_component(caller: Writer, slug: str, component_id: UUID) -> Response:
        """Take a component off a page."""
        await caller.write(verbs.remove_component, slug, component_id)
        return Response(status_code=204)

    return router


def _subscriber_routes() -> APIRouter:
    router = _router()

    @router.get("/{slug}/subscribers")
    async def list_subscribers(
        caller: Annotated[Caller, requires("subscribers.read")], slug: str, cursor: CursorParam
    ) -> Page[SubscriberOut]:
        """Who follows a page."""
        place = cursor.after(int, UUID)
        found = await caller.read(_subscribers, slug, place[1] if place else None, cursor.fetch)
        return page_out(found, cursor, SubscriberOut.of, lambda one: (0, one.id))

    @router.delete("/{slug}/subscribers/{subscriber_id}", status_code=204)
    async def remove_subscriber(
        caller: Annotated[Caller, requires("subscribers.write")], slug: str, subscriber_id: UUID
    ) -> Response:
        """End somebody's subscription."""
        await caller.write(subscriptions.end, subscriber_id, "removed")
        return Response(status_code=204)

    return router


def _subscribers(tx: ReadTx, slug: str, after: UUID | None, limit: int) -> Any:
    return queries.subscribers_of(tx, queries.page(tx, slug).id, after=after, limit=limit)


def _given(body: PageChangeIn | ComponentChangeIn) -> dict[str, Any]:
    """The fields a caller gave; enums as their values."""
    return {
        key: getattr(value, "value", value)
        for key, value in body.model_dump(exclude_unset=True).items()
        if key in type(body).model_fields
    }
