"""Cursors are opaque, exact, and forged ones are refused."""

import base64
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tocsin.kernel.errors import Invalid
from tocsin.platform.web import encode_place, page_out
from tocsin.platform.web.paging import Cursor, read_cursor

AT = datetime(2026, 3, 3, 12, 0, 0, 123456, tzinfo=UTC)
ID = UUID("01900000-0000-7000-8000-00000000000a")


@pytest.mark.parametrize(
    ("place", "types"),
    [((AT, ID), (datetime, UUID)), (("Straße", "a"), (str, str)), ((7, ID), (int, UUID))],
)
def test_a_cursor_comes_back_as_it_went(place, types):
    assert read_cursor(cursor=encode_place(place)).after(*types) == place


def test_the_first_page_has_no_place():
    assert read_cursor().after(datetime, UUID) is None


def _packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "????",
        "ä",
        _packed([]),
        _packed({}),
        _packed(7),
        _packed([["t", "2026-03-03T12:00:00"], ["u", ID.hex]]),
        _packed([["t", "never"], ["u", ID.hex]]),
        _packed([["s", "text"], ["u", ID.hex]]),
        _packed([["t", AT.isoformat()], ["u", 7]]),
        _packed([["t", AT.isoformat()]]),
        _packed([["i", 2**70], ["u", ID.hex]]),
        _packed([["i", True], ["u", ID.hex]]),
        _packed([["s", "\0"], ["u", ID.hex]]),
        _packed([["q", 1], ["u", ID.hex]]),
        _packed([[1, 2, 3]]),
    ],
)
def test_a_forged_cursor_is_refused(cursor):
    with pytest.raises(Invalid, match="cursor"):
        read_cursor(cursor=cursor).after(datetime, UUID)


def test_the_last_page_has_no_next_cursor():
    page = page_out([1, 2], Cursor(2), str, lambda row: (row, ID))
    assert page.items == ["1", "2"]
    assert page.next_cursor is None


def test_one_row_more_than_fits_makes_a_next_cursor():
    page = page_out([1, 2, 3], Cursor(2), str, lambda row: (row, ID))
    assert page.items == ["1", "2"]
    assert page.next_cursor is not None
    assert read_cursor(cursor=page.next_cursor).after(int, UUID) == (2, ID)
