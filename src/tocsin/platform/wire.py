"""Wire models: what programs may send and get, strict on the way in, UTC on the way out."""

import math
import re
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    model_validator,
)

T = TypeVar("T")

_MOST = 2**53 - 1  # integers every JSON reader understands exactly (RFC 8259, section 6)


_A_DATE_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written_out(value: Any) -> Any:
    """Refuse the Unix seconds that pydantic takes for an instant, as number or as text."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _A_DATE_FIRST.match(value):
        raise ValueError("write an ISO 8601 instant with its offset, such as 2026-03-03T14:00:00Z")
    return value


def _in_utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("lies outside the years 1 to 9999 in UTC") from error


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_utc)]
"""An instant on the wire: any offset comes in, none is refused, UTC with `Z` goes out."""


def _has_bare_datetime(annotation: Any) -> bool:
    if annotation is datetime:
        return True
    return any(_has_bare_datetime(part) for part in get_args(annotation))


class WireModel(BaseModel):
    """The base of everything on the wire: unknown fields, NUL characters, lone surrogates, integers
    beyond 2⁵³ − 1 and non-finite numbers are refused; instants are `Moment`, never bare datetimes."""

    model_config = ConfigDict(
        extra="forbid",
        allow_inf_nan=False,
        from_attributes=True,
        json_schema_serialization_defaults_required=True,  # answers carry every field
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        for name, field in cls.model_fields.items():
            if _has_bare_datetime(field.annotation):
                raise TypeError(f"{cls.__name__}.{name}: use Moment, a datetime may lack its zone")

    @model_validator(mode="before")
    @classmethod
    def _refuse_what_no_database_stores(cls, data: Any) -> Any:
        if isinstance(data, dict):
            refuse_unstorable(data)
        return data


class Page(WireModel, Generic[T]):
    """A list's answer; `next_cursor` is null on the last page."""

    items: list[T]
    next_cursor: str | None = None


def refuse_unstorable(data: Any) -> None:
    """Raise ValueError for text or numbers that no database or JSON reader takes as they are."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.keys()
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            _refuse_text(value)
        elif isinstance(value, int | float):
            _refuse_number(value)


def _refuse_text(text: str) -> None:
    if text.isascii():
        if "\0" in text:
            raise ValueError("text must not contain the NUL character")
        return
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("text must be Unicode without NUL characters and lone surrogates")


def _refuse_number(number: float) -> None:
    if not math.isfinite(number):
        raise ValueError("numbers must be finite")
    if isinstance(number, int) and not -_MOST <= number <= _MOST:
        raise ValueError("integers must lie between -(2^53 - 1) and 2^53 - 1")
