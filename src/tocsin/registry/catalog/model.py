"""What a service is, and what a draft of one or a change to one may say."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any, Final

from tocsin.kernel.facts import Visibility


class Category(StrEnum):
    """The ten shelves of the catalog."""

    IDENTITY = "identity"
    PRODUCTIVITY = "productivity"
    COLLABORATION = "collaboration"
    ENGINEERING = "engineering"
    HR = "hr"
    FINANCE = "finance"
    SALES = "sales"
    MARKETING = "marketing"
    NETWORKING = "networking"
    SUPPORT = "support"


class ManagedBy(StrEnum):
    """Who may change a service: the registry file, or people in console and API."""

    FILE = "file"
    PEOPLE = "people"


class Unchanged(Enum):
    """Marks a field that a change leaves alone, because None is a value of its own."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """A whole service as somebody wants it; `source` is checked by the port, unread here."""

    id: str
    name: str
    category: Category
    source: Mapping[str, Any]
    tier: int = 2
    visibility: Visibility = Visibility.PUBLIC
    owner_team: str | None = None
    description: str | None = None
    dependencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """The fields that somebody wants different."""

    name: str | Unchanged = UNCHANGED
    category: Category | Unchanged = UNCHANGED
    source: Mapping[str, Any] | Unchanged = UNCHANGED
    tier: int | Unchanged = UNCHANGED
    visibility: Visibility | Unchanged = UNCHANGED
    owner_team: str | Unchanged | None = UNCHANGED
    description: str | Unchanged | None = UNCHANGED
    dependencies: tuple[str, ...] | Unchanged = UNCHANGED

    def given(self) -> dict[str, Any]:
        """The fields that are given, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not UNCHANGED}


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the catalog; archived ones are hidden and keep their id.

    `dependencies` names services that are in the catalog now, sorted. `source` is the service's
    first source as `signals` reads it.
    """

    id: str
    name: str
    category: Category
    tier: int
    visibility: Visibility
    owner_team: str | None
    description: str | None
    source: Mapping[str, Any]
    dependencies: tuple[str, ...]
    managed_by: ManagedBy
    version: int
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Whether strangers may know that it exists."""
        return self.visibility is Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load of the registry file did, as service ids."""

    declared: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    archived: tuple[str, ...] = ()
    unchanged: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.declared + other.declared,
            self.edited + other.edited,
            self.archived + other.archived,
            self.unchanged + other.unchanged,
        )

    @property
    def changed_anything(self) -> bool:
        return bool(self.declared or self.edited or self.archived)


@dataclass(frozen=True, slots=True)
class LineError:
    """One mistake: where it is (lines count from 1), in which field, and what was expected."""

    file: str
    line: int
    field: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}"
        return (
            f"{place}, {self.field}: {self.expected}" if self.field else f"{place}: {self.expected}"
        )


@dataclass(frozen=True, slots=True)
class RegistryReading:
    """How the registry file was when it was read last; with mistakes it was refused as a whole."""

    file: str
    read_at: datetime
    mistakes: tuple[LineError, ...] = ()
