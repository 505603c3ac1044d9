"""Every verb through the transaction: what changes, what is recorded, what is refused."""

from datetime import timedelta

import pytest

from tests.response.incidents.desk import Desk
from tests.support.spine import PERSON
from tocsin.kernel.errors import IllegalTransition, Invalid, LostRace, NotFound
from tocsin.kernel.severity import Severity
from tocsin.response import incidents
from tocsin.response.incidents import Change, CommentDraft, PendingReason, Phase, State
from tocsin.response.incidents.tables import incident_holds, incident_notes
from tocsin.response.incidents.verbs.steps import Words


async def test_incidents_are_numbered_without_gaps_though_some_openings_fail(desk: Desk):
    first = await desk.open()
    with pytest.raises(Invalid):
        await desk.open("nowhere")
    second = await desk.open()
    assert [first.reference, second.reference] == ["INC0000001", "INC0000002"]


async def test_a_missing_axis_comes_from_the_severity(desk: Desk):
    opened = await desk.open(severity=Severity.CRITICAL)
    assert (opened.impact, opened.urgency, opened.priority) == ("high", "high", "P1")


async def test_an_incident_is_found_by_reference_and_by_id(desk: Desk):
    opened = await desk.open()
    for name in ("INC0000001", "inc0000001", opened.id.hex, str(opened.id), opened.id):
        assert await desk.shop.desk.read(incidents.incident, name) == opened
    for name in ("INC0000002", "INC1", "nothing", "0" * 32):
        with pytest.raises(NotFound):
            await desk.shop.desk.read(incidents.incident, name)


async def test_acknowledging_twice_is_fine_and_records_once(desk: Desk):
    opened = await desk.open()
    first = await desk.run(incidents.acknowledge, opened)
    desk.shop.clock.move(timedelta(minutes=5))
    second = await desk.run(incidents.acknowledge, opened)
    assert second == first
    assert first.acknowledged_at == opened.opened_at
    assert await desk.kinds(opened) == ["opened", "acknowledged"]


async def test_a_walk_through_all_states_tells_every_step(desk: Desk):
    opened = await desk.open("github")
    await desk.run(incidents.start, opened)
    await desk.run(incidents.hold, opened, PendingReason.VENDOR)
    held = await desk.again(opened)
    assert (held.state, held.pending_reason) == (State.PENDING, PendingReason.VENDOR)
    desk.shop.clock.move(timedelta(minutes=30))
    resumed = await desk.run(incidents.resume, opened)
    assert resumed.pending_reason is None
    [pause] = resumed.pauses
    assert (pause.end or pause.start) - pause.start == timedelta(minutes=30)
    resolved = await desk.run(incidents.resolve, opened, "Restarted it.")
    assert (resolved.state, resolved.resolution_note) == (State.RESOLVED, "Restarted it.")
    closed = await desk.run(incidents.close, opened)
    assert closed.closed_at == desk.shop.clock.now()
    reopened = await desk.run(incidents.reopen, opened)
    assert (reopened.state, reopened.resolved_at, reopened.reopen_count) == (
        State.IN_PROGRESS,
        None,
        1,
    )
    assert await desk.kinds(opened) == [
        "opened",
        "started",
        "held",
        "resumed",
        "resolved",
        "closed",
        "reopened",
    ]
    assert reopened.version == 7


async def test_holds_are_kept_as_pauses(desk: Desk):
    opened = await desk.open()
    for _ in range(2):
        await desk.run(incidents.hold, opened, PendingReason.CALLER)
        desk.shop.clock.move(timedelta(minutes=1))
        await desk.run(incidents.resume, opened) if _ == 0 else None
    assert await desk.count(incident_holds) == 2
    resolved = await desk.run(incidents.resolve, opened, "Done.")
    assert all(pause.end is not None for pause in resolved.pauses)


async def test_a_refused_verb_changes_nothing(desk: Desk):
    opened = await desk.open()
    with pytest.raises(IllegalTransition, match="close"):
        await desk.run(incidents.close, opened)
    with pytest.raises(Invalid, match="resolution_note"):
        await desk.run(incidents.resolve, opened, None)
    with pytest.raises(Invalid, match="pending_reason"):
        await desk.run(incidents.hold, opened, None)
    assert await desk.again(opened) == opened
    assert await desk.kinds(opened) == ["opened"]


async def test_cancelling_needs_a_reason_and_keeps_it(desk: Desk):
    opened = await desk.open()
    with pytest.raises(Invalid, match="reason"):
        await desk.run(incidents.cancel, opened, " ")
    cancelled = await desk.run(incidents.cancel, opened, "A drill.")
    assert (cancelled.state, cancelled.cancel_reason) == (State.CANCELLED, "A drill.")
    assert await desk.count(incident_notes) == 1


