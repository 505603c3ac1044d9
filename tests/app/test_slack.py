"""Slack calls the whole product: each route behind its switch, signed, answered at once."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from httpx import Response
from slack_sdk.signature import SignatureVerifier

from tests.security.whole import Whole, whole
from tests.support.spine import START

SECRET = "the signing secret of the tests"
ON: dict[str, Any] = {
    "SLACK_SIGNING_SECRET": SECRET,
    "SLACK_ACK_ENABLED": True,
    "SLACK_SLASH_ENABLED": True,
}


async def call(product: Whole, route: str, secret: str = SECRET, **form: str) -> Response:
    body = urlencode(form).encode()
    timestamp = str(int(START.timestamp()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    headers = {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature or "",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return await product.stranger.post(f"/api/slack/{route}", content=body, headers=headers)


def payload(value: str, action: str = "ack") -> str:
    return json.dumps(
        {
            "type": "block_actions",
            "user": {"id": "U1", "username": "robin"},
            "actions": [{"type": "button", "action_id": action, "value": value}],
            "response_url": "https://hooks.slack.com/actions/T1/1/x",
        }
    )


async def outage(product: Whole, token: str | None = None) -> dict[str, Any]:
    """A service is down by hand; answers its alert."""
    client = product.client(token) if token else product.owner
    service = {"id": "mail", "name": "Mail", "category": "support", "source": {"kind": "manual"}}
    assert (await client.post("/api/v1/services", json=service)).status_code == 201
    said = {"new_status": "major_outage", "reason": "Nobody can log in."}
    assert (await client.post("/api/v1/services/mail/status", json=said)).status_code == 200
    await product.settle()
    (alert,) = (await client.get("/api/v1/alerts")).json()["items"]
    found: dict[str, Any] = alert
    return found


async def test_both_routes_are_off_by_default(tmp_path: Path):
    async with whole(tmp_path) as product:
        assert (await call(product, "interactivity", payload="{}")).status_code == 404
        assert (await call(product, "slash", text="")).status_code == 503


async def test_a_click_acknowledges_and_slack_is_told_where_it_wants_to_be_told(tmp_path: Path):
    async with whole(tmp_path, **ON) as product:
        alert = await outage(product)
        answer = await call(product, "interactivity", payload=payload(alert["id"]))
        assert answer.status_code == 200
        assert answer.json()["replace_original"] is True
        assert "Acknowledged by <@U1>" in answer.text
        (seen,) = (await product.owner.get("/api/v1/alerts")).json()["items"]
        assert (seen["state"], seen["acknowledged_by"]) == ("acknowledged", "Somebody in Slack")
        (row,) = (await product.owner.get("/api/v1/deliveries")).json()["items"]
        assert row["recipient"]["address"] == "hooks.slack.com"
        assert "actions/T1" not in json.dumps(row)


async def test_a_click_on_another_tenants_alert_is_theirs(tmp_path: Path):
    async with whole(tmp_path, **ON) as product:
        token = await product.token("super_admin", await product.tenant("theirs"))
        alert = await outage(product, token)
        await call(product, "interactivity", payload=payload(alert["id"]))
        (seen,) = (await product.client(token).get("/api/v1/alerts")).json()["items"]
        assert seen["state"] == "acknowledged"


async def test_a_link_button_is_only_received(tmp_path: Path):
    async with whole(tmp_path, **ON) as product:
        answer = await call(product, "interactivity", payload=payload("x", "open"))
        assert (answer.status_code, answer.content) == (200, b"")


async def test_a_wrong_signature_is_401_and_a_wrong_form_422(tmp_path: Path):
    async with whole(tmp_path, **ON) as product:
        alert = await outage(product)
        forged = await call(product, "interactivity", "forger", payload=payload(alert["id"]))
        assert forged.status_code == 401
        assert (await call(product, "slash", "forger", user_id="U1")).status_code == 401
        (seen,) = (await product.owner.get("/api/v1/alerts")).json()["items"]
        assert seen["state"] == "firing"
        assert (await call(product, "interactivity", payload="{")).status_code == 422
        assert (await call(product, "slash", text="x")).status_code == 422
        product.clock.move(timedelta(minutes=6))
        late = await call(product, "interactivity", payload=payload(alert["id"]))
        assert late.status_code == 401


async def test_slash_answers_the_boards_sentence_to_the_asker(tmp_path: Path):
    async with whole(tmp_path, **ON) as product:
        await outage(product)
        answer = await call(product, "slash", user_id="U1", command="/itstatus", text="")
        assert answer.status_code == 200
        body = answer.json()
        assert body["response_type"] == "ephemeral"
        assert body["blocks"][0]["text"]["text"] == "Mail: major outage."
        assert body["blocks"][1]["text"]["text"] == (
            "⬣ Mail: major outage since 2026-03-03 12:00 UTC"
        )
        one = await call(product, "slash", user_id="U1", command="/itstatus", text="mail")
        assert "Mail: major outage since" in one.json()["text"]
        check = await call(product, "slash", ssl_check="1")
        assert (check.status_code, check.content) == (200, b"")
