"""What status pages hand to `compose`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tocsin.communication.statuspage import queries, reactions
from tocsin.communication.statuspage.events import CHANGES_PAGE
from tocsin.communication.statuspage.fan_out import FanOut
from tocsin.communication.statuspage.links import Links
from tocsin.communication.statuspage.model import SubscriberState
from tocsin.communication.statuspage.rendering_job import RenderJob
from tocsin.communication.statuspage.subscriptions import end
from tocsin.communication.statuspage.tables import subscribers
from tocsin.communication.statuspage.verbs import ensure_default_page
from tocsin.detection.conditions import events as conditions
from tocsin.kernel.facts import Entry, id_of
from tocsin.kernel.segments import DOWN
from tocsin.kernel.status import Status
from tocsin.platform.agenda import EdgeJob, VerbJob
from tocsin.platform.database import Tx
from tocsin.platform.journal import Hint, LaterReaction
from tocsin.platform.pagetree import PageTree
from tocsin.platform.retention import Purge
from tocsin.platform.wiring import TableEntry, Wiring
from tocsin.registry.catalog import events as catalog
from tocsin.response.incidents import events as incidents

_MOVES_A_LINE = (
    conditions.CONFIRMED,
    conditions.MUTED,
    conditions.IMPROVED,
    conditions.RECOVERED,
    conditions.SIGHT_LOST,
    conditions.SIGHT_REGAINED,
    conditions.MAINTENANCE_BEGAN,
    conditions.MAINTENANCE_ENDED,
)

UNCONFIRMED_DAYS = 8
"""A day longer than the link in the letter is good for."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the room is given: where its files go, how its links look, what mail still lacks, and
    how much of a second in each state is lost."""

    tree: PageTree
    links: Links
    mail_missing: Callable[[], str | None]
    announce: Callable[[Hint], None]
    weights: Mapping[Status, float] = field(default_factory=lambda: DOWN)


def wire(parts: Parts) -> Wiring:
    """The room's wiring for one installation."""

    def routes() -> Sequence[Any]:
        from tocsin.communication.statuspage.api import routes

        return routes(parts.links)

    render = RenderJob(
        parts.tree,
        parts.links,
        lambda: parts.mail_missing() is None,
        parts.announce,
        parts.weights,
    )
    return Wiring(
        room="statuspage",
        routes=routes,
        reactions=(
            LaterReaction("statuspage.page_changed", CHANGES_PAGE, reactions.render_page_of),
            LaterReaction(
                "statuspage.service_changed",
                (*_MOVES_A_LINE, catalog.EDITED, catalog.ARCHIVED, catalog.RESTORED),
                reactions.render_pages_showing,
            ),
            LaterReaction(
                "statuspage.incident_changed",
                incidents.CHANGES_PUBLIC_FACE,
                reactions.render_pages_of_incident,
            ),
            LaterReaction(
                "statuspage.tell_subscribers",
                (incidents.UPDATE_PUBLISHED,),
                reactions.tell_subscribers,
            ),
            LaterReaction("statuspage.tenant_created", ("tenant.created",), _welcome),
            LaterReaction(
                "statuspage.endpoint_disabled", ("delivery.endpoint_disabled",), _end_disabled
            ),
        ),
        handlers=(
            EdgeJob(reactions.RENDER, render),
            VerbJob(reactions.FAN_OUT, FanOut(parts.links)),
        ),
        at_start=(ensure_default_page, _render_all),
        tables=(
            TableEntry("status_pages"),
            TableEntry("page_components"),
            TableEntry(
                "subscribers",
                "address",
                f"unconfirmed: {UNCONFIRMED_DAYS} days",
                erase="address blanked, row kept",
            ),
        ),
        purges=(
            Purge(
                "unconfirmed_subscribers",
                subscribers,
                "asked_at",
                (),
                which=subscribers.c.state == SubscriberState.UNCONFIRMED.value,
                least_days=UNCONFIRMED_DAYS,
            ),
        ),
    )


def public_routers(parts: Parts) -> Sequence[Any]:
    """What strangers may do on a page, for the web role; mounted at the root."""
    from tocsin.communication.statuspage.public_api import Public, public_routes

    return [public_routes(Public(parts.links, parts.mail_missing))]


def _render_all(tx: Tx) -> None:
    """A new version may draw pages differently: draw each once at start."""
    reactions.plan_render(tx, queries.pages(tx))


def _welcome(tx: Tx, _: Entry) -> None:
    """A new tenant gets its default page at once, not at the next start."""
    ensure_default_page(tx)


def _end_disabled(tx: Tx, cause: Entry) -> None:
    if cause.subject.startswith("subscriber:"):
        end(tx, UUID(hex=id_of(cause.subject)), "disabled")