async def test_words_stay_out_of_the_journal(desk: Desk):
    opened = await desk.open(description="The marker in words.")
    await desk.run(incidents.comment, opened, CommentDraft("The marker in words."))
    await desk.say(opened, Phase.IDENTIFIED, "The marker in words.")
    change = Change({"title": "The marker in words.", "description": None})
    await desk.run(incidents.edit, opened, change)
    await desk.run(incidents.resolve, opened, "The marker in words.")
    for entry in await desk.entries(opened):
        assert "marker" not in str(entry.payload)


async def test_an_edit_names_the_fields_and_what_they_were(desk: Desk):
    opened = await desk.open("github", severity=Severity.LOW)
    change = Change({"severity": Severity.CRITICAL, "title": "All pushes fail"})
    edited = await desk.run(incidents.edit, opened, change)
    assert (edited.title, edited.priority) == ("All pushes fail", "P1")
    payload = (await desk.entries(opened))[-1].payload
    assert payload["fields"] == ["impact", "priority", "severity", "title", "urgency"]
    assert payload["before"] == {
        "severity": "low",
        "impact": "low",
        "urgency": "low",
        "priority": "P5",
    }
    assert payload["after"]["severity"] == "critical"


async def test_an_edit_that_changes_nothing_is_no_version(desk: Desk):
    opened = await desk.open()
    same = await desk.run(incidents.edit, opened, Change({"title": opened.title}))
    assert same == opened


async def test_an_axis_that_a_person_chose_stays_when_the_severity_changes(desk: Desk):
    opened = await desk.open(severity=Severity.LOW, impact=incidents.Impact.MEDIUM)
    edited = await desk.run(incidents.edit, opened, Change({"severity": Severity.HIGH}))
    assert (edited.impact, edited.urgency) == ("medium", "medium")


async def test_fields_and_status_change_as_one_version(desk: Desk):
    opened = await desk.open()
    change = Change({"title": "It is over", "resolution_note": "Restarted."}, state=State.RESOLVED)
    edited = await desk.run(incidents.edit, opened, change)
    assert (edited.version, edited.state, edited.resolution_note) == (
        2,
        State.RESOLVED,
        "Restarted.",
    )
    assert await desk.kinds(opened) == ["opened", "edited", "resolved"]


async def test_a_status_that_no_verb_reaches_is_refused_whole(desk: Desk):
    opened = await desk.open()
    change = Change({"title": "Never"}, state=State.CLOSED, words=Words())
    with pytest.raises(IllegalTransition):
        await desk.run(incidents.edit, opened, change)
    assert (await desk.again(opened)).title == opened.title


async def test_a_version_that_is_not_current_loses_the_race(desk: Desk):
    opened = await desk.open()
    await desk.run(incidents.start, opened)
    with pytest.raises(LostRace):
        await desk.run(incidents.acknowledge, opened, 1)
    with pytest.raises(LostRace):
        await desk.run(incidents.edit, opened, Change({"title": "Mine"}), 1)


async def test_an_archived_incident_is_gone_everywhere(desk: Desk):
    opened = await desk.open("github")
    await desk.say(opened, Phase.INVESTIGATING)
    await desk.run(incidents.archive, opened)
    with pytest.raises(NotFound):
        await desk.again(opened)
    assert await desk.all() == []
    shown = await desk.shop.desk.read(
        incidents.public_incidents, "main", desk.shop.clock.now() - timedelta(days=1)
    )
    assert shown == []


async def test_a_comment_touches_but_moves_nothing(desk: Desk):
    opened = await desk.open()
    await desk.run(incidents.comment, opened, CommentDraft(" Looking. "))
    with pytest.raises(Invalid, match="body"):
        await desk.run(incidents.comment, opened, CommentDraft("  "))
    assert (await desk.again(opened)).state is State.OPEN
    entry = (await desk.entries(opened))[-1]
    assert (entry.kind, entry.actor) == ("incident.commented", PERSON)


async def test_the_list_is_filtered_and_newest_first(desk: Desk):
    first = await desk.open("github", severity=Severity.CRITICAL, tags=("dns",))
    desk.shop.clock.move(timedelta(minutes=1))
    second = await desk.open("slack")
    await desk.run(incidents.resolve, second, "Done.")

    async def found(**wanted: object) -> list[str]:
        filtered = incidents.IncidentFilter(**wanted)  # type: ignore[arg-type]  # by name
        listed = await desk.shop.desk.read(incidents.incidents, filtered)
        return [one.reference for one in listed]

    assert await found() == [second.reference, first.reference]
    assert await found(is_open=True) == [first.reference]
    assert await found(is_open=False) == [second.reference]
    assert await found(states=(State.RESOLVED,)) == [second.reference]
    assert await found(service="github") == [first.reference]
    assert await found(severities=(Severity.CRITICAL,)) == [first.reference]
    assert await found(words="PUSHES") == [second.reference, first.reference]
    assert await found(words="inc0000001") == [first.reference]
    assert await found(words="100%") == []
    assert await found(major=True) == []
