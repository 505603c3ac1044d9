"""What the public is told, and what follows from it for incident, pages and impacts."""

from datetime import timedelta

import pytest

from tests.response.incidents.desk import Desk
from tocsin.kernel.errors import IllegalTransition, Invalid, NotFound
from tocsin.kernel.facts import Visibility
from tocsin.kernel.intervals import Interval
from tocsin.kernel.status import Status
from tocsin.response import incidents
from tocsin.response.incidents import Phase, State

MAJOR, DEGRADED = Status.MAJOR_OUTAGE, Status.DEGRADED


async def test_nobody_outside_knows_of_an_incident_without_a_public_update(desk: Desk):
    opened = await desk.open("github")
    await desk.say(opened, Phase.IDENTIFIED, public=False)
    with pytest.raises(NotFound):
        await desk.face(opened)
    entries = await desk.entries(opened)
    assert all(entry.visibility is Visibility.INTERNAL for entry in entries)
    assert entries[-1].kind == "incident.update_noted"


async def test_the_first_public_update_makes_the_face(desk: Desk):
    opened = await desk.open("github")
    await desk.say(opened, Phase.INVESTIGATING, impacts={"github": MAJOR})
    face = await desk.face(opened)
    assert (face.title, face.phase, face.pages) == (
        "Pushes fail",
        Phase.INVESTIGATING,
        ("main",),
    )
    assert "INC" not in face.public_id
    entry = (await desk.entries(opened))[-1]
    assert entry.visibility is Visibility.PUBLIC
    assert entry.payload["pages"] == ["main"]
    assert entry.payload["impacts"] == {"github": "major_outage"}


async def test_the_public_title_stays_when_the_inner_one_changes(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.INVESTIGATING)
    await desk.run(incidents.edit, opened, incidents.Change({"title": "Disk of db3 is full"}))
    assert (await desk.face(opened)).title == "Pushes fail"


async def test_pages_are_those_that_show_what_is_hit(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.INVESTIGATING, impacts={"slack": DEGRADED})
    assert (await desk.face(opened)).pages == ("chat",)
    await desk.say(opened, Phase.IDENTIFIED, impacts={"github": DEGRADED})
    assert (await desk.face(opened)).pages == ("chat", "main")


async def test_an_update_without_impacts_shows_on_the_default_page(desk: Desk):
    opened = await desk.open("slack")
    await desk.say(opened, Phase.INVESTIGATING)
    assert (await desk.face(opened)).pages == ("main",)


async def test_a_page_shows_only_what_was_told_on_it(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.INVESTIGATING, "For few.", pages=["vip"])
    desk.shop.clock.move(timedelta(minutes=1))
    await desk.say(opened, Phase.IDENTIFIED, "For all.", pages=["main"])
    since = desk.shop.clock.now() - timedelta(days=1)
    [on_main] = await desk.shop.desk.read(incidents.public_incidents, "main", since)
    assert [update.text("en") for update in on_main.updates] == ["For all."]
    [on_vip] = await desk.shop.desk.read(incidents.public_incidents, "vip", since)
    assert on_vip.phase is Phase.INVESTIGATING


async def test_a_page_that_does_not_exist_is_refused(desk: Desk):
    opened = await desk.open()
    with pytest.raises(Invalid, match="pages"):
        await desk.say(opened, Phase.INVESTIGATING, pages=["nowhere"])


async def test_an_update_on_a_service_that_does_not_exist_is_refused(desk: Desk):
    opened = await desk.open()
    with pytest.raises(Invalid, match="impacts"):
        await desk.say(opened, Phase.INVESTIGATING, impacts={"nowhere": MAJOR})


async def test_resolving_ends_the_face_and_all_impacts(desk: Desk):
    opened = await desk.open("github")
    await desk.say(opened, Phase.INVESTIGATING, impacts={"github": MAJOR})
    desk.shop.clock.move(timedelta(minutes=10))
    await desk.run(incidents.resolve, opened, "Restarted db3.", "Pushes work again.")
    face = await desk.face(opened)
    assert face.phase is Phase.RESOLVED
    assert face.resolved_at == desk.shop.clock.now()
    assert face.updates[0].text("en") == "Pushes work again."
    [impact] = face.impacts
    assert impact.ended_at == desk.shop.clock.now()
    assert await desk.kinds(opened) == [
        "opened",
        "update_published",
        "update_published",
        "resolved",
    ]


async def test_resolving_without_words_for_the_public_uses_a_standing_text(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.MONITORING)
    await desk.run(incidents.resolve, opened, "The marker.")
    newest = (await desk.face(opened)).updates[0]
    assert newest.phase is Phase.RESOLVED
    assert newest.text("en")
    assert "marker" not in newest.text("en")


