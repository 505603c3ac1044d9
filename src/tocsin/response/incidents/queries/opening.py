"""Which confirmed trouble opens an incident, as the tenant has set it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.registry.catalog import Category
from tocsin.response.incidents.rules import (
    DEFAULT_OPENING,
    OpeningRule,
    OpeningTable,
    SeverityRule,
)
from tocsin.response.incidents.tables import incident_opening_rules

_t = incident_opening_rules


def opening_rule(tx: ReadTx) -> OpeningRule:
    """The tenant's table, the default one where nobody has changed it."""
    row = tx.one_or_none(select(_t).where(_t.c.tenant_id == tx.tenant))
    if row is None:
        return OpeningRule(DEFAULT_OPENING)
    ordered = tuple(_rule(kept) for kept in row.rules or ())
    return OpeningRule(_table(row.severities), row.version, row.updated_at, ordered)


def plain_rules(rules: Iterable[SeverityRule]) -> list[dict[str, Any]]:
    """Ordered rules as they are stored and told."""
    return [
        {
            "status_at_least": rule.status_at_least.value,
            "severity": rule.severity.value if rule.severity else None,
            "tiers": list(rule.tiers),
            "min_dependents": rule.min_dependents,
            "categories": [category.value for category in rule.categories],
        }
        for rule in rules
    ]


def _rule(stored: Mapping[str, Any]) -> SeverityRule:
    return SeverityRule(
        Status(stored["status_at_least"]),
        Severity(stored["severity"]) if stored["severity"] else None,
        tuple(stored["tiers"]),
        stored["min_dependents"],
        tuple(Category(category) for category in stored["categories"]),
    )


def plain(table: OpeningTable) -> dict[str, str]:
    """A table as it is stored and told: `{"1.major_outage": "critical"}`."""
    return {f"{tier}.{status}": severity.value for (tier, status), severity in table.items()}


def _table(stored: Mapping[str, str]) -> OpeningTable:
    parts = ((key.partition("."), severity) for key, severity in stored.items())
    return {
        (int(tier), Status(status)): Severity(severity) for (tier, _, status), severity in parts
    }
