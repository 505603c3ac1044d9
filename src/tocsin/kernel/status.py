"""The five states a service can be in, and their one order."""

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """How well a service works: major, partial, degraded, unknown, operational, worst first."""

    OPERATIONAL = "operational"
    DEGRADED = "degraded"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """Badness: 0 for operational up to 4 for a major outage; sort descending for worst first."""
        return _RANKS[self]

    @property
    def words(self) -> str:
        """The status as people read it: "Partial outage"."""
        return _WORDS[self]

    @property
    def is_trouble(self) -> bool:
        """Whether the service is known to work badly; unknown is not trouble, it is no answer."""
        return self.rank >= _RANKS[Status.DEGRADED]

    def at_least(self, other: "Status") -> bool:
        """Whether this is `other` or worse."""
        return self.rank >= other.rank


_RANKS = {
    Status.OPERATIONAL: 0,
    Status.UNKNOWN: 1,
    Status.DEGRADED: 2,
    Status.PARTIAL_OUTAGE: 3,
    Status.MAJOR_OUTAGE: 4,
}

_WORDS = {
    Status.OPERATIONAL: "Operational",
    Status.DEGRADED: "Degraded",
    Status.PARTIAL_OUTAGE: "Partial outage",
    Status.MAJOR_OUTAGE: "Major outage",
    Status.UNKNOWN: "Unknown",
}

WORST_FIRST = tuple(sorted(Status, key=lambda status: -status.rank))


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of several statuses; of none at all, operational."""
    return max(statuses, key=lambda status: status.rank, default=Status.OPERATIONAL)
