"""The contract about doors sees who climbs in through a window."""

import pytest
from grimp import ImportGraph

from scripts import doors
from scripts.doors import DoorsContract


def broken_by(importer: str, imported: str, line: str = "?") -> list[tuple[str, str]]:
    graph = ImportGraph()
    for module in ("tocsin.response", "tocsin.response.incidents", importer, imported):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported, line_number=1, line_contents=line)
    contract = DoorsContract(
        name="doors", session_options={}, contract_options={"floors": ["tocsin.response"]}
    )
    found: list[tuple[str, str]] = contract.check(graph, verbose=False).metadata["broken"]
    return found


@pytest.mark.parametrize(
    ("importer", "furniture"),
    [
        ("tocsin.learning.reviews.verbs", ".store"),
        ("tocsin.response.escalation.reactions", ".verbs.resolve"),
        ("tocsin.response.incidents_archive.store", ".store"),
        ("tocsin.learning.reviews.ports", ".ports"),
        ("tocsin.learning.reviews.wiring", ".wiring"),
        ("tocsin.adapters.slack.buttons", ".model"),
        ("tocsin.app.compose", ".tables"),
    ],
)
def test_a_window_is_not_a_door(importer: str, furniture: str):
    imported = f"tocsin.response.incidents{furniture}"
    assert broken_by(importer, imported) == [(importer, imported)]


@pytest.mark.parametrize(
    ("importer", "furniture"),
    [
        ("tocsin.learning.reviews.verbs", ""),
        ("tocsin.learning.reviews.reactions", ".events"),
        ("tocsin.adapters.slack.buttons", ".ports"),
        ("tocsin.app.compose", ".wiring"),
        ("tocsin.response.incidents", ".verbs"),
        ("tocsin.response.incidents.api", ".verbs.resolve"),
    ],
)
def test_guests_come_in_where_it_is_open(importer: str, furniture: str):
    assert broken_by(importer, f"tocsin.response.incidents{furniture}") == []


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        ("from tocsin.response.incidents import board", True),
        ("from tocsin.response.incidents import Incident, board", True),
        ("from tocsin.response.incidents.board import board", False),
        ("import tocsin.response.incidents.board", False),
    ],
)
def test_a_name_handed_out_at_the_door_may_be_called_like_a_module(
    line: str, is_kept: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(doors, "handed_out", lambda room: frozenset({"board"}))
    found = broken_by("tocsin.learning.reviews.api", "tocsin.response.incidents.board", line)
    assert (found == []) is is_kept


def test_the_names_handed_out_are_read_from_the_door():
    assert "metadata" in doors.handed_out("tocsin.platform.database")
    assert doors.handed_out("tocsin.response.nowhere") == frozenset()
