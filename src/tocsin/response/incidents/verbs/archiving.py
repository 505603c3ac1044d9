"""Archive: hide an incident, keep its id and its record."""

from dataclasses import replace
from uuid import UUID

from tocsin.platform.database import Tx
from tocsin.response.incidents import events, rules, store
from tocsin.response.incidents.verbs.work import CLOSE, begin


def archive(tx: Tx, ref: str | UUID, expected_version: int | None = None) -> None:
    """Hide an incident everywhere, on status pages too; raises NotFound and LostRace."""
    found = begin(tx, ref, expected_version).before
    hidden = rules.touch(replace(found, archived_at=tx.now), tx.actor, tx.now)
    store.save(tx, found, hidden)
    tx.cancel(CLOSE, found.id.hex)
    tx.record(events.fact(events.ARCHIVED, found.id))
