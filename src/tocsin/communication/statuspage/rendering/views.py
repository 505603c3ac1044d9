"""What a public status page shows, as plain values: the rows become these, these become files.

Everything here may be read by strangers. Instants are aware UTC datetimes; days are calendar
days of the page's own time zone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tocsin.kernel.intervals import Day
from tocsin.kernel.segments import DOWN, Tally
from tocsin.kernel.status import Status

_PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class PublicPhase(StrEnum):
    """Where an incident's public story stands, in the order a reader expects."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """Whose page this is and how it speaks; all that notices and forms need to look at home.

    `base_url` is the page's absolute address without a trailing slash
    (`https://example.com/status/main`); `time_zone` is an IANA name, `language` a BCP 47 tag
    that falls back to English; `mail_offered` is false while no mail transport is configured.
    """

    slug: str
    name: str
    base_url: str
    time_zone: str = "UTC"
    language: str = "en"
    help_url: str | None = None
    mail_offered: bool = False


@dataclass(frozen=True, slots=True)
class DayView:
    """One calendar day of one component; `DayView.of` makes it from a line's tally.

    `worst` is the worst status anybody vouched for that day outside maintenance and lasted
    `worst_seconds`; it is None when nothing is known. `maintenance` says that a window touched
    the day; it is never an outage. `bad_seconds` count against uptime, `known_seconds` are those
    with an answer: unknown time and maintenance are in neither, today ends now, and a day of a
    clock change has 23 or 25 hours.
    """

    date: date
    worst: Status | None
    maintenance: bool = False
    bad_seconds: float = 0
    known_seconds: float = 0
    worst_seconds: float = 0

    @classmethod
    def of(cls, day: Day, tally: Tally, weights: Mapping[Status, float] = DOWN) -> "DayView":
        """The day as the kernel counted it; `weights` say how much of a second a state loses."""
        worst = tally.worst_known
        return cls(
            date=day.date,
            worst=worst,
            maintenance=bool(tally.maintenance),
            bad_seconds=tally.bad_seconds(weights),
            known_seconds=tally.known_seconds,
            worst_seconds=tally.spent[worst].total_seconds() if worst is not None else 0,
        )


@dataclass(frozen=True, slots=True)
class ComponentView:
    """One component: its state now and its days, oldest first and today last (usually 90)."""

    public_id: str
    name: str
    status: Status
    maintenance: bool = False
    days: tuple[DayView, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupView:
    """Components under one heading; a name of None is the group without a heading."""

    name: str | None
    components: tuple[ComponentView, ...]


@dataclass(frozen=True, slots=True)
class ImpactSpanView:
    """How one component was hit between two instants; `ended_at` None means it still is."""

    status: Status
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ImpactView:
    """One component in one incident: its spans, oldest first, at least one."""

    component_id: str
    name: str
    spans: tuple[ImpactSpanView, ...]


@dataclass(frozen=True, slots=True)
class PublicUpdateView:
    """One dated public message; `html` is sanitised already and is shown as it is."""

    public_id: str
    phase: PublicPhase
    html: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PublicIncidentView:
    """An incident as the public knows it, under its opaque id.

    `updates` are newest first and never empty, the silent ones included. `resolved_at` is None
    while the public face is open. `next_update_due` is a promise, shown only while open.
    """

    public_id: str
    title: str
    phase: PublicPhase
    started_at: datetime
    updates: tuple[PublicUpdateView, ...]
    impacts: tuple[ImpactView, ...] = ()
    resolved_at: datetime | None = None
    next_update_due: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse an id that could not be part of a path."""
        if not _PUBLIC_ID.fullmatch(self.public_id):
            raise ValueError("a public id is 1 to 64 letters, digits, hyphens or underscores")

    @property
    def is_open(self) -> bool:
        """Whether the public story still goes on."""
        return self.resolved_at is None


@dataclass(frozen=True, slots=True)
class MaintenanceView:
    """A planned or running window; `html` is sanitised already."""

    public_id: str
    title: str
    html: str
    starts_at: datetime
    ends_at: datetime
    component_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """One status page, complete: every file of its tree is a function of this and of `now`.

    `incidents` holds open and past ones in any order; `maintenance` only windows not yet over.
    """

    page: PageIdentity
    groups: tuple[GroupView, ...] = ()
    incidents: tuple[PublicIncidentView, ...] = ()
    maintenance: tuple[MaintenanceView, ...] = ()

    @property
    def components(self) -> tuple[ComponentView, ...]:
        """All components, in the order of the page."""
        return tuple(component for group in self.groups for component in group.components)


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """One file of the tree; `immutable` means its name carries its hash, cache it for ever."""

    body: bytes
    content_type: str
    immutable: bool = False
