"""Cursor paging: an opaque cursor holds the sort key and id of the last row that was seen."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Query

from tocsin.kernel.errors import Invalid, invalid_field
from tocsin.platform.wire import Page

MOST_ITEMS = 200
ITEMS = 50

R = TypeVar("R")
T = TypeVar("T")
K = TypeVar("K")
I = TypeVar("I")  # noqa: E741 - the id beside its key


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins and how long it is; fetch `fetch` rows so that `page_out` sees the end."""

    limit: int = ITEMS
    place: tuple[Any, ...] | None = None

    @property
    def fetch(self) -> int:
        """One row more than the page shows."""
        return self.limit + 1

    def after(self, key: type[K], identifier: type[I]) -> tuple[K, I] | None:
        """The (sort key, id) of the last row already seen; a forged cursor raises Invalid."""
        if self.place is None:
            return None
        if len(self.place) != 2:
            raise _wrong_cursor()
        found_key, found_id = self.place
        if type(found_key) is not key or type(found_id) is not identifier:
            raise _wrong_cursor()
        return found_key, found_id


def read_cursor(
    limit: Annotated[int, Query(ge=1, le=MOST_ITEMS)] = ITEMS,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> Cursor:
    """Read `limit` and `cursor` from the query; raises Invalid for a cursor that we never gave."""
    return Cursor(limit, _decode(cursor) if cursor else None)


CursorParam = Annotated[Cursor, Depends(read_cursor)]


def page_out(
    rows: Sequence[R],
    cursor: Cursor,
    wire: Callable[[R], T],
    place: Callable[[R], tuple[Any, Any]],
) -> Page[T]:
    """Cut `cursor.fetch` rows to a page; `place` gives a row's (sort key, id)."""
    shown = rows[: cursor.limit]
    more = len(rows) > cursor.limit
    return Page(
        items=[wire(row) for row in shown],
        next_cursor=encode_place(place(shown[-1])) if more else None,
    )


def encode_place(place: tuple[Any, ...]) -> str:
    """Write the place of a row as an opaque cursor."""
    text = json.dumps([_pack(part) for part in place], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[Any, ...]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return tuple(_unpack(*packed) for packed in json.loads(text))
    except (binascii.Error, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _wrong_cursor() from error


def _pack(part: Any) -> list[Any]:
    if isinstance(part, datetime):
        return ["t", part.isoformat()]
    if isinstance(part, UUID):
        return ["u", part.hex]
    if isinstance(part, int):
        return ["i", part]
    return ["s", part]


def _unpack(kind: str, value: Any) -> Any:
    return _READ[kind](value)


def _read_instant(value: str) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError("no zone")
    return instant


def _read_int(value: Any) -> int:
    if type(value) is not int or abs(value) >= 2**63:
        raise ValueError("no integer")
    return value


def _read_text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("no text")
    value.encode()
    return value


_READ: dict[str, Callable[[Any], Any]] = {
    "t": lambda value: _read_instant(_read_text(value)),
    "u": lambda value: UUID(_read_text(value)),
    "i": _read_int,
    "s": _read_text,
}


def _wrong_cursor() -> Invalid:
    return invalid_field("cursor", "is not one that this list gave")
