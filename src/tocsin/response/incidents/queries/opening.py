"""Which confirmed trouble opens an incident, as the tenant has set it."""

from collections.abc import Mapping

from sqlalchemy import select

from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.response.incidents.rules import DEFAULT_OPENING, OpeningRule, OpeningTable
from tocsin.response.incidents.tables import incident_opening_rules

_t = incident_opening_rules


def opening_rule(tx: ReadTx) -> OpeningRule:
    """The tenant's table, the default one where nobody has changed it."""
    row = tx.one_or_none(select(_t).where(_t.c.tenant_id == tx.tenant))
    if row is None:
        return OpeningRule(DEFAULT_OPENING)
    return OpeningRule(_table(row.severities), row.version, row.updated_at)


def plain(table: OpeningTable) -> dict[str, str]:
    """A table as it is stored and told: `{"1.major_outage": "critical"}`."""
    return {f"{tier}.{status}": severity.value for (tier, status), severity in table.items()}


def _table(stored: Mapping[str, str]) -> OpeningTable:
    parts = ((key.partition("."), severity) for key, severity in stored.items())
    return {
        (int(tier), Status(status)): Severity(severity) for (tier, _, status), severity in parts
    }
