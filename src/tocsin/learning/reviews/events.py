"""What reviews record."""

from uuid import UUID

from tocsin.kernel.facts import Fact, subject_of

DRAFTED = "review.drafted"


def drafted(alert_id: UUID, service_id: str, name: str) -> Fact:
    """A post-mortem draft was written to a file of this name."""
    return Fact(DRAFTED, subject_of("alert", alert_id), {"service_id": service_id, "file": name})
