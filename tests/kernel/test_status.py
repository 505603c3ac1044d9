from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.severity import Severity, severity_of
from tocsin.kernel.status import WORST_FIRST, Status, worst


def test_the_order_is_major_partial_degraded_unknown_operational():
    assert WORST_FIRST == (
        Status.MAJOR_OUTAGE,
        Status.PARTIAL_OUTAGE,
        Status.DEGRADED,
        Status.UNKNOWN,
        Status.OPERATIONAL,
    )
    assert [status.rank for status in WORST_FIRST] == [4, 3, 2, 1, 0]


def test_the_wire_values_are_those_programs_know():
    assert {status.value for status in Status} == {
        "operational",
        "degraded",
        "partial_outage",
        "major_outage",
        "unknown",
    }


def test_people_read_words():
    assert [status.words for status in WORST_FIRST] == [
        "Major outage",
        "Partial outage",
        "Degraded",
        "Unknown",
        "Operational",
    ]


def test_the_worst_of_nothing_is_operational():
    assert worst([]) is Status.OPERATIONAL


@given(st.lists(st.sampled_from(Status), min_size=1))
def test_the_worst_is_one_of_them_and_none_is_worse(statuses):
    found = worst(statuses)
    assert found in statuses
    assert all(found.at_least(status) for status in statuses)


def test_not_knowing_is_worse_than_fine_but_no_trouble():
    assert Status.UNKNOWN.at_least(Status.OPERATIONAL)
    assert [status for status in WORST_FIRST if status.is_trouble] == list(WORST_FIRST[:3])


def test_severity_follows_tier_and_status():
    table = {
        status: [severity_of(tier, status) for tier in (1, 2, 3)]
        for status in WORST_FIRST
        if status.is_trouble
    }
    assert table == {
        Status.MAJOR_OUTAGE: [Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM],
        Status.PARTIAL_OUTAGE: [Severity.HIGH, Severity.MEDIUM, Severity.LOW],
        Status.DEGRADED: [Severity.MEDIUM, Severity.LOW, Severity.LOW],
    }


def test_what_is_no_trouble_has_no_severity():
    for tier in (1, 2, 3):
        assert severity_of(tier, Status.OPERATIONAL) is None
        assert severity_of(tier, Status.UNKNOWN) is None


def test_severities_rank_from_low_to_critical():
    assert sorted(Severity, key=lambda severity: severity.rank) == [
        Severity.LOW,
        Severity.MEDIUM,
        Severity.HIGH,
        Severity.CRITICAL,
    ]
