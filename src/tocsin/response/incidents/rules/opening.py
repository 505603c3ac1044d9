"""Whether confirmed trouble opens an incident, how severe it is, and why: ordered rules, then a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.registry.catalog import Category

OpeningTable = Mapping[tuple[int, Status], Severity]
"""Tier and confirmed status → severity of the incident to open; what is missing opens none."""

DEFAULT_OPENING: OpeningTable = {(1, Status.MAJOR_OUTAGE): Severity.CRITICAL}

MOST_RULES = 50


@dataclass(frozen=True, slots=True)
class Trouble:
    """Confirmed trouble of a service; `dependents` counts the services that depend on it directly,
    None where nobody counted."""

    status: Status
    tier: int
    dependents: int | None = None
    category: Category | None = None

    @property
    def words(self) -> str:
        """The trouble as reasons name it."""
        return f"{self.status.words} of a tier {self.tier} service"


@dataclass(frozen=True, slots=True)
class SeverityRule:
    """One row of the ordered rules: what it asks for, and the severity it gives; None opens none.

    No tiers, no categories, no number of dependents: any.
    """

    status_at_least: Status
    severity: Severity | None
    tiers: tuple[int, ...] = ()
    min_dependents: int | None = None
    categories: tuple[Category, ...] = ()

    def fits(self, trouble: Trouble) -> bool:
        """Whether everything that the rule asks for is so."""
        return (
            trouble.status.at_least(self.status_at_least)
            and (not self.tiers or trouble.tier in self.tiers)
            and (self.min_dependents is None or (trouble.dependents or 0) >= self.min_dependents)
            and (not self.categories or trouble.category in self.categories)
        )


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """A tenant's rules, asked in order, and the table for what none of them fits; version 0 is the
    one that nobody has changed yet."""

    table: OpeningTable
    version: int = 0
    updated_at: datetime | None = None
    rules: tuple[SeverityRule, ...] = ()

    @property
    def counts_dependents(self) -> bool:
        """Whether a rule has to know how many services depend on it."""
        return any(rule.min_dependents is not None for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a confirmed worsening opens an incident (`severity` None: it does not), and why.

    `rule` is the number of the ordered rule that decided, from 1; None: the table.
    """

    severity: Severity | None
    reason: str
    rule: int | None = None


def classify(trouble: Trouble, opening: OpeningRule) -> Opening:
    """The first rule that fits decides, else the table; what is no trouble opens nothing."""
    if trouble.status.is_trouble:
        for number, rule in enumerate(opening.rules, start=1):
            if rule.fits(trouble):
                return Opening(rule.severity, _because(number, rule, trouble), number)
    found = opening_for(trouble.tier, trouble.status, opening.table)
    if found.severity is None:
        return found
    said = trouble.words
    return Opening(found.severity, f"{found.severity}: table, {said[0].lower()}{said[1:]}")


def opening_for(tier: int, status: Status, table: OpeningTable = DEFAULT_OPENING) -> Opening:
    """Look a confirmed worsening up in the tenant's table."""
    severity = table.get((tier, status)) if status.is_trouble else None
    seen = Trouble(status, tier).words
    if severity is None:
        return Opening(None, f"{seen} opens no incident.")
    return Opening(severity, f"{seen} opens an incident of severity {severity}.")


def _because(number: int, rule: SeverityRule, trouble: Trouble) -> str:
    """`critical: rule 2, major outage of a tier 1 service with 12 dependents`."""
    said = trouble.words
    parts = [f"{rule.severity or 'no incident'}: rule {number}, {said[0].lower()}{said[1:]}"]
    if rule.min_dependents is not None:
        count = trouble.dependents or 0
        parts.append(f"with {count} dependent{'' if count == 1 else 's'}")
    if rule.categories and trouble.category is not None:
        parts.append(f"in {trouble.category}")
    return " ".join(parts)
