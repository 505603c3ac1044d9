"""What is purged, by which setting, and who may object."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Table

from tocsin.platform.database import ReadTx, Tx

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Purge:
    """Rows of one table that go when they are old: an index over (tenant, `at`, `key`) finds them.

    `settings` name variables with an age in days; the least of them that is not 0 rules, and where
    all are 0 nothing goes. Younger than `least_days` nothing goes either way; without `settings`
    that is the age itself. `which` picks among old rows, `within` narrows to what the index begins
    with; `also` names columns that keepers look at; `first` runs at the begin of each unit. Rows of
    other tables whose column is one of `children` name the row, and go with it.
    """

    name: str
    table: Table
    at: str
    settings: tuple[str, ...]
    key: str = "id"
    also: tuple[str, ...] = ()
    which: ColumnElement[bool] | None = field(default=None, compare=False)
    within: ColumnElement[bool] | None = field(default=None, compare=False)
    children: tuple[Column[Any], ...] = field(default=(), compare=False)
    at_once: int = AT_ONCE
    least_days: int = 0
    first: Callable[[Tx], None] = lambda _: None

    @property
    def kind(self) -> str:
        """The agenda's name for it."""
        return f"retention.{self.name}"

    def days(self, values: Mapping[str, int]) -> int:
        """The age that rules under these values of the settings; 0: never."""
        if not self.settings:
            return self.least_days
        asked = [values[name] for name in self.settings if values[name] > 0]
        return max(min(asked), self.least_days) if asked else 0


@dataclass(frozen=True, slots=True)
class Keeper:
    """A room's word about rows of another's table: the keys of those that it still needs."""

    table: str
    needed: Callable[[ReadTx, Sequence[Row[Any]]], set[Any]]
