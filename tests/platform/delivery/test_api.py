"""Deliveries over HTTP: what was sent, to whom, why, when, and each attempt."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient

from tests.platform.delivery.postbox import Postbox, enter, message, refused
from tests.support.front import Front, front
from tocsin.kernel.facts import Fact
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Tx
from tocsin.platform.delivery import Body, Recipient
from tocsin.platform.delivery.wiring import WIRING
from tocsin.registry.identity import Role


@pytest.fixture
async def door(database_url: str, box: Postbox) -> AsyncIterator[Front]:
    async with front(database_url, [WIRING], channels=[box]) as found:
        yield found


@pytest.fixture
async def viewer(door: Front) -> AsyncClient:
    return await door.as_role(Role.VIEWER)


@pytest.fixture
async def responder(door: Front) -> AsyncClient:
    return await door.as_role(Role.RESPONDER)


async def send(door: Front, *messages: Any) -> list[UUID]:
    found = await enter(door.house, *messages)
    await door.house.settle()
    return [identifier for identifier in found if identifier is not None]


async def items(client: AsyncClient, **wanted: Any) -> list[dict[str, Any]]:
    answer = await client.get("/deliveries", params=wanted)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_a_delivery_says_to_whom_why_and_what_caused_it(door: Front, viewer: AsyncClient):
    def happen(tx: Tx) -> UUID:
        return tx.record(Fact("incident.update_published", "incident:0190", thread="x:1")).id

    cause = await door.house.house.write(happen)
    [identifier] = await send(door, message(1, cause=cause))
    [one] = await items(viewer)
    assert one == {
        "id": identifier.hex,
        "channel": "post",
        "recipient": {
            "kind": "subscriber",
            "id": "ann",
            "label": "Ann",
            "address": "ann@example.org",
        },
        "reason": "ann subscribed to the page.",
        "purpose": "subscriber",
        "cause": {
            "id": cause.hex,
            "kind": "incident.update_published",
            "subject": "incident:0190",
        },
        "thread": "incident:one",
        "state": "sent",
        "blocked_by": None,
        "attempts": 1,
        "created_at": "2026-03-03T12:00:00Z",
        "ready_at": "2026-03-03T12:00:00Z",
        "finished_at": "2026-03-03T12:00:00Z",
        "last_answer": "250 taken",
        "drill": False,
    }


async def test_one_delivery_shows_what_was_said_and_each_attempt(
    door: Front, viewer: AsyncClient, box: Postbox
):
    box.errors.append(refused("450 not now"))
    body = Body({"text": "Hello {{name}}, stop: {{unsubscribe_url}}"})
    slots = {"name": "Ann", "unsubscribe_url": "https://x.example/secret-token"}
    [identifier] = await send(door, message(1, body=body, slots=slots))
    answer = await viewer.get(f"/deliveries/{identifier.hex}")
    shown = answer.json()
    assert shown["body"] == {"text": "Hello Ann, stop: (hidden)"}
    assert "secret-token" not in answer.text
    assert [(one["number"], one["outcome"], one["answer"]) for one in shown["attempts"]] == [
        (1, "failed", "450 not now")
    ]
    assert shown["state"] == "pending"
    assert shown["ready_at"] == "2026-03-03T12:00:02Z"


async def test_a_sealed_address_is_never_shown(door: Front, viewer: AsyncClient):
    to = Recipient("channel", "ops", "hooks.slack.com", "Ops", sealed="gAAAA-sealed")
    [identifier] = await send(door, message(1, recipient=to))
    for path in ("/deliveries", f"/deliveries/{identifier.hex}"):
        assert "gAAAA" not in (await viewer.get(path)).text


async def test_lists_are_filtered(door: Front, viewer: AsyncClient, box: Postbox):
    box.rule = lambda one: refused(permanent=True) if one.recipient.id == "ben" else None
    cause = new_id()
    await send(
        door,
        message(1, "ann"),
        message(2, "ben", thread="incident:two"),
        message(3, "cem", cause=cause),
    )

    async def who(**wanted: Any) -> list[str]:
        return [one["recipient"]["id"] for one in await items(viewer, **wanted)]

    assert await who() == ["cem", "ben", "ann"]
    assert await who(state="failed") == ["ben"]
    assert await who(thread="incident:two") == ["ben"]
    assert await who(recipient="ann") == ["ann"]
    assert await who(recipient="ann@example.org") == ["ann"]
    assert await who(fact=cause.hex) == ["cem"]
    assert await who(channel="post", state="sent") == ["cem", "ann"]
    assert await who(channel="mail") == []
    assert (await viewer.get("/deliveries", params={"state": "lost"})).status_code == 422
    assert (await viewer.get("/deliveries", params={"fact": "x"})).status_code == 422


@pytest.mark.parametrize("wanted", [{}, {"recipient": "ann"}, {"fact": new_id().hex}])
async def test_pages_follow_each_other(door: Front, viewer: AsyncClient, wanted: dict[str, str]):
    cause = UUID(wanted["fact"]) if "fact" in wanted else None
    made = [message(number, thread=f"t{number}", cause=cause) for number in range(7)]
    expected = [each.hex for each in reversed(await send(door, *made))]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page: dict[str, Any] = {"limit": 3, **wanted, **({"cursor": cursor} if cursor else {})}
        answer = (await viewer.get("/deliveries", params=page)).json()
        seen += [one["id"] for one in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert seen == expected


async def test_a_responder_sends_again_what_failed(
    door: Front, responder: AsyncClient, viewer: AsyncClient, box: Postbox
):
    box.errors.append(refused("550 no", permanent=True))
    [identifier] = await send(door, message(1))
    path = f"/deliveries/{identifier.hex}/send-again"
    assert (await viewer.post(path)).status_code == 403
    answer = await responder.post(path)
    assert (answer.status_code, answer.json()["state"]) == (200, "pending")
    await door.house.settle()
    assert [one["state"] for one in await items(viewer)] == ["sent"]
    again = await responder.post(path)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    [fact] = await door.house.facts("delivery.requested_again")
    assert fact.actor.kind == "token"


async def test_what_does_not_exist_or_is_anothers_is_not_found(
    door: Front, viewer: AsyncClient, responder: AsyncClient
):
    [identifier] = await send(door, message(1))
    stranger = door.client()
    for path in ("/deliveries", f"/deliveries/{identifier.hex}"):
        assert (await stranger.get(path)).status_code == 401
    missing = new_id().hex
    assert (await viewer.get(f"/deliveries/{missing}")).status_code == 404
    assert (await responder.post(f"/deliveries/{missing}/send-again")).status_code == 404
    assert (await viewer.get("/deliveries/none")).status_code == 422
