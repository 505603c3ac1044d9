"""Subscribing with double opt-in, and leaving with one click."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert, select, update

from tocsin.communication.statuspage import events, queries
from tocsin.communication.statuspage.letters import confirmation
from tocsin.communication.statuspage.links import Links
from tocsin.communication.statuspage.model import StatusPage, Subscriber, SubscriberState
from tocsin.communication.statuspage.tables import subscribers
from tocsin.kernel.errors import NotFound, TooManyRequests, Unavailable, invalid_field
from tocsin.kernel.facts import subject_of
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Lane, Tx
from tocsin.platform.delivery import Body, Message, Recipient

_s = subscribers
_ADDRESS = re.compile(r"[^@\s<>\"(),:;\\\x00-\x1f]{1,64}@[^@\s<>\"(),:;\\\x00-\x1f]{1,255}")
_ASK_AGAIN = timedelta(minutes=10)
_MOST_UNCONFIRMED = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A visitor's wish."""

    slug: str
    address: str
    language: str


def subscribe(tx: Tx, asked: Asked, links: Links, mail_missing: str | None) -> None:
    """Note the wish and send the confirmation letter; known addresses get the same answer.

    Raises NotFound, Invalid for an address that cannot be one, Unavailable without mail.
    """
    page = queries.page_for_strangers(tx, asked.slug)
    if mail_missing:
        raise Unavailable(
            "This page cannot send mail yet.", code="mail_not_configured", retry_after=3600
        )
    address = asked.address.strip()
    if not _ADDRESS.fullmatch(address) or "." not in address.rpartition("@")[2].strip("."):
        raise invalid_field("email", "is not an e-mail address")
    own = tx.acting(tenant=page.tenant)
    known = queries.subscriber_by_address(own, page.slug, address)
    if known is None:
        _enter(own, page, address, asked.language, links)
    elif known.state is not SubscriberState.ACTIVE:
        _ask_again(own, page, known, links)


def confirm(tx: Tx, slug: str, subscriber_id: UUID) -> StatusPage:
    """Make the subscription active; repeating is fine.

    Raises NotFound, also for who has left since: an old letter brings nobody back.
    """
    page = queries.page_for_strangers(tx, slug)
    own = tx.acting(tenant=page.tenant)
    own.lock(_s, subscriber_id)
    found = queries.subscriber(own, subscriber_id)
    if found.state is SubscriberState.ENDED:
        raise NotFound("This subscription has ended. Subscribe again.")
    if found.state is not SubscriberState.ACTIVE:
        _set(own, found, state=SubscriberState.ACTIVE.value, confirmed_at=tx.now, ended_at=None)
        own.record(events.subscriber(events.SUBSCRIBER_CONFIRMED, page.id, found.id))
    return page


def unsubscribe(tx: Tx, slug: str, subscriber_id: UUID) -> StatusPage:
    """End the subscription; repeating is fine. Raises NotFound."""
    page = queries.page_for_strangers(tx, slug)
    own = tx.acting(tenant=page.tenant)
    end(own, subscriber_id, "unsubscribed")
    return page


def end(tx: Tx, subscriber_id: UUID, why: str) -> None:
    """End a subscription of this tenant."""
    tx.lock(_s, subscriber_id)
    found = queries.subscriber(tx, subscriber_id)
    if found.state is SubscriberState.ENDED:
        return
    _set(tx, found, state=SubscriberState.ENDED.value, ended_at=tx.now)
    tx.record(events.subscriber(events.SUBSCRIBER_ENDED, found.page_id, found.id, why))


def _enter(tx: Tx, page: StatusPage, address: str, language: str, links: Links) -> None:
    _refuse_flood(tx, page.id)
    identifier = new_id()
    tx.execute(
        insert(_s).values(
            id=identifier,
            tenant_id=tx.tenant,
            page_id=page.id,
            kind="mail",
            address=address,
            address_key=address.casefold(),
            language=language,
            state=SubscriberState.UNCONFIRMED.value,
            created_at=tx.now,
            asked_at=tx.now,
        )
    )
    _send_confirmation(tx, page, queries.subscriber(tx, identifier), links)


def _ask_again(tx: Tx, page: StatusPage, known: Subscriber, links: Links) -> None:
    """A second letter at most every ten minutes: nobody is flooded by somebody else's form."""
    asked_at = tx.scalar(
        select(_s.c.asked_at).where(_s.c.tenant_id == tx.tenant, _s.c.id == known.id)
    )
    if tx.now - asked_at < _ASK_AGAIN:
        return
    _set(tx, known, state=SubscriberState.UNCONFIRMED.value, asked_at=tx.now)
    _send_confirmation(tx, page, known, links)


def _refuse_flood(tx: Tx, page_id: UUID) -> None:
    waiting = tx.scalars(
        select(_s.c.id)
        .where(
            _s.c.tenant_id == tx.tenant,
            _s.c.page_id == page_id,
            _s.c.state == SubscriberState.UNCONFIRMED.value,
        )
        .limit(_MOST_UNCONFIRMED)
    )
    if len(waiting) >= _MOST_UNCONFIRMED:
        raise TooManyRequests("Too many subscriptions wait to be confirmed.", retry_after=3600)


def _send_confirmation(tx: Tx, page: StatusPage, who: Subscriber, links: Links) -> None:
    fact = tx.record(events.subscriber(events.SUBSCRIBER_ASKED, page.id, who.id))
    tx.send(
        Message(
            channel="mail",
            recipient=Recipient("subscriber", who.id.hex, who.address),
            body=Body(confirmation(page, who.language)),
            key=f"confirm:{fact.id.hex}",
            cause=fact.id,
            reason=f"asked to follow the status page {page.slug}",
            purpose="subscriber",
            thread=subject_of("subscriber", who.id),
            slots={"confirm_url": links.confirm(page.slug, who.id)},
            lane=Lane.NORMAL,
        )
    )


def _set(tx: Tx, found: Subscriber, **values: object) -> None:
    tx.execute(update(_s).where(_s.c.tenant_id == tx.tenant, _s.c.id == found.id).values(**values))
