"""Any JSON: a query finds values, a mapping says what they mean, and nothing found is no answer."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from tocsin.adapters.feeds.json_query import JsonKind, JsonSource
from tocsin.detection.signals.ports import PollFailure, PollFailureKind, Reading, spec_of
from tocsin.kernel.status import Status

KIND = JsonKind()
MAPPING = {"ok": "operational", "slow": "degraded", "3": "major_outage", "true": "operational"}
DOCUMENT = {
    "state": "SLOW",
    "code": 3,
    "well": True,
    "parts": [{"name": "A", "s": "ok"}, {"name": "B", "s": "slow"}, {"name": "C", "s": "new"}],
    "by_name": {"A": "ok", "B": 3.0},
    "empty": [],
}


def fields(query: str, **more: Any) -> JsonSource:
    given = {"url": "https://a.example/health?x=1", "query": query, "mapping": MAPPING}
    return JsonSource.model_validate(given | more)


def read(query: str, **more: Any) -> Reading | PollFailure:
    return KIND.parse(json.dumps(DOCUMENT).encode(), spec_of(fields(query, **more)))


def read_from(document: object, query: str, **more: Any) -> Reading:
    reading = KIND.parse(json.dumps(document).encode(), spec_of(fields(query, **more)))
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("state", Status.DEGRADED),
        ("code", Status.MAJOR_OUTAGE),
        ("well", Status.OPERATIONAL),
        ("parts[2].s", Status.UNKNOWN),
        ("parts[].s", Status.DEGRADED),
        ("parts[?s=='ok'].s", Status.OPERATIONAL),
        ("by_name", Status.MAJOR_OUTAGE),
    ],
)
def test_values_are_compared_as_text(query: str, status: Status) -> None:
    reading = read(query)
    assert isinstance(reading, Reading), reading
    assert reading.status is status


def test_a_lists_values_have_names_of_their_own() -> None:
    reading = read("parts[].s", name_query="parts[].name", components=["A"])
    assert isinstance(reading, Reading)
    assert [(one.name, one.status) for one in reading.components] == [("A", Status.OPERATIONAL)]
    everything = read("by_name")
    assert isinstance(everything, Reading)
    assert [one.id for one in everything.components] == ["A", "B"]


def test_a_value_may_mean_maintenance() -> None:
    reading = read("state", mapping={"slow": "maintenance"})
    assert isinstance(reading, Reading)
    assert (reading.status, reading.maintenance) == (Status.OPERATIONAL, True)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("nowhere", "the query finds nothing"),
        ("empty", "the query finds an empty list"),
        ("parts", "lists or objects where values should be"),
        ("length(state, state)", "the query fails"),
        ("sum(parts)", "the query fails"),
    ],
)
def test_what_finds_no_value_is_a_failed_poll(query: str, sentence: str) -> None:
    failure = read(query)
    assert isinstance(failure, PollFailure)
    assert failure.kind is PollFailureKind.SCHEMA
    assert sentence in failure.sentence


def test_names_and_values_must_be_as_many() -> None:
    failure = read("parts[].s", name_query="parts[?s=='ok'].name")
    assert isinstance(failure, PollFailure)
    assert "not as many names" in failure.sentence


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("query", "parts[", "no JMESPath expression"),
        ("query", "", "at least 1 character"),
        ("name_query", "&&", "no JMESPath expression"),
        ("query", "[@,@][]|[@,@][]|[@,@][]|[@,@][]|[@,@][]|[@,@][]|[@,@][]", "may copy its input"),
        ("mapping", {}, "at least 1 item"),
        ("mapping", {"ok": "fine"}, "operational"),
        ("mapping", {"OK": "operational", "ok": "degraded"}, "upper and lower case"),
        ("url", "ftp://a.example", "address"),
    ],
)
def test_a_mistake_is_told_with_its_field_when_it_is_saved(
    field: str, value: object, message: str
) -> None:
    with pytest.raises(ValidationError, match=message) as caught:
        JsonSource.model_validate(
            {"url": "https://a.example", "query": "state", "mapping": MAPPING, field: value}
        )
    assert caught.value.errors()[0]["loc"][0] == field


def test_the_address_is_kept_whole() -> None:
    assert fields("state").url == "https://a.example/health?x=1"


SERVICES = [
    {"name": "A", "state": "ok", "zones": [{"s": "ok"}, {"s": "ok"}]},
    {"name": "B", "state": "ok", "zones": [{"s": "ok"}]},
]


@pytest.mark.parametrize(
    "query",
    [
        "[].state",
        "[*].state",
        "[?name != 'Z'].state",
        "[].zones[].s",
        "[*].zones[*].s[]",
        "[*].zones[*].s | []",
        "[].[state][]",
        "{a: [0].state, b: [1].state}",
    ],
)
@pytest.mark.parametrize("gone", [{"state": None, "zones": None}, {}])
def test_a_value_that_is_not_there_any_more_is_never_green(
    query: str, gone: dict[str, Any]
) -> None:
    before = read_from(SERVICES, query)
    assert (before.status, before.missing) == (Status.OPERATIONAL, ())
    after = read_from([SERVICES[0], {"name": "B"} | gone], query)
    assert after.status is Status.UNKNOWN
    [drift] = after.missing
    assert drift.sentence == f"“{drift.name}” is listed without a state."
    assert after.detail == f"{drift.name}: listed without a state"


def test_values_keep_their_names_when_one_before_them_is_gone() -> None:
    services = [{"name": "A"}, {"name": "B", "state": "slow"}, {"state": "ok"}]
    reading = read_from(services, "[].state", name_query="[].name")
    told = [(one.name, one.status) for one in reading.components]
    assert told == [("A", Status.UNKNOWN), ("B", Status.DEGRADED), ("3", Status.OPERATIONAL)]
    assert reading.status is Status.DEGRADED


def test_a_watched_value_that_is_gone_is_told_by_its_name() -> None:
    watching = {"name_query": "[].name", "components": ["B"]}
    unsaid = read_from([SERVICES[0], {"name": "B"}], "[].state", **watching)
    assert [drift.sentence for drift in unsaid.missing] == ["“B” is listed without a state."]
    gone = read_from(SERVICES[:1], "[].state", **watching)
    assert [drift.sentence for drift in gone.missing] == ["“B” is no longer listed by the source."]
    assert (unsaid.status, gone.status) == (Status.UNKNOWN, Status.UNKNOWN)


def test_a_word_that_the_mapping_does_not_know_is_told() -> None:
    reading = read_from({"state": "bananas"}, "state")
    assert reading.status is Status.UNKNOWN
    assert [drift.sentence for drift in reading.missing] == [
        "“The whole page” is listed with the state “bananas”, which says nothing to us."
    ]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("length([].error) == `1`", Status.OPERATIONAL),
        ("[].error | length(@) == `1`", Status.OPERATIONAL),
        ("[].error | [0]", Status.DEGRADED),
        ("[].not_null(state, 'ok')", Status.OPERATIONAL),
        ("[?state].state", Status.OPERATIONAL),
    ],
)
def test_gaps_that_the_author_counts_on_stay_gaps(query: str, status: Status) -> None:
    services = [{"name": "A", "state": "ok"}, {"name": "B", "error": "slow"}]
    assert read_from(services, query).status is status


def test_a_null_may_be_given_a_meaning() -> None:
    reading = read_from([{"error": None}, {}], "[].error", mapping={"null": "operational"})
    assert (reading.status, reading.missing) == (Status.OPERATIONAL, ())
