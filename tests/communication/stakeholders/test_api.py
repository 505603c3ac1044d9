"""Channels and webhooks over HTTP: added, edited, tried, removed; secrets shown once or never."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.communication.stakeholders.booth import POLLER_URL, SLACK_URL, Booth, open_booth
from tests.platform.delivery.postbox import refused
from tests.support.spine import PERSON
from tocsin.communication import stakeholders
from tocsin.communication.stakeholders import Reached
from tocsin.kernel.status import Status
from tocsin.platform.delivery import DeliveryState
from tocsin.registry.identity import Role

HOOK = "https://example.org/hook?key=1"
MAJOR = Status.MAJOR_OUTAGE


@pytest.fixture
async def admin(booth: Booth) -> AsyncClient:
    return await booth.front.as_role(Role.ADMIN)


async def made(client: AsyncClient, path: str = "/channels", **body: Any) -> dict[str, Any]:
    answer = await client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def faults(client: AsyncClient, path: str = "/channels", **body: Any) -> list[str]:
    answer = await client.post(path, json=body)
    assert answer.status_code == 422, answer.text
    return [fault["field"] for fault in answer.json()["errors"]]


async def test_an_added_slack_channel_shows_its_host_only(admin: AsyncClient):
    shown = await made(admin, kind="slack", url=SLACK_URL, name="#ops", tiers=[2, 1])
    assert (shown["kind"], shown["name"], shown["address"]) == (
        "slack",
        "#ops",
        "hooks.example.org",
    )
    assert (shown["tiers"], shown["receives"], shown["secret"]) == ([1, 2], ["alerts"], None)
    listed = await admin.get("/channels")
    assert [one["id"] for one in listed.json()["items"]] == [shown["id"]]
    assert "token" not in listed.text
    one = await admin.get(f"/channels/{shown['id']}")
    assert one.headers["etag"].startswith('"1')


async def test_a_webhooks_secret_is_shown_once(admin: AsyncClient, booth: Booth):
    headers = {"Idempotency-Key": "add-the-hook"}
    first = await admin.post("/webhooks", json={"url": HOOK}, headers=headers)
    assert first.status_code == 201
    secret = first.json()["secret"]
    assert secret.startswith("whsec_")
    again = await admin.post("/webhooks", json={"url": HOOK}, headers=headers)
    assert again.json() == {**first.json(), "secret": None}
    (shown,) = (await admin.get("/webhooks")).json()["items"]
    assert "secret" not in shown
    assert shown["events"] == [
        *("alert.raised", "alert.resolved", "incident.opened", "incident.resolved"),
        "incident.update_published",
    ]
    await booth.confirms("github", MAJOR)
    assert booth.leads_to(booth.taken("webhook")[0]).secret == secret


async def test_a_webhook_among_the_channels_receives_what_the_words_stand_for(admin: AsyncClient):
    shown = await made(admin, kind="webhook", url=HOOK, receives=["updates", "poller_health"])
    assert shown["secret"].startswith("whsec_")
    assert shown["events"] == [
        "incident.update_published",
        "signal.poller_broke",
        "signal.poller_recovered",
        "signal.source_moved",
        "signal.components_vanished",
        "audit.found",
        "audit.gone",
    ]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"kind": "slack"}, ["url"]),
        ({"kind": "mail"}, ["address"]),
        ({"kind": "slack", "url": "ftp://example.org"}, ["url"]),
        ({"kind": "slack", "url": "https://me:word@example.org/x"}, ["url"]),
        ({"kind": "mail", "address": "nobody"}, ["address"]),
        ({"kind": "mail", "address": "a@example.org\nBcc: b@example.org"}, ["address"]),
        ({"kind": "mail", "address": "a@example.org", "url": HOOK}, ["url"]),
        ({"kind": "slack", "url": HOOK, "address": "a@example.org"}, ["address"]),
        ({"kind": "slack", "url": HOOK, "events": ["alert.raised"]}, ["events"]),
        ({"kind": "webhook", "url": HOOK, "events": ["alert.rised"]}, ["events"]),
        ({"kind": "slack", "url": HOOK, "tiers": [4]}, ["tiers[0]"]),
        ({"kind": "pager", "url": HOOK}, ["kind"]),
    ],
)
async def test_what_cannot_be_is_refused_by_field(
    admin: AsyncClient, body: dict[str, Any], fields: list[str]
):
    assert await faults(admin, **body) == fields
    assert (await admin.get("/channels")).json()["items"] == []


async def test_an_edit_moves_what_waits_to_the_new_address(admin: AsyncClient, booth: Booth):
    shown = await made(admin, "/webhooks", url=HOOK)
    booth.boxes["webhook"].errors.append(refused())
    await booth.confirms("github", MAJOR)
    before = booth.leads_to(booth.boxes["webhook"].attempts[0])
    change = {"url": "https://other.example.org/hook", "name": "Other"}
    path = f"/channels/{shown['id']}"
    answer = await admin.patch(path, json=change, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["address"], answer.json()["version"]) == ("other.example.org", 2)
    stale = await admin.patch(path, json={"name": "Late"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    await booth.shop.settle()
    after = booth.leads_to(booth.taken("webhook")[-1])
    assert (after.url, after.secret) == (change["url"], before.secret)
    (edited,) = await booth.shop.facts("channel.edited")
    assert edited.payload == {"kind": "webhook", "fields": ["address", "name"]}


async def test_a_removed_channel_is_forgotten_and_gets_nothing(admin: AsyncClient, booth: Booth):
    shown = await made(admin, kind="slack", url=SLACK_URL)
    booth.boxes["slack"].errors.append(refused())
    await booth.confirms("github", MAJOR)
    assert (await admin.delete(f"/channels/{shown['id']}")).status_code == 204
    await booth.recovers("github")
    (row,) = await booth.sent()
    assert (row.state, row.last_answer) == (
        DeliveryState.FAILED,
        "Not sent: the channel was removed.",
    )
    for call in (admin.get, admin.delete):
        assert (await call(f"/channels/{shown['id']}")).status_code == 404
    assert (await admin.get("/channels/not-an-id")).status_code == 404


async def test_a_channel_of_another_kind_is_no_webhook(admin: AsyncClient):
    shown = await made(admin, kind="slack", url=SLACK_URL)
    assert (await admin.delete(f"/webhooks/{shown['id']}")).status_code == 404
    hook = await made(admin, "/webhooks", url=HOOK)
    assert (await admin.delete(f"/webhooks/{hook['id']}")).status_code == 204
    assert (await admin.get("/webhooks")).json()["items"] == []


async def test_a_test_message_goes_through_the_ledger(admin: AsyncClient, booth: Booth):
    shown = await made(admin, kind="mail", address="ops@example.org", name="Ops")
    answer = await admin.post(f"/channels/{shown['id']}/test")
    assert answer.status_code == 202
    await booth.shop.settle()
    (message,) = booth.taken("mail")
    assert message.id.hex == answer.json()["delivery_id"].replace("-", "")
    assert "Nothing is wrong" in message.content["text"]
    detail = (await admin.get(f"/deliveries/{message.id.hex}")).json()
    assert detail["cause"]["kind"] == "channel.tested"
    assert detail["reason"] == "Somebody asked for a test of the channel Ops."


async def test_channels_of_the_environment_are_shown_and_tried_but_not_touched(
    database_url: str,
):
    named = {"slack_webhook_url": SLACK_URL, "poller_health_url": POLLER_URL}
    async with open_booth(database_url, **named) as booth:
        admin = await booth.front.as_role(Role.ADMIN)
        answer = await admin.get("/channels")
        assert [(one["id"], one["receives"]) for one in answer.json()["items"]] == [
            ("env-slack", ["alerts", "updates"]),
            ("env-poller", ["poller_health"]),
        ]
        assert all(one["from_environment"] for one in answer.json()["items"])
        assert "token" not in answer.text
        assert (await admin.patch("/channels/env-slack", json={"name": "x"})).status_code == 409
        assert (await admin.delete("/channels/env-slack")).status_code == 409
        assert (await admin.post("/channels/env-poller/test")).status_code == 202
        await booth.shop.settle()
        assert booth.leads_to(booth.taken("slack")[0]).url == POLLER_URL


async def test_reach_counts_who_gets_updates(admin: AsyncClient, booth: Booth):
    await made(admin, kind="slack", url=SLACK_URL, receives=["updates"])
    await made(admin, kind="slack", url=SLACK_URL, receives=["alerts"])
    await made(admin, kind="mail", address="a@example.org", receives=["alerts", "updates"])
    await made(admin, "/webhooks", url=HOOK)
    await made(admin, "/webhooks", url=HOOK, events=["alert.raised"])
    gone = await made(admin, "/webhooks", url=HOOK)
    assert await _reach(booth) == Reached(mail=1, webhooks=2, chat=1)
    booth.boxes["webhook"].rule = lambda message: (
        refused("410 gone", permanent=True, gone=True)
        if message.recipient.id == gone["id"]
        else None
    )
    await booth.confirms("github", MAJOR)
    assert await _reach(booth) == Reached(mail=1, webhooks=1, chat=1)
    shown = (await admin.get(f"/channels/{gone['id']}")).json()
    assert shown["disabled_at"] is not None
    booth.boxes["webhook"].rule = lambda _: None
    await admin.post(f"/channels/{gone['id']}/test")
    assert await _reach(booth) == Reached(mail=1, webhooks=2, chat=1)


async def _reach(booth: Booth) -> Reached:
    return await booth.shop.house.read(stakeholders.reach, booth.settings)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.RESPONDER, Role.ITSM_MANAGER])
async def test_channels_are_the_admins_business(booth: Booth, role: Role):
    client = await booth.front.as_role(role)
    assert (await client.get("/channels")).status_code == 403
    assert (await client.post("/webhooks", json={"url": HOOK})).status_code == 403
    assert (await booth.front.client().get("/channels")).status_code == 401


async def test_facts_of_channels_name_no_address(admin: AsyncClient, booth: Booth):
    shown = await made(admin, kind="mail", address="ops@example.org")
    await admin.delete(f"/channels/{shown['id']}")
    facts = await booth.shop.facts("channel.added", "channel.removed")
    assert [fact.payload for fact in facts] == [{"kind": "mail"}, {"kind": "mail"}]
    assert all(fact.actor != PERSON and fact.actor.is_person for fact in facts)
