from enum import StrEnum

import pytest

from tocsin.kernel.errors import IllegalTransition, Invalid
from tocsin.kernel.lifecycle import Lifecycle, Refusal, Step, Transition, granted


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"
    BRICKED = "bricked"


class Act(StrEnum):
    SHUT = "shut"
    LOCK = "lock"
    KNOCK = "knock"
    PAINT = "paint"
    JUMP = "jump"


def keyless(key: bool) -> str | None:
    return None if key else "you have no key"


DOORS = Lifecycle[Door, Act, bool](
    "door",
    {
        (Door.OPEN, Act.SHUT): Step(Door.SHUT),
        (Door.SHUT, Act.LOCK): Step(Door.LOCKED, keyless),
        (Door.SHUT, Act.KNOCK): Step(Door.SHUT),
        (Door.OPEN, Act.PAINT): Step(Door.OPEN),
        (Door.SHUT, Act.PAINT): Step(Door.SHUT),
        (Door.LOCKED, Act.PAINT): Step(Door.LOCKED),
    },
)


def test_the_table_says_where_a_verb_leads():
    transition = DOORS.decide(Door.OPEN, Act.SHUT, False)
    assert transition == Transition(Act.SHUT, before=Door.OPEN, after=Door.SHUT)
    assert transition.moves


def test_a_verb_may_leave_the_state_as_it_is():
    assert not granted(DOORS.decide(Door.SHUT, Act.KNOCK, False)).moves


@pytest.mark.parametrize("state", Door)
@pytest.mark.parametrize("verb", Act)
def test_whatever_the_table_does_not_hold_is_refused_by_state_and_verb(state, verb):
    decision = DOORS.decide(state, verb, True)
    if (state, verb) in DOORS.steps:
        assert isinstance(decision, Transition)
        return
    assert isinstance(decision, Refusal)
    assert str(state) in decision.reason
    assert str(verb) in decision.reason


def test_a_refusal_says_from_where_the_verb_works():
    assert DOORS.decide(Door.LOCKED, Act.SHUT, True) == Refusal(
        "Cannot shut this door: it is locked; shut works from open."
    )
    assert DOORS.decide(Door.BRICKED, Act.PAINT, True) == Refusal(
        "Cannot paint this door: it is bricked; paint works from open, shut or locked."
    )
    assert DOORS.decide(Door.OPEN, Act.JUMP, True) == Refusal(
        "Cannot jump this door: it is open; no state allows jump."
    )


def test_a_guard_objects_with_its_own_reason():
    assert DOORS.decide(Door.SHUT, Act.LOCK, False) == Refusal(
        "Cannot lock this door: it is shut, and you have no key."
    )
    assert isinstance(DOORS.decide(Door.SHUT, Act.LOCK, True), Transition)


def test_a_verb_knows_its_states():
    assert DOORS.states_for(Act.PAINT) == (Door.OPEN, Door.SHUT, Door.LOCKED)


def test_what_was_refused_is_raised_as_an_illegal_transition():
    with pytest.raises(IllegalTransition, match="it is bricked") as raised:
        granted(DOORS.decide(Door.BRICKED, Act.SHUT, True))
    assert raised.value.status == 409
    assert raised.value.code == "illegal_transition"


def test_a_refusal_of_a_field_is_raised_as_invalid_and_names_it():
    with pytest.raises(Invalid) as raised:
        granted(Refusal("say why", field="reason"))
    assert raised.value.status == 422
    assert [error.field for error in raised.value.errors] == ["reason"]
