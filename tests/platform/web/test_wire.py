"""Wire models let in what every database and reader understands, and nothing else."""

import json
from datetime import UTC, datetime

import pytest
from pydantic import Field, ValidationError

from tocsin.platform.wire import Moment, WireModel


class Note(WireModel):
    text: str = ""
    at: Moment | None = None
    count: int = 0
    weight: float = 0.0
    extra: dict[str, object] = Field(default_factory=dict)
    lines: tuple[str, ...] = ()


def test_instants_come_in_with_any_offset_and_go_out_in_utc():
    note = Note.model_validate({"at": "2026-03-03T14:00:00+02:00"})
    assert note.at == datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert json.loads(note.model_dump_json())["at"] == "2026-03-03T12:00:00Z"


def test_an_instant_without_an_offset_is_refused():
    with pytest.raises(ValidationError, match="timezone"):
        Note.model_validate({"at": "2026-03-03T14:00:00"})


@pytest.mark.parametrize("instant", [5, 5.5, True, "1772546400", "5", "", "now"])
def test_an_instant_that_is_not_written_out_is_refused(instant: object):
    with pytest.raises(ValidationError, match="ISO 8601"):
        Note.model_validate({"at": instant})


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_an_instant_that_falls_off_the_calendar_in_utc_is_refused(instant: str):
    with pytest.raises(ValidationError, match="outside the years"):
        Note.model_validate({"at": instant})


def test_a_bare_datetime_is_a_programming_error():
    with pytest.raises(TypeError, match="use Moment"):

        class Loose(WireModel):
            at: datetime | None = None


@pytest.mark.parametrize(
    "body",
    [
        {"colour": "red"},
        {"text": "nul \0"},
        {"text": "half \ud800"},
        {"extra": {"deep": [{"er": "\0"}]}},
        {"extra": {"\0": 1}},
        {"lines": ["fine", "\udfff"]},
        {"count": 2**53},
        {"count": -(2**53)},
        {"extra": {"n": 10**30}},
        {"weight": float("nan")},
        {"extra": {"n": float("inf")}},
    ],
)
def test_what_no_database_stores_is_refused(body):
    with pytest.raises(ValidationError):
        Note.model_validate(body)


@pytest.mark.parametrize("text", ["plain", "Straße 鐘 🔔", "line\nbreak\ttab", "e\u0301"])
def test_all_other_text_is_fine(text):
    assert Note.model_validate({"text": text}).text == text


def test_deep_nesting_is_no_trouble():
    deep: object = "end"
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises((ValidationError, RecursionError)):
        Note.model_validate({"text": deep})
