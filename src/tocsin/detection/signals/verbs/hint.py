"""Taking a hint that something changed: the page is asked at once, and believed instead."""

from datetime import datetime, timedelta

from tocsin.detection.signals import events, queries
from tocsin.detection.signals.model import Source
from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import SYSTEM, Actor, ActorKind
from tocsin.platform.database import Tx

ASK = "signals.ask"

HINT_GAP = timedelta(seconds=5)
"""Between two polls that hints bring about; hints that come in between share the second one."""

_PAGE = Actor(ActorKind.VISITOR, "statuspage")


def take_hint(tx: Tx, service_id: str, about: str) -> None:
    """Have the polled vendor pages of a service asked now; raises NotFound where it has none.

    The item is one of its own beside the regular poll, so that a hint is not lost while a poll is
    under way: that poll may have read the page before it changed.
    """
    found = queries.sources_of(tx, [service_id]).get(service_id, [])
    pages = [each for each in found if each.polled and not each.settles and each.stopped_at is None]
    if not pages:
        raise NotFound("There is no polled service of that id.")
    house = tx.acting(actor=SYSTEM)
    for page in pages:
        house.schedule(ASK, page.id.hex, _when(tx, page), {"source": page.id.hex})
    tx.acting(actor=_PAGE).record(events.webhook_received(service_id, about, len(pages)))


def _when(tx: Tx, page: Source) -> datetime:
    last = page.state.last_polled_at
    return tx.now if last is None else max(tx.now, last + HINT_GAP)
