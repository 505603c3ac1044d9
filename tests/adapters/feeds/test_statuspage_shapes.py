"""Statuspage answers of other shapes than expected: read as far as they are safe, else refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.feeds.pages import component, incident, summary
from tocsin.adapters.feeds.statuspage import parse
from tocsin.detection.signals.ports import (
    PollFailure,
    PollFailureKind,
    Reading,
    SourceSpec,
)
from tocsin.kernel.status import Status


def read(payload: dict[str, Any], *components: str, **known: str) -> Reading:
    spec = SourceSpec("statuspage", components=components, known_names=known)
    reading = parse(payload, spec)
    assert isinstance(reading, Reading)
    return reading


def test_null_lists_are_empty_lists() -> None:
    page = summary([component("api")], None, None)
    assert read(page).status is Status.OPERATIONAL
    page["incidents"] = [incident("i", "minor", components=None)]
    assert read(page, "api").status is Status.DEGRADED
    del page["scheduled_maintenances"], page["page"], page["status"]
    assert read(page, "api").status is Status.DEGRADED


@pytest.mark.parametrize("missing", ["components", "incidents"])
def test_a_page_without_its_lists_has_an_unknown_shape(missing: str) -> None:
    page = summary([component("api")], [])
    del page[missing]
    outcome = parse(page, SourceSpec("statuspage"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.SCHEMA
    assert f"“{missing}” is missing" in outcome.sentence


@pytest.mark.parametrize(
    "page",
    [
        [],
        "up",
        None,
        7,
        summary([component("api")]) | {"components": {}},
        summary([component("api")]) | {"components": ["api"]},
        summary([component("api")]) | {"incidents": "none"},
        summary([component("api")]) | {"incidents": [1]},
        summary([{"status": "operational"}]),
        summary([component("api")] * 5001),
    ],
)
def test_another_shape_is_a_failure(page: Any) -> None:
    outcome = parse(page, SourceSpec("statuspage"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.SCHEMA


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", PollFailureKind.EMPTY),
        (b" \r\n\t", PollFailureKind.EMPTY),
        (b"\0\0\0", PollFailureKind.EMPTY),
        (b"\xef\xbb\xbf", PollFailureKind.EMPTY),
        (b"<!doctype html><title>Sign in</title>", PollFailureKind.HTML),
        (b'\n <?xml version="1.0"?><rss/>', PollFailureKind.HTML),
        (b'{"components": [', PollFailureKind.NOT_JSON),
        (bytes(range(256)), PollFailureKind.NOT_JSON),
        (b"[" * 200_000, PollFailureKind.NOT_JSON),
        (b"9" * 10_000, PollFailureKind.NOT_JSON),
    ],
)
def test_a_body_that_is_no_json_is_named(body: bytes, kind: PollFailureKind) -> None:
    outcome = parse(body, SourceSpec("statuspage"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is kind


def test_json_with_a_byte_order_mark_is_read() -> None:
    body = b"\xef\xbb\xbf" + json.dumps(summary([component("api")])).encode()
    outcome = parse(body, SourceSpec("statuspage"))
    assert isinstance(outcome, Reading)


def test_texts_are_cleaned_before_anybody_stores_them() -> None:
    name = "  Two\r\nlines\0 \ud800 and   more  "
    page = summary([component("api", name=name)], [incident("i", "minor", name="x" * 5000)])
    reading = read(page)
    assert reading.components[0].name == "Two lines and more"
    assert len(reading.incidents[0].name) == 300


WORDS = st.sampled_from(
    ["operational", "major_outage", "under_maintenance", "critical", "minor", "resolved", "api"]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS
KEYS = st.sampled_from(
    [
        "page",
        "components",
        "incidents",
        "scheduled_maintenances",
        "status",
        "id",
        "name",
        "group",
        "group_id",
        "impact",
        "indicator",
        "shortlink",
        "started_at",
        "scheduled_for",
    ]
)
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(), inner),
    max_leaves=30,
)
ENTRIES = st.lists(st.dictionaries(KEYS, ANY_JSON, max_size=8) | ANY_JSON, max_size=4)
LIKE_A_PAGE = st.fixed_dictionaries(
    {"components": ENTRIES | st.none(), "incidents": ENTRIES | st.none()},
    optional={"scheduled_maintenances": ENTRIES, "status": ANY_JSON, "page": ANY_JSON},
)
WATCHING = st.lists(st.text(min_size=1) | WORDS, max_size=3).map(tuple)


@given(ANY_JSON | LIKE_A_PAGE, WATCHING)
def test_any_json_is_a_reading_or_a_failure_and_storable(
    payload: Any, watching: tuple[str, ...]
) -> None:
    outcome = parse(payload, SourceSpec("statuspage", components=watching))
    if isinstance(outcome, PollFailure):
        assert outcome.kind is PollFailureKind.SCHEMA
        return
    assert len(outcome.signature) == 32
    names = [one.name for one in outcome.incidents] + [outcome.detail]
    assert all("\0" not in name and name.encode() for name in names)
    if not outcome.components and watching:
        raise AssertionError("a watched component disappeared without a trace")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_reading_or_a_failure(body: bytes) -> None:
    assert isinstance(parse(body, SourceSpec("statuspage")), Reading | PollFailure)


@given(LIKE_A_PAGE)
def test_no_page_is_greener_for_watching_a_part_of_it_that_is_not_there(
    payload: dict[str, Any],
) -> None:
    spec = SourceSpec("statuspage", components=("certainly not on any page",))
    outcome = parse(payload, spec)
    if isinstance(outcome, Reading):
        assert outcome.status is not Status.OPERATIONAL
        assert outcome.missing[0].vanished