async def test_a_public_resolved_update_resolves_the_incident_with_its_text(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.INVESTIGATING)
    await desk.say(opened, Phase.RESOLVED, "It works again.")
    resolved = await desk.again(opened)
    assert (resolved.state, resolved.resolution_note) == (State.RESOLVED, "It works again.")
    assert len((await desk.face(opened)).updates) == 2


async def test_keep_open_only_posts(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.RESOLVED, keep_open=True)
    assert (await desk.again(opened)).state is State.OPEN
    assert (await desk.face(opened)).phase is Phase.RESOLVED


async def test_a_late_entry_about_the_past_leaves_the_present_as_it_is(desk: Desk):
    opened = await desk.open("github")
    began = desk.shop.clock.now()
    desk.shop.clock.move(timedelta(hours=1))
    await desk.say(opened, Phase.MONITORING, impacts={"github": DEGRADED})
    late = await desk.say(
        opened,
        Phase.INVESTIGATING,
        at=began + timedelta(minutes=10),
        impacts={"github": MAJOR},
    )
    face = await desk.face(opened)
    assert face.phase is Phase.MONITORING
    assert (await desk.again(opened)).phase is Phase.MONITORING
    assert [(impact.status, impact.ended_at) for impact in face.impacts] == [
        (MAJOR, began + timedelta(hours=1)),
        (DEGRADED, None),
    ]
    assert late.silent
    entry = next(one for one in await desk.entries(opened) if one.silent)
    assert entry.happened_at == late.at


async def test_a_late_resolved_entry_does_not_resolve_the_incident(desk: Desk):
    opened = await desk.open()
    began = desk.shop.clock.now()
    desk.shop.clock.move(timedelta(hours=1))
    await desk.say(opened, Phase.INVESTIGATING)
    await desk.say(opened, Phase.RESOLVED, at=began + timedelta(minutes=1))
    assert (await desk.again(opened)).state is State.OPEN


async def test_an_ended_incident_gets_no_open_phase(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.INVESTIGATING)
    await desk.run(incidents.resolve, opened, "Done.")
    with pytest.raises(IllegalTransition, match="reopen"):
        await desk.say(opened, Phase.MONITORING)
    await desk.say(opened, Phase.RESOLVED, "A last word.")


async def test_reopening_sets_the_face_to_investigating(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.INVESTIGATING, impacts={"github": MAJOR})
    await desk.run(incidents.resolve, opened, "Done.")
    desk.shop.clock.move(timedelta(minutes=1))
    await desk.run(incidents.reopen, opened)
    face = await desk.face(opened)
    assert face.phase is Phase.INVESTIGATING
    assert [impact for impact in face.impacts if impact.ended_at is None] == []


async def test_cancelling_an_open_face_needs_words_for_the_public(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.INVESTIGATING)
    with pytest.raises(Invalid, match="public_message"):
        await desk.run(incidents.cancel, opened, "A drill.")
    await desk.run(incidents.cancel, opened, "A drill.", "It was a false alarm.")
    assert (await desk.face(opened)).phase is Phase.RESOLVED


async def test_pages_keep_what_ended_lately_and_forget_what_ended_long_ago(desk: Desk):
    opened = await desk.open()
    await desk.say(opened, Phase.INVESTIGATING)
    await desk.run(incidents.resolve, opened, "Done.")
    ended = desk.shop.clock.now()
    read = desk.shop.desk.read
    assert len(await read(incidents.public_incidents, "main", ended - timedelta(days=1))) == 1
    assert await read(incidents.public_incidents, "main", ended + timedelta(days=1)) == []
    assert await read(incidents.public_incidents, "chat", ended - timedelta(days=1)) == []


async def test_impacts_are_segments_of_the_services_they_hit(desk: Desk):
    opened = await desk.open("github")
    began = desk.shop.clock.now()
    await desk.say(opened, Phase.INVESTIGATING, impacts={"github": MAJOR})
    desk.shop.clock.move(timedelta(minutes=10))
    await desk.say(opened, Phase.MONITORING, impacts={"github": DEGRADED})
    window = Interval(began - timedelta(days=1), desk.shop.clock.now())
    found = await desk.shop.desk.read(incidents.impact_segments, ["github", "slack"], window)
    assert [(one.state, one.start, one.end) for one in found["github"]] == [
        (MAJOR, began, began + timedelta(minutes=10)),
        (DEGRADED, began + timedelta(minutes=10), None),
    ]
    assert "slack" not in found


async def test_downstream_learns_services_pages_and_texts(desk: Desk):
    opened = await desk.open("slack")
    update = await desk.say(opened, Phase.INVESTIGATING, impacts={"github": MAJOR})
    read = desk.shop.desk.read
    assert await read(incidents.services_of, opened.id.hex) == ["github", "slack"]
    assert await read(incidents.pages_of, opened.id.hex) == ["main"]
    assert await read(incidents.update_text, update.id, "nl") == "We are on it."
