from dataclasses import replace

import pytest

from tests.response.incidents.examples import NEW, PERSON, RULE, START, in_state, minute
from tocsin.kernel.facts import SYSTEM, Actor, ActorKind
from tocsin.kernel.severity import Severity, severity_of
from tocsin.kernel.status import Status
from tocsin.response.incidents.model import State
from tocsin.response.incidents.rules import (
    DEFAULT_OPENING,
    Opening,
    RecoveryAction,
    on_recovery,
    opening_for,
    touch,
)

LIVE = [State.OPEN, State.IN_PROGRESS, State.PENDING]
OVER = [State.RESOLVED, State.CLOSED, State.CANCELLED]


@pytest.mark.parametrize("tier", [1, 2, 3])
@pytest.mark.parametrize("status", Status)
def test_by_default_only_a_major_outage_of_tier_1_opens_an_incident(tier, status):
    expected = Severity.CRITICAL if (tier, status) == (1, Status.MAJOR_OUTAGE) else None
    assert opening_for(tier, status).severity is expected


def test_the_default_table_agrees_with_the_severities():
    for (tier, status), severity in DEFAULT_OPENING.items():
        assert severity is severity_of(tier, status)


def test_a_tenant_s_table_decides():
    table = {(3, Status.DEGRADED): Severity.LOW, (1, Status.UNKNOWN): Severity.HIGH}
    assert opening_for(3, Status.DEGRADED, table) == Opening(
        Severity.LOW, "Degraded of a tier 3 service opens an incident of severity low."
    )
    assert opening_for(1, Status.MAJOR_OUTAGE, table) == Opening(
        None, "Major outage of a tier 1 service opens no incident."
    )


def test_not_knowing_opens_nothing_whatever_the_table_says():
    table = {(1, Status.UNKNOWN): Severity.HIGH, (1, Status.OPERATIONAL): Severity.HIGH}
    assert opening_for(1, Status.UNKNOWN, table).severity is None
    assert opening_for(1, Status.OPERATIONAL, table).severity is None


@pytest.mark.parametrize("state", LIVE)
def test_what_no_person_touched_is_resolved_on_recovery(state):
    recovery = on_recovery(in_state(state))
    assert recovery.action is RecoveryAction.RESOLVE
    assert recovery.reason == "Recovered by itself; no person had touched it."


@pytest.mark.parametrize("state", LIVE)
def test_what_a_person_touched_is_left_to_them(state):
    recovery = on_recovery(in_state(state, touched_at=minute(2)))
    assert recovery.action is RecoveryAction.OBSERVE


@pytest.mark.parametrize("state", OVER)
@pytest.mark.parametrize("touched_at", [None, START])
def test_what_is_over_is_left_alone(state, touched_at):
    recovery = on_recovery(in_state(state, touched_at=touched_at))
    assert recovery.action is RecoveryAction.LEAVE
    assert recovery.reason == f"The incident is {state}."


@pytest.mark.parametrize("touched_at", [None, START])
def test_one_recovery_of_several_troubles_changes_nothing(touched_at):
    recovery = on_recovery(replace(NEW, touched_at=touched_at), open_alerts=1)
    assert recovery.action is RecoveryAction.LEAVE
    assert recovery.reason == "1 other alert is still open."
    assert on_recovery(NEW, open_alerts=2).reason == "2 other alerts are still open."


def test_the_first_touch_of_a_person_is_remembered():
    touched = touch(NEW, PERSON, minute(3))
    assert touched.touched_at == minute(3)
    assert touch(touched, PERSON, minute(4)) == touched


def test_a_program_with_a_token_touches_like_a_person():
    assert not touch(NEW, Actor(ActorKind.TOKEN, "ci"), START).untouched


@pytest.mark.parametrize("actor", [RULE, SYSTEM])
def test_rules_and_the_system_do_not_touch(actor):
    assert touch(NEW, actor, START).untouched
