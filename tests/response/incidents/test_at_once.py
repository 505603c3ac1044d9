"""Two connections at once on PostgreSQL: no verb is lost, none is done twice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.response.incidents.desk import PAGES, Desk, incident_desk
from tests.support.spine import PERSON, TENANT
from tocsin.kernel.errors import IllegalTransition, LostRace
from tocsin.kernel.facts import Fact, subject_of
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.assembly import assemble
from tocsin.platform.database import Context
from tocsin.platform.database import Desk as Table
from tocsin.response import incidents
from tocsin.response.incidents import (
    Change,
    IncidentDraft,
    PendingReason,
    Phase,
    State,
    UpdateDraft,
)
from tocsin.response.incidents.model import Incident
from tocsin.response.incidents.wiring import wire

pytestmark = pytest.mark.postgres
AT_ONCE = 6


@pytest.fixture
async def desk(postgres_url: str) -> AsyncIterator[Desk]:
    async with incident_desk(postgres_url, rehearse=False) as opened:
        yield opened


@pytest.fixture
async def other(desk: Desk, postgres_url: str) -> AsyncIterator[Table]:
    """A second process on the same database."""
    platform = assemble(postgres_url, desk.shop.clock, [wire(PAGES, PAGES)])
    yield Table(platform.database, Context(TENANT, PERSON))
    platform.database.close()


Doing = Callable[[Table], Any]


async def at_once(desk: Desk, other: Table, *doings: Doing) -> list[Any]:
    """Do each thing several times from both processes, all at once."""
    tables = [desk.shop.desk, other]
    every = [doing(table) for _ in range(AT_ONCE // 2) for table in tables for doing in doings]
    return await asyncio.gather(*every, return_exceptions=True)


def counted(results: list[Any], kind: type) -> int:
    return sum(isinstance(result, kind) for result in results)


async def test_every_incident_opened_at_once_has_a_number_of_its_own(desk: Desk, other: Table):
    draft = IncidentDraft("Pushes fail", Severity.HIGH, affected_services=("github",))
    made = await at_once(desk, other, lambda table: table.write(incidents.open_incident, draft))
    assert sorted(one.number for one in made) == list(range(1, AT_ONCE + 1))


@pytest.mark.parametrize(
    ("verb", "args", "fact"),
    [
        (incidents.start, (), "started"),
        (incidents.hold, (PendingReason.VENDOR,), "held"),
        (incidents.resolve, ("Done.",), "resolved"),
        (incidents.cancel, ("A drill.",), "cancelled"),
    ],
)
async def test_one_of_many_moves_a_new_incident(
    desk: Desk, other: Table, verb: Any, args: tuple, fact: str
):
    opened = await desk.open("github")
    results = await at_once(desk, other, lambda table: table.write(verb, opened.id, *args))
    assert counted(results, Incident) == 1
    assert counted(results, IllegalTransition) == AT_ONCE - 1
    assert (await desk.kinds(opened)).count(fact) == 1
    assert (await desk.again(opened)).version == 2


@pytest.mark.parametrize(
    ("verb", "before", "fact"),
    [
        (incidents.resume, (incidents.hold, PendingReason.VENDOR), "resumed"),
        (incidents.close, (incidents.resolve, "Done."), "closed"),
        (incidents.reopen, (incidents.resolve, "Done."), "reopened"),
    ],
)
async def test_one_of_many_moves_it_on(
    desk: Desk, other: Table, verb: Any, before: tuple, fact: str
):
    opened = await desk.open()
    await desk.run(before[0], opened, before[1])
    results = await at_once(desk, other, lambda table: table.write(verb, opened.id))
    assert counted(results, Incident) == 1
    assert (await desk.kinds(opened)).count(fact) == 1


async def test_all_may_acknowledge_and_the_first_counts(desk: Desk, other: Table):
    opened = await desk.open()
    results = await at_once(
        desk, other, lambda table: table.write(incidents.acknowledge, opened.id)
    )
    assert counted(results, Incident) == AT_ONCE
    assert (await desk.kinds(opened)).count("acknowledged") == 1


async def test_no_edit_is_lost(desk: Desk, other: Table):
    opened = await desk.open()
    changes: list[dict[str, Any]] = [
        {"title": "A new title"},
        {"description": "What we know."},
        {"tags": ("dns",)},
        {"severity": Severity.CRITICAL},
    ]
    tables = [desk.shop.desk, other]
    await asyncio.gather(
        *(
            tables[number % 2].write(incidents.edit, opened.id, Change(change))
            for number, change in enumerate(changes)
        )
    )
    edited = await desk.again(opened)
    assert (edited.title, edited.description) == ("A new title", "What we know.")
    assert (edited.tags, edited.severity) == (("dns",), Severity.CRITICAL)
    assert edited.version == 5


async def test_one_of_many_with_the_same_version_wins(desk: Desk, other: Table):
    opened = await desk.open()
    titles = iter(f"Title {number}" for number in range(AT_ONCE))
    results = await at_once(
        desk,
        other,
        lambda table: table.write(incidents.edit, opened.id, Change({"title": next(titles)}), 1),
    )
    assert (counted(results, Incident), counted(results, LostRace)) == (1, AT_ONCE - 1)


async def test_resolving_and_updating_at_once_leave_one_truth(desk: Desk, other: Table):
    opened = await desk.open("github")
    await desk.say(opened, Phase.INVESTIGATING, impacts={"github": Status.MAJOR_OUTAGE})
    desk.shop.clock.move(timedelta(minutes=1))
    draft = UpdateDraft(
        Phase.IDENTIFIED, {"en": "The disk."}, True, impacts={"github": Status.DEGRADED}
    )
    await at_once(
        desk,
        other,
        lambda table: table.write(incidents.resolve, opened.id, "Done."),
        lambda table: table.write(incidents.post_update, opened.id, draft, PAGES),
    )
    face = await desk.face(opened)
    assert (await desk.again(opened)).state is State.RESOLVED
    assert face.phase is Phase.RESOLVED
    assert [impact for impact in face.impacts if impact.ended_at is None] == []
    kinds = await desk.kinds(opened)
    assert kinds.count("resolved") == 1
    assert kinds.count("update_published") == len(face.updates)


async def test_the_first_public_updates_at_once_make_one_face(desk: Desk, other: Table):
    opened = await desk.open()
    draft = UpdateDraft(Phase.INVESTIGATING, {"en": "We look."}, True)
    results = await at_once(
        desk,
        other,
        lambda table: table.write(incidents.post_update, opened.id, draft, PAGES),
    )
    assert counted(results, incidents.Update) == AT_ONCE
    face = await desk.face(opened)
    assert len(face.updates) == AT_ONCE
    assert face.public_id == (await desk.again(opened)).public_id


async def test_no_comment_is_lost(desk: Desk, other: Table):
    opened = await desk.open()
    draft = incidents.CommentDraft("Looking.")
    await at_once(desk, other, lambda table: table.write(incidents.comment, opened.id, draft))
    assert (await desk.kinds(opened)).count("commented") == AT_ONCE


async def test_assigning_at_once_to_the_same_team_records_once(desk: Desk, other: Table):
    from tocsin.registry.identity.verbs import create_team

    await desk.shop.house.write(create_team, "sre", "Site reliability")
    opened = await desk.open()
    results = await at_once(
        desk, other, lambda table: table.write(incidents.assign, opened.id, "sre")
    )
    assert counted(results, Incident) == AT_ONCE
    assert (await desk.kinds(opened)).count("assigned") == 1


async def test_archiving_at_once_hides_it_once(desk: Desk, other: Table):
    opened = await desk.open()
    await at_once(desk, other, lambda table: table.write(incidents.archive, opened.id))
    assert (await desk.kinds(opened)).count("archived") == 1


async def test_the_rule_and_a_person_on_the_same_service_do_not_block_each_other(
    desk: Desk, other: Table
):
    opened = await desk.open()
    payload = {
        "status": "major_outage",
        "since": desk.shop.clock.now().isoformat(),
        "episode": 1,
        "decision": "0" * 32,
    }
    fact = Fact("condition.confirmed", subject_of("service", "github"), payload)
    await desk.shop.house.write(lambda tx: tx.record(fact))
    change = Change({"affected_services": ("github",)})
    await asyncio.gather(desk.shop.settle(), other.write(incidents.edit, opened.id, change))
    await desk.shop.settle()
    tied = [
        entry
        for one in await desk.all()
        for entry in await desk.entries(one)
        if entry.kind == "incident.alert_joined" or entry.payload.get("alert")
    ]
    assert len(tied) == 1
