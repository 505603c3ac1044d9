"""What the default rule does with confirmed trouble, from the fact to the incident."""

from datetime import timedelta

from tests.response.incidents.desk import Desk
from tocsin.kernel.facts import ActorKind
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.response import incidents
from tocsin.response.incidents import CommentDraft, PendingReason, State, verbs

MAJOR, PARTIAL = Status.MAJOR_OUTAGE, Status.PARTIAL_OUTAGE


async def test_a_major_outage_of_a_tier_1_service_opens_an_incident(desk: Desk):
    await desk.confirms("github", MAJOR)
    [opened] = await desk.all()
    assert opened.reference == "INC0000001"
    assert opened.title == "Github: major outage"
    assert (opened.severity, opened.priority, opened.state) == (Severity.CRITICAL, "P1", State.OPEN)
    assert opened.affected_services == ("github",)
    assert opened.opened_by.kind is ActorKind.RULE
    assert opened.untouched


async def test_the_opening_names_the_rule_and_the_alert(desk: Desk):
    await desk.confirms("github", MAJOR)
    [opened] = await desk.all()
    [entry] = await desk.entries(opened)
    assert entry.actor.kind is ActorKind.RULE
    assert entry.payload["rule"] == "default"
    assert entry.payload["alert"]


async def test_lesser_trouble_opens_none(desk: Desk):
    await desk.confirms("github", PARTIAL)
    await desk.confirms("zoom", MAJOR)
    assert await desk.all() == []


async def test_trouble_that_grows_into_a_major_outage_opens_one(desk: Desk):
    await desk.confirms("github", PARTIAL)
    await desk.confirms("github", MAJOR)
    assert len(await desk.all()) == 1


async def test_an_incident_nobody_touched_resolves_on_recovery(desk: Desk):
    await desk.confirms("github", MAJOR)
    await desk.recovers("github")
    [resolved] = await desk.all()
    assert resolved.state is State.RESOLVED
    assert resolved.resolution_note == "Recovered by itself; no person had touched it."
    assert await desk.kinds(resolved) == ["opened", "resolved"]
    assert (await desk.entries(resolved))[-1].payload["by_rule"] == "default"


async def test_a_touched_incident_only_learns_of_the_recovery(desk: Desk):
    await desk.confirms("github", MAJOR)
    [opened] = await desk.all()
    await desk.run(incidents.comment, opened, CommentDraft("Looking."))
    await desk.recovers("github")
    observed = await desk.again(opened)
    assert observed.state is State.OPEN
    assert observed.recovery_observed_at is not None
    assert (await desk.kinds(observed))[-1] == "recovery_observed"


async def test_new_trouble_makes_an_observed_recovery_untrue(desk: Desk):
    await desk.confirms("github", MAJOR)
    [opened] = await desk.all()
    await desk.run(incidents.acknowledge, opened)
    await desk.recovers("github")
    await desk.confirms("github", MAJOR, episode=2)
    [joined] = await desk.all()
    assert joined.recovery_observed_at is None
    assert (await desk.kinds(joined))[-1] == "alert_joined"


async def test_an_alert_joins_the_live_incident_on_its_service(desk: Desk):
    opened = await desk.open("slack", "github")
    await desk.confirms("github", MAJOR)
    assert len(await desk.all()) == 1
    assert (await desk.kinds(opened))[-1] == "alert_joined"


async def test_an_alert_opens_another_incident_after_the_last_one_ended(desk: Desk):
    await desk.confirms("github", MAJOR)
    await desk.recovers("github")
    await desk.confirms("github", MAJOR, episode=2)
    assert [one.reference for one in await desk.all()] == ["INC0000002", "INC0000001"]


async def test_one_alert_that_recovers_does_not_end_what_another_keeps_alive(desk: Desk):
    opened = await desk.open("github", "slack")
    await desk.confirms("github", MAJOR)
    await desk.confirms("slack", MAJOR)
    await desk.recovers("github")
    assert (await desk.again(opened)).recovery_observed_at is None
    await desk.recovers("slack")
    assert (await desk.again(opened)).recovery_observed_at is not None


async def test_an_incident_opened_by_hand_takes_up_the_open_alert(desk: Desk):
    await desk.confirms("zoom", MAJOR)
    opened = await desk.open("zoom")
    await desk.recovers("zoom")
    assert (await desk.again(opened)).recovery_observed_at is not None


async def test_a_held_incident_stays_held_on_recovery(desk: Desk):
    await desk.confirms("github", MAJOR)
    [opened] = await desk.all()
    await desk.run(incidents.hold, opened, PendingReason.VENDOR)
    await desk.recovers("github")
    assert (await desk.again(opened)).state is State.PENDING


async def test_a_resolved_incident_closes_by_itself_after_seven_days(desk: Desk):
    await desk.confirms("github", MAJOR)
    await desk.recovers("github")
    await desk.shop.pass_time(timedelta(days=7) - timedelta(seconds=1))
    [resolved] = await desk.all()
    assert resolved.state is State.RESOLVED
    await desk.shop.pass_time(timedelta(seconds=1))
    closed = await desk.again(resolved)
    assert closed.state is State.CLOSED
    assert closed.closed_at == desk.shop.clock.now()
    assert (await desk.entries(closed))[-1].actor.kind is ActorKind.SYSTEM


async def test_a_reopened_incident_does_not_close_by_itself(desk: Desk):
    opened = await desk.open()
    await desk.run(incidents.resolve, opened, "Restarted it.")
    await desk.shop.pass_time(timedelta(days=3))
    await desk.run(incidents.reopen, opened)
    await desk.shop.pass_time(timedelta(days=30))
    assert (await desk.again(opened)).state is State.IN_PROGRESS


SOFT = {
    (1, Status.DEGRADED): Severity.MEDIUM,
    (1, PARTIAL): Severity.HIGH,
    (1, MAJOR): Severity.CRITICAL,
}


async def test_trouble_that_grows_raises_the_severity_that_a_rule_gave(desk: Desk):
    await desk.shop.desk.write(verbs.set_opening_rule, SOFT)
    await desk.confirms("github", Status.DEGRADED)
    [opened] = await desk.all()
    assert opened.severity is Severity.MEDIUM
    await desk.confirms("github", MAJOR)
    [raised] = await desk.all()
    assert (raised.severity, raised.priority) == (Severity.CRITICAL, "P1")
    assert raised.severity_reason is not None
    assert raised.severity_reason.startswith("critical")
    assert raised.untouched
    edited = [entry for entry in await desk.entries(raised) if entry.kind == "incident.edited"]
    assert [entry.actor.kind for entry in edited] == [ActorKind.RULE]
    await desk.recovers("github")
    assert (await desk.again(raised)).state is State.RESOLVED


async def test_a_severity_that_a_person_chose_stays_whatever_comes(desk: Desk):
    await desk.shop.desk.write(verbs.set_opening_rule, SOFT)
    await desk.confirms("github", Status.DEGRADED)
    [opened] = await desk.all()
    await desk.run(incidents.edit, opened, incidents.Change({"severity": Severity.LOW}))
    await desk.confirms("github", MAJOR)
    assert (await desk.again(opened)).severity is Severity.LOW
    by_hand = await desk.open("slack")
    await desk.confirms("slack", MAJOR)
    assert (await desk.again(by_hand)).severity is by_hand.severity
