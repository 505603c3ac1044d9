"""Whatever a stranger sends, every kind of feed answers with a reading or a failure."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.feeds.feeds_xml import atom, atom_entry, item, rss, updates
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.app.feeds import FEEDS
from tocsin.detection.signals.ports import PollFailure, PollFailureKind, Reading, SourceSpec
from tocsin.kernel.status import Status

KINDS = {kind.kind: kind for kind in FEEDS if isinstance(kind, ListedKind)}
HERE = {"regions": ["us-east-1"], "locations": ["us-west1"], "instance": "EU35"}

KEYS = st.sampled_from(
    [
        "status",
        "system",
        "incidents",
        "scheduled",
        "updates",
        "update_type",
        "statuses",
        "created_at",
        "resolved",
        "state",
        "key",
        "Incidents",
        "Maintenances",
        "IncidentImpacts",
        "IncidentEvents",
        "severity",
        "endTime",
        "startTime",
        "isCore",
        "current",
        "service",
        "service_name",
        "summary",
        "date",
        "impacted_services",
        "region_name",
        "arn",
        "begin",
        "end",
        "external_desc",
        "affected_products",
        "currently_affected_locations",
        "most_recent_update",
        "uri",
        "id",
        "title",
        "name",
        "type",
        "status_impact",
        "service_key",
        "instanceKeys",
        "message",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["3", "red", "OK", "SERVICE_OUTAGE", "2026-11-20T10:00:00Z", "global"])
)
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)
ENTRIES = st.lists(st.dictionaries(KEYS, ANY_JSON, max_size=8), max_size=3)
GREEN = st.just([{"system": "Apps", "status": "green"}])
SHAPED = {
    "google_cloud": ENTRIES.map(lambda found: [{"begin": "x", **one} for one in found]),
    "aws": ENTRIES.map(lambda found: [{"status": 3, "service": "ec2", **one} for one in found]),
    "heroku": st.fixed_dictionaries({"status": GREEN, "incidents": ENTRIES, "scheduled": ENTRIES}),
    "salesforce": st.fixed_dictionaries(
        {"key": st.text(min_size=1), "status": LEAVES, "Incidents": ENTRIES}
    ),
}


def parse(kind: str, body: bytes, *components: str) -> Reading | PollFailure:
    return KINDS[kind].parse(body, SourceSpec(kind, None, components, HERE))


@pytest.mark.parametrize("kind", sorted(SHAPED))
@given(data=st.data())
def test_any_json_is_a_reading_or_a_failure(kind: str, data: st.DataObject) -> None:
    payload: Any = data.draw(ANY_JSON | SHAPED[kind])
    for watched in ((), ("Apps", "ec2")):
        outcome = parse(kind, json.dumps(payload).encode(), *watched)
        assert isinstance(outcome, Reading | PollFailure)
        if isinstance(outcome, Reading):
            assert len(outcome.signature) == 32


@pytest.mark.parametrize("kind", ["azure", "rss"])
@given(text=st.text(), word=st.text(min_size=1), cut=st.integers(0, 1_000), junk=st.binary())
def test_any_bytes_are_a_reading_or_a_failure(
    kind: str, text: str, word: str, cut: int, junk: bytes
) -> None:
    good = rss(item("One", updates("Update"), text)) + b"\n"
    for body in (
        junk,
        good[:cut] + junk + good[cut:],
        atom(atom_entry("One", junk.hex())),
        rss(item(text, text)),
    ):
        assert isinstance(parse(kind, body, word), Reading | PollFailure)


MINE = {
    "google_cloud": {"google-cloud"},
    "google_workspace": {"google-cloud"},
    "aws": {"aws-data-json-legacy"},
    "azure": {"azure-rss", "github-atom"},
    "rss": {"azure-rss", "github-atom"},
}


@pytest.mark.parametrize(
    "kind", ["google_cloud", "google_workspace", "aws", "azure", "rss", "heroku", "salesforce"]
)
def test_other_vendors_recordings_are_never_read_as_green(vendor_feeds: Path, kind: str) -> None:
    read = 0
    for file in sorted(vendor_feeds.rglob("*.*")):
        if file.parent.name in MINE.get(kind, set()) or file.name == "PROVENANCE.txt":
            continue
        outcome = parse(kind, file.read_bytes())
        assert isinstance(outcome, PollFailure), file
        assert outcome.kind in (
            PollFailureKind.SCHEMA,
            PollFailureKind.NOT_JSON,
            PollFailureKind.HTML,
        )
        read += 1
    assert read > 20


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("body", [b"", b" \n", b"\x00\x00", b"\xef\xbb\xbf"])
def test_nothing_is_no_status(kind: str, body: bytes) -> None:
    outcome = parse(kind, body)
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.EMPTY


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_web_page_is_no_status(kind: str) -> None:
    outcome = parse(kind, b"<!DOCTYPE html><html><body>All systems operational</body></html>")
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.HTML


@pytest.mark.parametrize("kind", sorted(SHAPED))
def test_long_texts_are_cut(kind: str) -> None:
    long = "long " * 100_000
    payload: dict[str, Any] = {
        "google_cloud": [{"begin": "x", "external_desc": long, "id": long, "severity": "medium"}],
        "aws": [{"status": 2, "service": long, "service_name": long, "summary": long}],
        "heroku": {
            "status": [{"system": long, "status": "green"}],
            "incidents": [{"id": long, "title": long, "updates": [{"update_type": long}]}],
        },
        "salesforce": {"key": long, "status": "MINOR_INCIDENT_CORE", "Incidents": []},
    }
    outcome = parse(kind, json.dumps(payload[kind]).encode())
    assert isinstance(outcome, Reading)
    assert outcome.status is Status.DEGRADED
    assert len(repr(outcome)) < 5_000
