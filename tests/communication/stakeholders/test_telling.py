"""Who is told what, in which words, and why."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import insert

from tests.communication.stakeholders.booth import (
    POLLER_URL,
    PUBLIC_URL,
    REASON,
    SECRETS,
    SLACK_URL,
    Booth,
    open_booth,
)
from tests.support.detection import ROOM
from tocsin.communication import stakeholders
from tocsin.communication.stakeholders import ChannelKind, Reached, Receives
from tocsin.communication.stakeholders.reactions import Teller
from tocsin.detection import alerts
from tocsin.detection.signals import ServiceSample
from tocsin.kernel.facts import SYSTEM, Fact, subject_of
from tocsin.kernel.ids import new_id
from tocsin.kernel.status import Status
from tocsin.platform.database import Context, ReadTx, Tx
from tocsin.registry.identity.tables import tenants

SLACK, MAIL, WEBHOOK = ChannelKind
MAJOR, PARTIAL = Status.MAJOR_OUTAGE, Status.PARTIAL_OUTAGE


def headers(booth: Booth) -> list[str]:
    return [message.content["blocks"][0]["text"]["text"] for message in booth.taken("slack")]


def types(booth: Booth) -> list[str]:
    return [message.content["type"] for message in booth.taken("webhook")]


async def test_slack_hears_of_an_alert_with_reason_and_link(booth: Booth):
    added = await booth.add(SLACK, SLACK_URL, Receives.ALERTS, name="#ops")
    await booth.confirms("github", MAJOR)
    (message,) = booth.taken("slack")
    header, section, fields, actions = message.content["blocks"]
    assert header == {
        "type": "header",
        "text": {"type": "plain_text", "text": "⬣ Major outage: GitHub", "emoji": False},
    }
    escaped = REASON.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert section["text"]["text"] == escaped
    shown = [field["text"] for field in fields["fields"]]
    assert shown == ["Since\n2026-03-03 12:00 UTC", "Tier\n1"]
    (found,) = await booth.shop.desk.read(_alerts_of_github)
    (button,) = actions["elements"]
    assert button["url"] == f"{PUBLIC_URL}/alerts/{found.id.hex}"
    assert message.content["text"] == f"Major outage: GitHub. {escaped}"
    assert message.recipient.address == "hooks.example.org"
    assert booth.leads_to(message).url == SLACK_URL
    (row,) = await booth.sent()
    assert (row.recipient.kind, row.recipient.id) == ("channel", added.id)
    assert row.reason == "The channel #ops receives alerts about services of tier 1."
    assert (row.purpose, row.thread) == ("ops", "service:github")
    (raised,) = await booth.shop.facts("alert.raised")
    assert row.cause == raised.id


async def test_an_alert_says_what_was_seen_in_the_words_of_the_check(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.ALERTS)
    at, seen = booth.shop.clock.now(), "Answers with 503 (Service Unavailable)."
    sample = ServiceSample("github", at, MAJOR, False, seen, "ok", counts=True, settled=True)
    await booth.shop.desk.write(ROOM.taken, sample)
    await booth.shop.settle()
    (message,) = booth.taken("slack")
    fields = next(block["fields"] for block in message.content["blocks"] if "fields" in block)
    assert fields[0]["text"] == f"Seen\n{seen}"
    assert message.content["text"].startswith(f"Major outage: GitHub. {seen} Major outage is")


def _alerts_of_github(tx: ReadTx) -> list[alerts.Alert]:
    return alerts.alerts_of(tx, "github")


async def test_mail_tells_the_same_story_as_a_letter(booth: Booth):
    await booth.add(MAIL, "ops@example.org", Receives.ALERTS)
    await booth.confirms("github", MAJOR)
    (message,) = booth.taken("mail")
    assert message.recipient.address == "ops@example.org"
    assert message.content["subject"] == "Major outage: GitHub"
    assert "<!channel> & more" in " ".join(message.content["text"].split())
    assert "&lt;!channel&gt; &amp; more" in message.content["html"]
    assert f"{PUBLIC_URL}/alerts/" in message.content["html"]


async def test_a_webhook_gets_ids_status_and_links_and_its_secret_is_sealed(booth: Booth):
    await booth.add(WEBHOOK, "https://example.org/hook?key=1", signing_secret="whsec_c2VjcmV0")
    await booth.confirms("github", MAJOR)
    raised, opened = booth.taken("webhook")
    assert raised.content["type"] == "alert.raised"
    assert raised.content["timestamp"] == "2026-03-03T12:00:00Z"
    data = raised.content["data"]
    assert data["service"] == {"id": "github", "name": "GitHub", "tier": 1}
    assert (data["status"], data["reason"]) == ("major_outage", REASON)
    assert data["links"]["alert"] == f"{PUBLIC_URL}/alerts/{data['alert_id']}"
    assert opened.content["type"] == "incident.opened"
    assert opened.content["data"]["ref"] == "INC0000001"
    leads = booth.leads_to(raised)
    assert (leads.url, leads.secret) == ("https://example.org/hook?key=1", "whsec_c2VjcmV0")
    row, _ = await booth.sent()
    assert row.purpose == "webhook"
    assert "key=1" not in json.dumps([row.recipient.address, str(row.content), row.reason])


async def test_recovery_is_told_after_the_alert_and_in_its_thread(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.ALERTS)
    await booth.add(WEBHOOK, "https://example.org/hook", events=("alert.raised", "alert.resolved"))
    await booth.confirms("github", MAJOR)
    await booth.recovers("github")
    assert headers(booth) == ["⬣ Major outage: GitHub", "● Recovered: GitHub"]
    assert [m.content["data"]["status"] for m in booth.taken("webhook")] == [
        "major_outage",
        "operational",
    ]
    assert {row.thread for row in await booth.sent()} == {"service:github"}


async def test_a_worsening_is_told_and_an_improvement_only_to_webhooks_that_asked(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.ALERTS)
    await booth.add(WEBHOOK, "https://example.org/hook", events=("alert.changed",))
    await booth.confirms("github", PARTIAL)
    await booth.confirms("github", MAJOR)
    await booth.improves("github", PARTIAL)
    assert headers(booth) == ["◆ Partial outage: GitHub", "⬣ Major outage: GitHub"]
    assert types(booth) == ["alert.changed", "alert.changed"]


async def test_only_channels_of_the_services_tier_hear_of_its_alerts(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.ALERTS, name="important", tiers=(1,))
    await booth.add(SLACK, SLACK_URL, Receives.ALERTS, name="the rest", tiers=(2, 3))
    await booth.add(WEBHOOK, "https://example.org/hook", events=("alert.raised",), tiers=(2,))
    await booth.confirms("github", MAJOR)
    await booth.confirms("zoom", MAJOR)
    told = [(row.recipient.label, row.thread) for row in await booth.sent()]
    assert told == [("important", "service:github"), ("the rest", "service:zoom")]


async def test_a_public_update_reaches_those_who_receive_updates(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.UPDATES)
    await booth.add(MAIL, "boss@example.org", Receives.ALERTS)
    await booth.add(WEBHOOK, "https://example.org/hook", events=("incident.update_published",))
    found = await booth.opens("github")
    await booth.says(found, "Pushes **fail** for some.", impacts={"github": PARTIAL})
    (message,) = booth.taken("slack")
    header, section, context, actions = message.content["blocks"]
    assert header["text"]["text"] == "Investigating: Pushes fail"
    assert section["text"]["text"] == "Pushes fail for some."
    assert context["elements"][0]["text"] == "Incident: INC0000001 · GitHub: Partial outage"
    assert actions["elements"][0]["url"] == f"{PUBLIC_URL}/incidents/INC0000001"
    (event,) = booth.taken("webhook")
    assert event.content["data"]["services"] == [
        {"id": "github", "name": "GitHub", "status": "partial_outage"}
    ]
    assert {row.thread for row in await booth.sent()} == {f"incident:{found.id.hex}"}
    assert booth.taken("mail") == []


async def test_internal_updates_stay_inside(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.UPDATES)
    found = await booth.opens("github")
    await booth.says(found, "We know nothing.", public=False)
    assert await booth.sent() == []


@pytest.mark.parametrize(("silent", "drill"), [(True, False), (False, True)])
async def test_silent_and_drilled_updates_are_for_nobody_outside(
    booth: Booth, silent: bool, drill: bool
):
    found = await booth.opens("github")
    await booth.says(found, "Pushes fail.")
    (published,) = await booth.shop.facts("incident.update_published")
    await booth.add(SLACK, SLACK_URL, Receives.UPDATES)
    await booth.add(WEBHOOK, "https://example.org/hook", events=("incident.update_published",))
    loud = Fact(published.kind, published.subject, published.payload)
    await booth.record(replace(loud, silent=silent, drill=drill))
    assert await booth.sent() == []
    await booth.record(loud)
    assert len(await booth.sent()) == 2


async def test_poller_health_has_listeners_of_its_own(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.POLLER_HEALTH)
    await booth.add(SLACK, SLACK_URL, Receives.ALERTS)
    await booth.poller("broke")
    await booth.poller("recovered")
    assert headers(booth) == ["Cannot be read: GitHub", "Can be read again: GitHub"]
    assert "says nothing about the service" in str(booth.taken("slack")[0].content)


async def test_a_page_that_moves_or_loses_components_is_told_there_too(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.POLLER_HEALTH)
    about = {"source": new_id().hex, "kind": "statuspage"}
    subject = subject_of("service", "github")
    await booth.record(Fact("signal.source_moved", subject, {**about, "host": "new.example"}))
    await booth.record(Fact("signal.components_vanished", subject, {**about, "components": 1}))
    assert headers(booth) == ["Moved: GitHub", "Components missing: GitHub"]
    assert "redirects to new.example" in str(booth.taken("slack")[0].content)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"slack_webhook_url": SLACK_URL}, ["env-slack", "env-slack"]),
        (
            {"slack_webhook_url": SLACK_URL, "poller_health_url": POLLER_URL},
            ["env-slack", "env-poller"],
        ),
        ({"poller_health_url": POLLER_URL}, ["env-poller"]),
    ],
)
async def test_the_environment_names_channels(
    database_url: str, named: dict[str, str], expected: list[str]
):
    async with open_booth(database_url, **named) as booth:
        await booth.confirms("github", MAJOR)
        await booth.poller("broke")
        assert [row.recipient.id for row in await booth.sent()] == expected
        urls = {
            message.recipient.id: booth.leads_to(message).url for message in booth.taken("slack")
        }
        wanted = {"env-slack": SLACK_URL, "env-poller": POLLER_URL}
        assert urls == {one: wanted[one] for one in expected}


async def test_another_tenant_has_neither_these_channels_nor_those_of_the_environment(
    database_url: str,
):
    async with open_booth(database_url, slack_webhook_url=SLACK_URL) as booth:
        await booth.add(WEBHOOK, "https://example.org/hook")
        assert len(await booth.channels()) == 2
        other = Context(await booth.shop.house.write(_found_another), SYSTEM)
        read = booth.shop.database.read
        assert await read(other, stakeholders.channels, booth.settings) == []
        assert await read(other, stakeholders.reach, booth.settings) == Reached()


def _found_another(tx: Tx) -> UUID:
    identifier = new_id()
    row = {"id": identifier, "slug": "other", "name": "Other", "created_at": tx.now}
    tx.execute(insert(tenants).values(**row))
    return identifier


async def test_telling_twice_tells_once(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.ALERTS)
    await booth.confirms("github", MAJOR)
    (raised,) = await booth.shop.facts("alert.raised")
    await booth.shop.house.write(Teller(booth.settings, SECRETS), raised)
    await booth.shop.settle()
    assert len(await booth.sent()) == 1


async def test_nobody_listens_and_nothing_is_read_or_sent(booth: Booth):
    await booth.confirms("github", MAJOR)
    assert await booth.sent() == []
