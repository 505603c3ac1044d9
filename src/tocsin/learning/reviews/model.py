"""What a post-mortem draft is made of."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DraftSettings:
    """Whether recoveries write drafts, and the absolute directory they go to."""

    enabled: bool
    folder: Path


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Incident:
    """The incident that answered the alert."""

    reference: str
    title: str
    severity: str
    services: tuple[str, ...]
    resolution: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One episode of a service, from its begin to its recovery; all instants UTC, all texts plain.

    `reason` is why the alert was raised, `evidence` the measured values behind it; `dependents`
    are the names of services that rely on this one.
    """

    alert: str
    service_id: str
    service: str
    tier: int
    worst: str
    began_at: datetime
    raised_at: datetime
    ended_at: datetime
    acknowledged_at: datetime | None = None
    reason: str | None = None
    evidence: tuple[str, ...] = ()
    dependents: tuple[str, ...] = ()
    incident: Incident | None = None
    timeline: tuple[Moment, ...] = field(default=())

    @property
    def lasted(self) -> timedelta:
        """From the first sign to the recovery."""
        return self.ended_at - self.began_at

    @property
    def undetected(self) -> timedelta:
        """From the first sign to the alert."""
        return self.raised_at - self.began_at
