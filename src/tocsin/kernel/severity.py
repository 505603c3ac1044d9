"""Severity: how bad something is technically, and how bad a status makes a service of a tier."""

from enum import StrEnum

from tocsin.kernel.status import Status


class Severity(StrEnum):
    """Technical badness of an alert or incident, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """Badness: 1 for low up to 4 for critical."""
        return _RANKS[self]


_RANKS = {Severity.LOW: 1, Severity.MEDIUM: 2, Severity.HIGH: 3, Severity.CRITICAL: 4}

_BY_TIER = {
    Status.MAJOR_OUTAGE: (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM),
    Status.PARTIAL_OUTAGE: (Severity.HIGH, Severity.MEDIUM, Severity.LOW),
    Status.DEGRADED: (Severity.MEDIUM, Severity.LOW, Severity.LOW),
}


def severity_of(tier: int, status: Status) -> Severity | None:
    """How severe a confirmed status is for a service of tier 1, 2 or 3; None if it is no trouble."""
    by_tier = _BY_TIER.get(status)
    return None if by_tier is None else by_tier[tier - 1]
