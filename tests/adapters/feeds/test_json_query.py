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
    failure = read("parts[].s", name_query="parts[].nick")
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
