"""Deliveries and the journal over HTTP, as the console shows them."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.communication.stakeholders.booth import SLACK_URL, Booth
from tests.platform.delivery.postbox import enter, message, refused
from tocsin.communication.stakeholders import ChannelKind, Receives
from tocsin.kernel.status import Status
from tocsin.platform.delivery import Body, Recipient
from tocsin.registry.identity import Role


@pytest.fixture
async def responder(booth: Booth) -> AsyncClient:
    return await booth.front.as_role(Role.RESPONDER)


async def listed(client: AsyncClient, path: str = "/deliveries", **asked: Any) -> list[Any]:
    answer = await client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


async def alerted(booth: Booth) -> None:
    await booth.add(ChannelKind.SLACK, SLACK_URL, Receives.ALERTS, name="#ops")
    await booth.confirms("github", Status.MAJOR_OUTAGE)
    await booth.recovers("github")


async def test_a_delivery_says_to_whom_and_why(booth: Booth, responder: AsyncClient):
    await alerted(booth)
    newest, oldest = await listed(responder)
    assert newest["cause"]["kind"] == "alert.resolved"
    assert oldest["cause"]["kind"] == "alert.raised"
    assert oldest["cause"]["subject"].startswith("alert:")
    assert oldest["recipient"]["label"] == "#ops"
    assert oldest["recipient"]["address"] == "hooks.example.org"
    assert (oldest["state"], oldest["attempts"], oldest["last_answer"]) == ("sent", 1, "250 taken")
    detail = (await responder.get(f"/deliveries/{oldest['id']}")).json()
    assert detail["body"]["blocks"][0]["text"]["text"] == "⬣ Major outage: GitHub"
    assert [one["outcome"] for one in detail["attempts"]] == ["sent"]


async def test_deliveries_are_found_by_what_is_known_of_them(booth: Booth, responder: AsyncClient):
    await alerted(booth)
    newest, oldest = await listed(responder)
    for asked in (
        {"fact": oldest["cause"]["id"]},
        {"fact": oldest["cause"]["id"], "state": "sent"},
    ):
        assert [one["id"] for one in await listed(responder, **asked)] == [oldest["id"]]
    for asked in (
        {"recipient": "hooks.example.org"},
        {"recipient": oldest["recipient"]["id"]},
        {"thread": "service:github"},
        {"channel": "slack"},
    ):
        ids = [one["id"] for one in await listed(responder, **asked)]
        assert ids == [newest["id"], oldest["id"]]
    assert await listed(responder, state="failed") == []
    assert (await responder.get("/deliveries", params={"state": "lost"})).status_code == 422


async def test_deliveries_come_in_pages(booth: Booth, responder: AsyncClient):
    await alerted(booth)
    everything = [one["id"] for one in await listed(responder)]
    first = (await responder.get("/deliveries", params={"limit": 1})).json()
    second = await responder.get("/deliveries", params={"limit": 1, "cursor": first["next_cursor"]})
    assert [first["items"][0]["id"], second.json()["items"][0]["id"]] == everything
    assert second.json()["next_cursor"] is None


async def test_personal_links_are_hidden_and_other_slots_filled(
    booth: Booth, responder: AsyncClient
):
    said = "Dear {{name}}, leave by {{unsubscribe_url}} or confirm by {{confirm_url}}."
    slots = {
        "name": "Ann",
        "unsubscribe_url": "https://example.org/u/secret",
        "confirm_url": "https://example.org/c/secret",
    }
    to = Recipient("subscriber", "ann", "ann@example.org")
    letter = message(1, channel="mail", recipient=to, body=Body({"text": said}), slots=slots)
    (identifier,) = await enter(booth.shop, letter)
    assert identifier is not None
    answer = await responder.get(f"/deliveries/{identifier.hex}")
    assert answer.json()["body"] == {"text": "Dear Ann, leave by (hidden) or confirm by (hidden)."}
    assert answer.json()["cause"] is None
    assert "secret" not in answer.text


async def test_a_failed_delivery_is_sent_again_by_responders(booth: Booth, responder: AsyncClient):
    booth.boxes["slack"].errors.append(refused("400 no", permanent=True))
    await booth.add(ChannelKind.SLACK, SLACK_URL, Receives.ALERTS)
    await booth.confirms("github", Status.MAJOR_OUTAGE)
    (failed,) = await listed(responder, state="failed")
    path = f"/deliveries/{failed['id']}/send-again"
    viewer = await booth.front.as_role(Role.VIEWER)
    assert (await viewer.post(path)).status_code == 403
    assert (await responder.post(path)).json()["state"] == "pending"
    await booth.shop.settle()
    (sent,) = await listed(viewer, state="sent")
    assert (sent["id"], sent["attempts"]) == (failed["id"], 2)
    assert (await responder.post(path)).status_code == 409


async def test_strangers_see_neither_deliveries_nor_the_journal(booth: Booth):
    stranger = booth.front.client()
    for path in ("/deliveries", "/journal"):
        assert (await stranger.get(path)).status_code == 401


async def test_the_journal_is_read_newest_first_and_by_kind_and_thread(
    booth: Booth, responder: AsyncClient
):
    await alerted(booth)
    kinds = [one["kind"] for one in await listed(responder, "/journal", limit=200)]
    assert kinds.index("alert.resolved") < kinds.index("alert.raised")
    (raised,) = await listed(responder, "/journal", kind="alert.raised")
    assert raised["payload"]["status"] == "major_outage"
    assert raised["actor"] == {"kind": "system", "id": "tocsin"}
    story = await listed(responder, "/journal", thread=raised["thread"])
    assert [one["kind"] for one in story] == ["alert.resolved", "alert.raised"]
    wanted: dict[str, Any] = {"kind": ["alert.raised", "alert.resolved"], "limit": 1}
    first = (await responder.get("/journal", params=wanted)).json()
    second = await listed(responder, "/journal", **wanted, cursor=first["next_cursor"])
    assert [one["id"] for one in second] == [raised["id"]]
