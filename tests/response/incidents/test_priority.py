from itertools import product

import pytest

from tocsin.kernel.severity import Severity
from tocsin.response.incidents.model import Impact, Priority, Urgency
from tocsin.response.incidents.rules import prioritise

CRITICAL, HIGH, MEDIUM, LOW = Severity

# Rows: impact high, medium, low; columns: urgency high, medium, low.
MATRIX = {
    Severity.CRITICAL: ["112", "123", "234"],
    Severity.HIGH: ["123", "234", "345"],
    Severity.MEDIUM: ["123", "234", "345"],
    Severity.LOW: ["234", "345", "455"],
}


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("impact", Impact)
@pytest.mark.parametrize("urgency", Urgency)
def test_every_combination_has_the_priority_of_the_matrix(severity, impact, urgency):
    row, column = list(Impact).index(impact), list(Urgency).index(urgency)
    assert prioritise(severity, impact, urgency).priority == f"P{MATRIX[severity][row][column]}"


def test_the_corners_are_p1_and_p5():
    assert prioritise(CRITICAL, Impact.HIGH, Urgency.HIGH).priority is Priority.P1
    assert prioritise(LOW, Impact.LOW, Urgency.LOW).priority is Priority.P5


def test_nothing_gets_a_lower_priority_by_being_worse():
    cells = list(product(Severity, Impact, Urgency))
    axes: list[list[str]] = [list(Severity), list(Impact), list(Urgency)]

    def place(cell):
        return [axis.index(value) for axis, value in zip(axes, cell, strict=True)]

    for one, other in product(cells, cells):
        if all(a <= b for a, b in zip(place(one), place(other), strict=True)):
            assert prioritise(*one).priority <= prioritise(*other).priority


@pytest.mark.parametrize(
    ("severity", "impact", "urgency", "priority"),
    [
        (CRITICAL, Impact.HIGH, Urgency.HIGH, Priority.P1),
        (HIGH, Impact.HIGH, Urgency.MEDIUM, Priority.P2),
        (MEDIUM, Impact.MEDIUM, Urgency.MEDIUM, Priority.P3),
        (LOW, Impact.LOW, Urgency.LOW, Priority.P5),
    ],
)
def test_missing_axes_are_supplied_from_the_severity(severity, impact, urgency, priority):
    result = prioritise(severity)
    assert (result.impact, result.urgency, result.priority) == (impact, urgency, priority)


def test_one_missing_axis_is_supplied_and_the_other_kept():
    result = prioritise(CRITICAL, urgency=Urgency.LOW)
    assert (result.impact, result.urgency) == (Impact.HIGH, Urgency.LOW)
    result = prioritise(LOW, impact=Impact.HIGH)
    assert (result.impact, result.urgency) == (Impact.HIGH, Urgency.LOW)


def test_a_priority_says_why():
    assert prioritise(HIGH, Impact.HIGH, Urgency.MEDIUM).reason == (
        "Impact high and urgency medium give P2; severity high leaves it there."
    )
    assert prioritise(CRITICAL, Impact.LOW, Urgency.LOW).reason == (
        "Impact low and urgency low give P5; severity critical raises it by one."
    )
    assert prioritise(CRITICAL, Impact.HIGH, Urgency.HIGH).reason == (
        "Impact high and urgency high give P1;"
        " severity critical raises it by one, within P1 and P5."
    )
