from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.response.incidents.examples import NEW
from tocsin.response.incidents.model import Phase, State, format_reference, parse_reference


def test_an_incident_is_called_by_its_number():
    assert NEW.reference == "INC0000001"
    assert replace(NEW, number=241).reference == "INC0000241"
    assert replace(NEW, number=12_345_678).reference == "INC12345678"


@given(st.integers(1, 10**15))
def test_a_reference_leads_back_to_its_number(number):
    assert parse_reference(format_reference(number)) == number
    assert parse_reference(format_reference(number).lower()) == number


@pytest.mark.parametrize(
    "text",
    ["", "INC", "INC1", "INC000001", "INC00000001", "INC0000000", "XINC0000001", "INC0000001 "],
)
def test_other_words_are_no_reference(text):
    assert parse_reference(text) is None


def test_digits_of_other_scripts_are_no_reference():
    assert parse_reference("INC٠٠٠٠٠٠١") is None


def test_states_are_read_as_words():
    assert [state.words for state in State] == [
        "New",
        "In progress",
        "Pending",
        "Resolved",
        "Closed",
        "Cancelled",
    ]
    assert [state for state in State if state.is_live] == list(State)[:3]


def test_a_face_is_open_between_the_first_word_and_resolved():
    assert [phase for phase in Phase if phase.is_open] == [
        Phase.INVESTIGATING,
        Phase.IDENTIFIED,
        Phase.MONITORING,
    ]


def test_an_incident_without_a_public_update_is_not_public():
    assert not NEW.public
    assert replace(NEW, phase=Phase.RESOLVED).public
