"""Rendering a page: read, make the files off the loop, switch them in, note it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import update

from tocsin.communication.statuspage.links import Links
from tocsin.communication.statuspage.reactions import RENDER
from tocsin.communication.statuspage.rendering import render_page
from tocsin.communication.statuspage.tables import status_pages
from tocsin.communication.statuspage.viewing import Drawn, draw, identity_of
from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import subject_of
from tocsin.kernel.status import Status
from tocsin.platform.agenda import Done, Item
from tocsin.platform.database import Database, Tx
from tocsin.platform.journal import Hint
from tocsin.platform.pagetree import PageFile, PageTree

RENDERED = "page.rendered"
_FOR_EVER = 31_536_000


@dataclass(frozen=True, slots=True)
class RenderJob:
    """The agenda's edge job for one page. `announce` tells open pages to fetch again."""

    tree: PageTree
    links: Links
    mail_offered: Callable[[], bool]
    announce: Callable[[Hint], None]
    weights: Mapping[Status, float]

    async def __call__(self, database: Database, item: Item, done: Done) -> None:
        """Render a page; an archived page loses its files."""
        page_id = item.payload["page"]
        try:
            look = partial(identity_of, links=self.links, mail_offered=self.mail_offered())
            drawn = await database.read(item.context, draw, page_id, look, self.weights)
        except NotFound:
            await done()
            return
        generation = await take_generation(database, item, drawn)
        await asyncio.to_thread(self._publish, drawn, generation, database.clock.now())
        await done(note_rendered, drawn.page.id, drawn.next_change_at)
        self.announce(
            Hint(
                item.tenant,
                RENDERED,
                subject_of("page", drawn.page.slug),
                public=True,
                version=generation,
            )
        )

    def _publish(self, drawn: Drawn, generation: int, now: datetime) -> None:
        files = {
            path: PageFile(file.body, file.content_type, _FOR_EVER if file.immutable else 0)
            for path, file in render_page(drawn.view, now=now).items()
        }
        self.tree.publish(drawn.page.slug, generation, files)


async def take_generation(database: Database, item: Item, drawn: Drawn) -> int:
    """Take the next generation number, so that two renders never write the same directory."""
    return await database.write_in(item.lane, item.context, _next_generation, drawn.page.id)


def _next_generation(tx: Tx, page_id: UUID) -> int:
    tx.lock(status_pages, page_id)
    number: int = tx.execute(
        update(status_pages)
        .where(status_pages.c.tenant_id == tx.tenant, status_pages.c.id == page_id)
        .values(generation=status_pages.c.generation + 1)
        .returning(status_pages.c.generation)
    ).scalar_one()
    return number


def note_rendered(tx: Tx, page_id: UUID, next_change_at: datetime) -> None:
    """Remember when the page was drawn, and draw it again when its day ends."""
    tx.execute(
        update(status_pages)
        .where(status_pages.c.tenant_id == tx.tenant, status_pages.c.id == page_id)
        .values(rendered_at=tx.now)
    )
    payload = {"page": page_id.hex}
    tx.schedule(RENDER, f"{page_id.hex}:clock", at=next_change_at, payload=payload)
