"""The auditor: looks at the rows and says what should have happened and did not.

It shares no code with the agenda or the senders, so that it does not share their mistakes. It runs
on boot, hourly, by `tocsin audit`, and as the oracle of the crash tests.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from tocsin.platform.database import ReadTx

GRACE = timedelta(minutes=2)
LOOK_BACK = timedelta(days=2)
_MOST = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be: which check, about what, in words."""

    check: str
    subject: str
    sentence: str


def audit(tx: ReadTx) -> list[Finding]:
    """All findings about the caller's tenant, at most a hundred per check."""
    return [finding for check in CHECKS for finding in check(tx)]


def late_work(tx: ReadTx) -> Iterator[Finding]:
    """Work that is due and that nobody does."""
    rows = _rows(
        tx,
        "SELECT kind, key, ready_at FROM agenda_items WHERE tenant_id = :tenant"
        " AND died_at IS NULL AND leased_until IS NULL AND ready_at < :late ORDER BY ready_at LIMIT 100",
        late=tx.now - GRACE,
    )
    for row in rows:
        yield Finding("late_work", f"{row[0]}:{row[1]}", f"{row[0]} is overdue.")


def dead_work(tx: ReadTx) -> Iterator[Finding]:
    """Work that failed for good."""
    rows = _rows(
        tx,
        "SELECT kind, key, last_error FROM agenda_items WHERE tenant_id = :tenant"
        " AND died_at IS NOT NULL ORDER BY died_at DESC LIMIT 100",
    )
    for row in rows:
        yield Finding("dead_work", f"{row[0]}:{row[1]}", f"{row[0]} failed for good: {row[2]}")


def late_deliveries(tx: ReadTx) -> Iterator[Finding]:
    """Messages that could leave and did not."""
    rows = _rows(
        tx,
        "SELECT id, channel FROM deliveries WHERE tenant_id = :tenant AND state = 'pending'"
        " AND ready_at < :late LIMIT 100",
        late=tx.now - GRACE,
    )
    for row in rows:
        yield Finding("late_delivery", _hex(row[0]), f"A message by {row[1]} is overdue.")


def missing_deliveries(tx: ReadTx) -> Iterator[Finding]:
    """Public updates that did not reach the ledger for everybody who followed the page then."""
    rows = _rows(
        tx,  # the joined pieces are our own words, values are bound
        """
        SELECT j.id, COUNT(s.id) FROM journal j
        JOIN status_pages p ON p.tenant_id = j.tenant_id AND p.archived_at IS NULL
        JOIN subscribers s ON s.tenant_id = p.tenant_id AND s.page_id = p.id
          AND s.state = 'active' AND s.confirmed_at <= j.recorded_at
        LEFT JOIN deliveries d ON d.tenant_id = j.tenant_id AND d.cause_id = j.id
          AND d.recipient_kind = 'subscriber' AND d.recipient_id = """
        + _id_as_text(tx, "s.id")
        + """
        WHERE j.tenant_id = :tenant AND j.kind = 'incident.update_published'
          AND NOT j.silent AND NOT j.drill
          AND j.recorded_at BETWEEN :since AND :late AND d.id IS NULL
          AND """
        + _names_page(tx)
        + " GROUP BY j.id LIMIT 100",
        since=tx.now - LOOK_BACK,
        late=tx.now - GRACE,
    )
    for row in rows:
        yield Finding(
            "missing_delivery", _hex(row[0]), f"{row[1]} subscribers were not told of an update."
        )


def stale_pages(tx: ReadTx) -> Iterator[Finding]:
    """Pages drawn before the newest public update about an incident they show."""
    rows = _rows(
        tx,
        """
        SELECT p.slug FROM status_pages p WHERE p.tenant_id = :tenant AND p.archived_at IS NULL
        AND EXISTS (SELECT 1 FROM journal j WHERE j.tenant_id = p.tenant_id
          AND j.kind = 'incident.update_published' AND j.recorded_at BETWEEN :since AND :late
          AND (p.rendered_at IS NULL OR j.recorded_at > p.rendered_at) AND """
        + _names_page(tx)
        + ") LIMIT 100",
        since=tx.now - LOOK_BACK,
        late=tx.now - GRACE,
    )
    for row in rows:
        yield Finding("stale_page", str(row[0]), f"The page {row[0]} is older than its facts.")


CHECKS: tuple[Callable[[ReadTx], Iterator[Finding]], ...] = (
    late_work,
    dead_work,
    late_deliveries,
    missing_deliveries,
    stale_pages,
)


def _rows(tx: ReadTx, sql: str, **instants: datetime) -> list[tuple[object, ...]]:
    values: dict[str, object] = {"tenant": tx.tenant if tx.is_postgres else tx.tenant.bytes}
    for name, instant in instants.items():
        values[name] = instant if tx.is_postgres else int(instant.timestamp() * 1_000_000)
    return [tuple(row) for row in tx.execute(text(sql), values)]


def _id_as_text(tx: ReadTx, column: str) -> str:
    return f"replace({column}::text, '-', '')" if tx.is_postgres else f"lower(hex({column}))"


def _names_page(tx: ReadTx) -> str:
    """Whether the update's payload names the page `p`."""
    if tx.is_postgres:
        return "j.payload -> 'pages' ? p.slug"
    return "EXISTS (SELECT 1 FROM json_each(j.payload, '$.pages') one WHERE one.value = p.slug)"


def _hex(value: object) -> str:
    return value.hex if isinstance(value, UUID) else bytes(value).hex()  # type: ignore[call-overload]  # SQLite's ids are bytes
