"""What a post-mortem draft says, what it is called, and that it replaces nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.learning.reviews.files import OutsideDirectory, write_once
from tocsin.learning.reviews.model import Draft, Incident, Moment
from tocsin.learning.reviews.rules import file_name, plain, render, words_of

BEGAN = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)
DRAFT = Draft(
    alert="0190a1b2c3d4e5f60718293a4b5c6d7e",
    service_id="payments",
    service="Payments",
    tier=1,
    worst="Major outage",
    began_at=BEGAN,
    raised_at=BEGAN + timedelta(minutes=10),
    ended_at=BEGAN + timedelta(hours=2, minutes=5),
    reason="Major outage in 11 polls in a row, for 10 minutes.",
    evidence=("Polls in a row: 11, needed: 3",),
    dependents=("Shop", "Invoices"),
    incident=Incident("INC0000007", "Cards fail", "critical", ("Payments", "Shop"), "Rolled back."),
    timeline=(
        Moment(BEGAN, "Payments, Operational to major outage"),
        Moment(BEGAN + timedelta(minutes=10), "Alert raised"),
    ),
)


def test_every_section_is_there_in_order():
    lines = render(DRAFT).splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "# Post-mortem: Payments, 2026-11-29",
        *("## Impact", "## Root causes", "## Trigger", "## Resolution", "## Detection"),
        *("## Action items", "## Lessons learned"),
        *("### What went well", "### What went wrong", "### Where we got lucky"),
        "## Timeline",
    ]


def test_what_is_known_is_filled_in():
    text = render(DRAFT)
    for words in (
        "**Status:** draft",
        "was in trouble for 2 h 5 min",
        "Worst status: Major outage",
        "Depend on it: Shop, Invoices",
        "Incident: INC0000007, Cards fail, critical",
        "Affected with it: Shop",
        "INC0000007 says: Rolled back.",
        "Major outage in 11 polls in a row",
        "- Polls in a row: 11, needed: 3",
        "Time to detect: 10 min",
        "Nobody acknowledged the alert",
        "- 2026-11-29 08:10:00: Alert raised",
    ):
        assert words in text, words


def test_an_acknowledgement_is_measured_from_the_alert():
    taken = replace(DRAFT, acknowledged_at=DRAFT.raised_at + timedelta(seconds=45))
    assert "Time to acknowledge: 45 s from the alert" in render(taken)


def test_a_draft_without_an_incident_or_a_known_reason_is_complete_all_the_same():
    bare = replace(DRAFT, incident=None, reason=None, evidence=(), dependents=(), timeline=())
    assert "INC" not in render(bare)
    assert "Time to detect" in render(bare)


@given(st.text())
def test_nobody_elses_words_make_a_line_a_heading_or_a_link(text: str):
    safe = plain(text)
    assert "\n" not in safe
    bare = safe.replace("\\\\", "").replace("\\#", "").replace("\\[", "").replace("\\<", "")
    assert not set("#[<") & set(bare)
    assert len(safe) <= 2000


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (90_000, "1 d 1 h"),
        (-5, "0 s"),
    ],
)
def test_a_span_is_said_as_people_say_it(seconds: int, words: str):
    assert words_of(timedelta(seconds=seconds)) == words


def test_a_file_is_called_after_day_service_and_alert():
    assert file_name(DRAFT) == "2026-11-29-payments-4b5c6d7e.md"


@given(st.text(max_size=200))
def test_no_service_takes_a_file_out_of_its_directory(service: str):
    name = file_name(replace(DRAFT, service_id=service))
    assert Path(name).name == name
    assert name.startswith("2026-11-29-")
    assert len(name) <= 100


def test_a_file_that_a_person_changed_stays_as_it_is(tmp_path: Path):
    folder = tmp_path / "not" / "there"
    assert write_once(folder, "one.md", "first")
    assert write_once(folder, "one.md", "first"), "the same again is fine"
    (folder / "one.md").write_text("what people made of it")
    assert not write_once(folder, "one.md", "first")
    assert (folder / "one.md").read_text() == "what people made of it"
    assert [each.name for each in folder.iterdir()] == ["one.md"]


@pytest.mark.parametrize("name", ["../one.md", "/one.md", "", ".", "..", "deep/one.md"])
def test_a_name_with_a_path_is_refused(tmp_path: Path, name: str):
    with pytest.raises(OutsideDirectory):
        write_once(tmp_path / "inside", name, "text")
    assert [each.name for each in tmp_path.iterdir()] == ["inside"]
