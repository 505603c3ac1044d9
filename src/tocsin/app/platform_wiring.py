"""The platform's own tables, which belong to no room, as `docs/data.md` tells of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from tocsin.app.findings import standing
from tocsin.kernel.facts import subject_of
from tocsin.platform.agenda import agenda_items
from tocsin.platform.database import ReadTx
from tocsin.platform.delivery import BODIES, CAUSES, orphaned_bodies, settled
from tocsin.platform.journal import REACT, journal
from tocsin.platform.retention import Keeper, Purge
from tocsin.platform.wiring import TableEntry, Wiring

_ALERTS, _OTHERS = "RETENTION_DAYS_ALERT_SENT_LOG", "RETENTION_DAYS_DELIVERIES"
_FACTS = "RETENTION_DAYS_JOURNAL"
_MESSAGES = f"of alerts {_ALERTS}, others {_OTHERS}"


def _standing_findings(tx: ReadTx, rows: Sequence[Row[Any]]) -> set[UUID]:
    """The audit reads in the journal what it found before: that stays until it is gone."""
    if not any(row.thread.startswith("audit:") for row in rows):
        return set()
    open_threads = {subject_of("audit", check) for check in standing(tx)}
    return {row.id for row in rows if row.thread in open_threads}


def _facts_to_react_to(tx: ReadTx, rows: Sequence[Row[Any]]) -> set[UUID]:
    """A reaction that still waits, or that failed for good and may be revived, reads its fact."""
    item = agenda_items.c
    waiting = select(item.key).where(
        item.tenant_id == tx.tenant,
        item.kind == REACT,
        item.planned_at <= max(row.recorded_at for row in rows),
    )
    return {UUID(key.rpartition(":")[2]) for key in tx.scalars(waiting)}


WIRING = Wiring(
    room="platform",
    tables=(
        TableEntry("journal", "who acted, no texts", f"{_FACTS}, longer while something needs it"),
        TableEntry("agenda_items", "who caused it", "until done", "no"),
        TableEntry("deliveries", "recipient and address", _MESSAGES),
        TableEntry("delivery_bodies", "text", "as long as a message names it"),
        TableEntry("delivery_attempts", "what the provider answered", "with the message"),
        TableEntry("delivery_endpoints", "whose endpoint it is", export="no"),
    ),
    purges=(
        settled("alert_deliveries", _ALERTS, "alert."),
        settled("deliveries", _OTHERS, "alert.", apart=True),
        orphaned_bodies(_ALERTS, _OTHERS),
        Purge("journal", journal, "recorded_at", (_FACTS,), also=("thread",)),
    ),
    keeps=(
        BODIES,
        CAUSES,
        Keeper("journal", _standing_findings),
        Keeper("journal", _facts_to_react_to),
    ),
)
