"""Telling every subscriber of a page about one public update, a few hundred rows per unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from tocsin.communication.statuspage import queries
from tocsin.communication.statuspage.letters import update_letter
from tocsin.communication.statuspage.links import Links
from tocsin.communication.statuspage.model import StatusPage, SubscriberState
from tocsin.communication.statuspage.reactions import FAN_OUT
from tocsin.communication.statuspage.tables import subscribers
from tocsin.kernel.facts import Entry
from tocsin.platform.agenda import Item
from tocsin.platform.database import Lane, Tx
from tocsin.platform.delivery import Body, Message, Recipient
from tocsin.platform.journal import entry
from tocsin.response import incidents

PORTION = 200
_s = subscribers


@dataclass(frozen=True, slots=True)
class FanOut:
    """The bulk chain; running a portion twice enters nothing twice, for each key is unique."""

    links: Links

    def __call__(self, tx: Tx, item: Item) -> None:
        """Enter one portion of deliveries, and plan the next while there are more."""
        cause = entry(tx, UUID(hex=item.payload["entry"]))
        page = queries.page(tx, item.payload["page"])
        after = UUID(hex=item.payload["after"]) if item.payload["after"] else None
        rows = self._portion(tx, page, cause, after)
        bodies: dict[str, Body] = {}
        messages = []
        for row in rows:
            body = bodies.get(row.language) or Body(self._letter(tx, page, cause, row.language))
            bodies[row.language] = body
            messages.append(self._message(page, cause, row.id, row.address, body))
        tx.send_all(messages)
        if len(rows) == PORTION:
            payload = {**item.payload, "after": rows[-1].id.hex}
            tx.schedule(FAN_OUT, item.key, payload=payload, lane=Lane.BULK)

    def _portion(
        self, tx: Tx, page: StatusPage, cause: Entry, after: UUID | None
    ) -> Sequence[Row[Any]]:
        query = select(_s.c.id, _s.c.address, _s.c.language).where(
            _s.c.tenant_id == tx.tenant,
            _s.c.page_id == page.id,
            _s.c.state == SubscriberState.ACTIVE.value,
            _s.c.confirmed_at <= cause.recorded_at,
        )
        if after is not None:
            query = query.where(_s.c.id > after)
        return tx.all(query.order_by(_s.c.id).limit(PORTION))

    def _letter(self, tx: Tx, page: StatusPage, cause: Entry, language: str) -> dict[str, object]:
        incident = incidents.public_incident(tx, UUID(hex=cause.thread.partition(":")[2]))
        update = UUID(hex=cause.payload["update_id"])
        return update_letter(page, incident, update, language, self.links.page(page.slug))

    def _message(
        self, page: StatusPage, cause: Entry, who: UUID, address: str, body: Body
    ) -> Message:
        return Message(
            channel="mail",
            recipient=Recipient("subscriber", who.hex, address),
            body=body,
            key=f"update:{cause.payload['update_id']}:{who.hex}",
            cause=cause.id,
            reason=f"follows the status page {page.slug}, which shows this update",
            purpose="subscriber",
            thread=cause.thread,
            slots={"unsubscribe_url": self.links.unsubscribe(page.slug, who)},
            lane=Lane.BULK,
        )
