"""Which burns people are told of."""

import pytest

from tocsin.detection.objectives.model import BurnSeverity
from tocsin.detection.objectives.rules import is_news

PAGE, TICKET = BurnSeverity.PAGE, BurnSeverity.TICKET


@pytest.mark.parametrize(
    ("severity", "others", "told"),
    [
        (PAGE, [], True),
        (PAGE, [TICKET], True),
        (PAGE, [PAGE, TICKET], False),
        (TICKET, [], True),
        (TICKET, [TICKET], False),
        (TICKET, [PAGE], False),
    ],
)
def test_only_what_is_more_urgent_than_all_that_burns_is_news(
    severity: BurnSeverity, others: list[BurnSeverity], told: bool
):
    assert is_news(severity, others) is told
