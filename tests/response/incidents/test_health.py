"""Tocsin's own trouble becomes an incident: work that failed for good."""

from tests.response.incidents.desk import Desk
from tocsin.kernel.facts import Fact, subject_of
from tocsin.response import incidents
from tocsin.response.incidents import CommentDraft, State


async def finds(desk: Desk, kind: str, check: str = "dead_work") -> None:
    payload = {"check": check, "count": 1, "subjects": ["mail.fan_out:1"]}
    fact = Fact(kind, subject_of("audit", check), payload)
    await desk.shop.house.write(lambda tx: tx.record(fact))
    await desk.shop.settle()


async def test_dead_work_opens_one_incident_however_much_of_it_there_is(desk: Desk):
    await finds(desk, "audit.found")
    await finds(desk, "audit.found")
    [opened] = await desk.all()
    assert (opened.title, opened.priority) == ("Tocsin: work failed for good", "P2")
    assert str(opened.opened_by) == "rule:health"


async def test_what_is_merely_late_opens_none(desk: Desk):
    await finds(desk, "audit.found", "late_work")
    assert await desk.all() == []


async def test_it_resolves_by_itself_once_the_dead_work_is_gone(desk: Desk):
    await finds(desk, "audit.found")
    await finds(desk, "audit.gone")
    [resolved] = await desk.all()
    assert resolved.state is State.RESOLVED
    await finds(desk, "audit.gone")
    await finds(desk, "audit.found")
    assert len(await desk.all()) == 2


async def test_a_person_who_looks_at_it_decides_when_it_is_over(desk: Desk):
    await finds(desk, "audit.found")
    [opened] = await desk.all()
    await desk.run(incidents.comment, opened, CommentDraft("Looking."))
    await finds(desk, "audit.gone")
    seen = await desk.again(opened)
    assert (seen.state, seen.recovery_observed_at is not None) == (State.OPEN, True)
