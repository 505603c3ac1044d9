"""Routes of the delivery ledger: what was sent, to whom, why, when, and each attempt."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query

from tocsin.kernel.facts import Entry
from tocsin.platform.database import ReadTx
from tocsin.platform.journal import entries_by_id
from tocsin.platform.web import Caller, CursorParam, Page, api_router, page_out, requires

from .model import Delivery, DeliveryState
from .queries import DeliveryFilter, attempts_of, deliveries, delivery
from .schemas import DeliveryDetailOut, DeliveryOut
from .verbs import send_again

router = api_router("/deliveries", tag="Deliveries")

Reader = Annotated[Caller, requires("deliveries.read")]
Words = Annotated[str | None, Query(max_length=320)]


@router.get("")
async def list_deliveries(
    caller: Reader,
    cursor: CursorParam,
    state: DeliveryState | None = None,
    fact: UUID | None = None,
    recipient: Words = None,
    thread: Words = None,
    channel: Words = None,
) -> Page[DeliveryOut]:
    """Deliveries, the newest first; `recipient` is an id or an exact address, `fact` the cause."""
    place = cursor.after(datetime, UUID)
    wanted = DeliveryFilter(
        cause=fact,
        recipient=recipient,
        state=state,
        thread=thread,
        channel=channel,
        before=place[1] if place else None,
        limit=cursor.fetch,
    )
    found, causes = await caller.read(_listed, wanted)
    return page_out(
        found,
        cursor,
        lambda one: DeliveryOut.of(one, causes),
        lambda one: (one.created_at, one.id),
    )


@router.get("/{delivery_id}")
async def show_delivery(caller: Reader, delivery_id: UUID) -> DeliveryDetailOut:
    """One delivery: what was said, and every attempt."""
    return await caller.read(_detail, delivery_id)


@router.post("/{delivery_id}/send-again")
async def send_delivery_again(
    caller: Annotated[Caller, requires("deliveries.retry")], delivery_id: UUID
) -> DeliveryDetailOut:
    """Give a failed delivery a fresh round of tries."""
    await caller.write(send_again, delivery_id)
    return await caller.read(_detail, delivery_id)


def _listed(tx: ReadTx, wanted: DeliveryFilter) -> tuple[list[Delivery], dict[UUID, Entry]]:
    found = deliveries(tx, wanted)
    return found, _causes(tx, found)


def _detail(tx: ReadTx, delivery_id: UUID) -> DeliveryDetailOut:
    one = delivery(tx, delivery_id)
    return DeliveryDetailOut.told(one, _causes(tx, [one]), attempts_of(tx, delivery_id))


def _causes(tx: ReadTx, found: Iterable[Delivery]) -> dict[UUID, Entry]:
    return entries_by_id(tx, {one.cause for one in found if one.cause})
