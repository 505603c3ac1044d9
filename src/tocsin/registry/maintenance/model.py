"""What a maintenance window is, and what a draft of one or a change to one may say."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Any, Final
from uuid import UUID

from tocsin.kernel.facts import Actor

LONGEST_WINDOW = timedelta(days=90)
MOST_SERVICES = 500
MOST_VENDOR_WINDOWS = 100
"""Of one source; those that begin first are kept."""


class WindowState(StrEnum):
    """Where a window stands."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class WindowVerb(StrEnum):
    """What can be done to a window; time itself begins and ends it."""

    BEGIN = "begin"
    END = "end"
    COMPLETE = "complete"
    CANCEL = "cancel"
    EDIT = "edit"


class WindowSource(StrEnum):
    """Whose window it is."""

    OWN = "own"
    VENDOR = "vendor"


class Filter(StrEnum):
    """Which windows a list shows."""

    UPCOMING = "upcoming"
    ACTIVE = "active"
    PAST = "past"
    ALL = "all"


class Unchanged(Enum):
    """Marks a field that a change leaves alone, because None is a value of its own."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How a window repeats: an RFC 5545 RRULE, and the IANA zone whose wall clock it keeps to."""

    rule: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Series:
    """The repeating windows that one belongs to.

    `starts_at` and `ends_at` are the first one's, from which the rule counts; `planned_at` is
    when the rule wants this one to start, wherever people moved it since.
    """

    id: UUID
    recurrence: Recurrence
    starts_at: datetime
    ends_at: datetime
    planned_at: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """A span `[starts_at, ends_at)` in which work is done on services.

    `ends_at` is the planned end, and the real one of a window that is over; a vendor may leave it
    open. `began_at` is when it really began. `source_key` and `vendor_id` name a vendor's window.
    """

    id: UUID
    title: str
    description: str | None
    starts_at: datetime
    ends_at: datetime | None
    state: WindowState
    source: WindowSource
    affected_services: tuple[str, ...]
    series: Series | None
    began_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    source_key: str | None = None
    vendor_id: str | None = None

    @property
    def is_over(self) -> bool:
        return self.state in (WindowState.COMPLETED, WindowState.CANCELLED)

    @property
    def recurrence(self) -> Recurrence | None:
        return self.series.recurrence if self.series else None


@dataclass(frozen=True, slots=True)
class WindowDraft:
    """A window as somebody wants it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    affected_services: tuple[str, ...]
    description: str | None = None
    recurrence: Recurrence | None = None


@dataclass(frozen=True, slots=True)
class WindowChange:
    """The fields that somebody wants different."""

    title: str | Unchanged = UNCHANGED
    description: str | Unchanged | None = UNCHANGED
    starts_at: datetime | Unchanged = UNCHANGED
    ends_at: datetime | Unchanged = UNCHANGED
    affected_services: tuple[str, ...] | Unchanged = UNCHANGED
    recurrence: Recurrence | Unchanged | None = UNCHANGED

    def given(self) -> dict[str, Any]:
        """The fields that are given, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not UNCHANGED}


@dataclass(frozen=True, slots=True)
class VendorWindow:
    """A window as a vendor announces it; a vendor may leave out its times."""

    id: str
    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    in_progress: bool


@dataclass(frozen=True, slots=True)
class WindowUpdate:
    """What somebody wrote about a window, for people inside."""

    id: UUID
    at: datetime
    author: Actor
    message: str


@dataclass(frozen=True, slots=True)
class VendorChange:
    """What a vendor's announcements changed: how many windows came, changed and went."""

    added: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        return {"added": self.added, "changed": self.changed, "gone": self.gone}
