"""Sealing what was stored plainly: an older version did not know it for a secret.

Runs once after each start, a portion of the sources at a time. What a source does is the same
before and after; so it stays at its version, is not asked anew, and forgets nothing.
"""

from uuid import UUID

from tocsin.detection.signals import events, queries, store
from tocsin.detection.signals.model import Source
from tocsin.kernel.errors import Invalid
from tocsin.platform.agenda import Item, VerbJob
from tocsin.platform.database import Lane, Tx
from tocsin.registry import catalog

from .room import Signals

SEAL = "signals.seal_secrets"
_PORTION = 50


def seal_at_start(tx: Tx) -> None:
    """Have the sources looked through."""
    tx.schedule(SEAL, "sources", lane=Lane.BULK)


def seal_job(room: Signals) -> VerbJob:
    """Look through a portion of the sources whose kinds keep secrets, and come back for more."""

    def seal(tx: Tx, item: Item) -> None:
        after = UUID(item.payload["after"]) if "after" in item.payload else None
        found = queries.sources_of_kinds(tx, room.kinds.keep_secrets, after, _PORTION)
        for source in found:
            _seal(tx, room, source)
        if len(found) == _PORTION:
            payload = {"after": found[-1].id.hex}
            tx.schedule(SEAL, "sources", payload=payload, lane=Lane.BULK)

    return VerbJob(SEAL, seal)


def _seal(tx: Tx, room: Signals, source: Source) -> None:
    """Seal a source's secrets in both rows that hold them; one that cannot be read says so itself
    when it is asked."""
    try:
        config = room.kinds.check(source.config)
    except Invalid:
        return
    if config == source.config:
        return
    held = next(
        (one for one in store.hold_sources(tx, source.service_id) if one.id == source.id), None
    )
    if held is None or held.config != source.config:
        return
    store.keep_sealed(tx, source, config)
    if source.declared:
        catalog.keep_sealed_source(tx, source.service_id, source.config, config)
    tx.record(events.secrets_sealed(source))
