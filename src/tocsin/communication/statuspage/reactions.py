"""What pages do when facts come in: render anew, and tell their subscribers."""

from collections.abc import Iterable
from uuid import UUID

from tocsin.communication.statuspage import queries
from tocsin.communication.statuspage.model import StatusPage
from tocsin.kernel.facts import Entry, id_of
from tocsin.platform.database import Lane, Tx
from tocsin.response import incidents

RENDER = "statuspage.render"
FAN_OUT = "statuspage.fan_out"


def render_page_of(tx: Tx, cause: Entry) -> None:
    """A page's own rows changed."""
    plan_render(tx, [queries.page(tx, id_of(cause.subject))])


def render_pages_showing(tx: Tx, cause: Entry) -> None:
    """A service's confirmed condition, name or visibility changed."""
    plan_render(tx, queries.pages_showing(tx, [id_of(cause.subject)]))


def render_pages_of_incident(tx: Tx, cause: Entry) -> None:
    """An incident's public face changed: pages it is on, and pages that show what it hits."""
    services = incidents.services_of(tx, id_of(cause.thread))
    named = set(incidents.pages_of(tx, id_of(cause.thread)))
    touched = {page.id: page for page in queries.pages_showing(tx, services)}
    touched |= {page.id: page for page in queries.pages(tx) if page.slug in named}
    plan_render(tx, touched.values())


def plan_render(tx: Tx, pages: Iterable[StatusPage]) -> None:
    """Put one render per page on the agenda; more facts before it runs make no more of them."""
    for page in pages:
        tx.schedule(RENDER, page.id.hex, payload={"page": page.id.hex})


def tell_subscribers(tx: Tx, cause: Entry) -> None:
    """A public update went out: start one chain per page through its subscribers."""
    if cause.silent or cause.drill:
        return
    update = UUID(cause.payload["update_id"])
    for page in queries.pages(tx):
        if page.slug in cause.payload["pages"]:
            tx.schedule(
                FAN_OUT,
                f"{update.hex}:{page.id.hex}",
                payload={"entry": cause.id.hex, "page": page.id.hex, "after": None},
                lane=Lane.BULK,
            )
