"""Which burns people are told of."""

import pytest

from tocsin.detection.objectives.model import BurnSeverity
from tocsin.detection.objectives.rules import beginning_is_news, end_is_news

PAGE, TICKET = BurnSeverity.PAGE, BurnSeverity.TICKET


@pytest.mark.parametrize(
    ("severity", "others", "begins", "ends"),
    [
        (PAGE, [], True, True),
        (PAGE, [TICKET], True, True),
        (PAGE, [PAGE, TICKET], False, False),
        (TICKET, [], True, True),
        (TICKET, [TICKET], False, False),
        (TICKET, [PAGE], False, True),
    ],
)
def test_the_first_and_the_last_of_a_severity_are_news(
    severity: BurnSeverity, others: list[BurnSeverity], begins: bool, ends: bool
):
    assert beginning_is_news(severity, others) is begins
    assert end_is_news(severity, others) is ends
