"""Slack messages as Slack sees them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from tests.adapters.webhook.sink import HttpSink, Posted, http_sink
from tocsin.adapters.slack import SlackChannel, Tempo
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.ids import new_id
from tocsin.platform.delivery import Body, Claimed, DeliveryError, Fault, Recipient
from tocsin.platform.http import OutgoingClient
from tocsin.platform.secrets import Destination, Secrets

SECRETS = Secrets("the installation's key")
CONTENT = {
    "text": "Payments: major outage",
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*Payments* {{link}}"}}],
}


@pytest.fixture
async def sink() -> AsyncIterator[HttpSink]:
    async with http_sink() as server:
        yield server


@pytest.fixture
async def channel() -> AsyncIterator[SlackChannel]:
    async with OutgoingClient(SystemClock(), breaker_threshold=100) as client:
        yield SlackChannel(client, SECRETS, tempo=Tempo(seconds=0))


def claimed(url: str, **changes: Any) -> Claimed:
    sealed = Destination(f"{url}/services/T0/B0/secret").sealed(SECRETS)
    values: dict[str, Any] = {
        "id": new_id(),
        "tenant": new_id(),
        "channel": "slack",
        "route": "slack",
        "recipient": Recipient("channel", "ops", "hooks.slack.com", "Ops", sealed),
        "digest": Body(CONTENT).digest,
        "content": CONTENT,
        "slots": {"link": "<https://tocsin.example|Open>"},
        "thread": "alert:one",
        "purpose": "ops",
        "attempt": 1,
        "tries": 1,
        "owner": "me",
    }
    return Claimed(**{**values, **changes})


async def failure(channel: SlackChannel, message: Claimed) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await channel.send(message)
    return caught.value


async def test_text_and_blocks_arrive_filled(channel: SlackChannel, sink: HttpSink):
    assert (await channel.send(claimed(sink.url))).answer == "200 OK ok"
    [posted] = sink.posted
    assert posted.path == "/services/T0/B0/secret"
    assert posted.json == {
        "text": "Payments: major outage",
        "blocks": [
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "*Payments* <https://tocsin.example|Open>"},
            }
        ],
    }


async def test_slack_says_when_to_come_back(channel: SlackChannel, sink: HttpSink):
    sink.answers(429, "rate_limited", Retry_After="30")
    error = await failure(channel, claimed(sink.url))
    assert (error.permanent, error.gone) == (False, False)
    assert error.retry_after == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (404, "no_service"),
        (404, "channel_not_found"),
        (410, "channel_is_archived"),
        (403, "no_team"),
        (400, "team_disabled"),
    ],
)
async def test_a_webhook_that_is_gone_stays_gone(
    channel: SlackChannel, sink: HttpSink, status: int, word: str
):
    sink.answers(status, word)
    error = await failure(channel, claimed(sink.url))
    assert (error.permanent, error.gone, error.fault) == (True, True, Fault.ENDPOINT)
    assert error.answer.endswith(word)


@pytest.mark.parametrize("word", ["no_text", "too_many_attachments"])
async def test_a_message_slack_refuses_is_the_messages_fault(
    channel: SlackChannel, sink: HttpSink, word: str
):
    sink.answers(400, word)
    error = await failure(channel, claimed(sink.url))
    assert (error.permanent, error.gone, error.fault) == (True, False, Fault.MESSAGE)
    assert len(sink.posted) == 1


async def test_blocks_that_slack_cannot_read_do_not_cost_the_message(
    channel: SlackChannel, sink: HttpSink
):
    def answer(posted: Posted) -> web.Response:
        bad = "blocks" in posted.json
        return web.Response(status=400 if bad else 200, text="invalid_blocks" if bad else "ok")

    sink.answer = answer
    assert (await channel.send(claimed(sink.url))).answer == "200 OK ok"
    assert sink.posted[1].json == {"text": "Payments: major outage"}


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_slacks_own_trouble_passes(channel: SlackChannel, sink: HttpSink, status: int):
    sink.answers(status, "rollup_error")
    error = await failure(channel, claimed(sink.url))
    assert (error.permanent, error.gone) == (False, False)


async def test_the_webhooks_address_is_never_told(channel: SlackChannel, sink: HttpSink):
    unreachable = await failure(channel, claimed("http://127.0.0.1:9"))
    sink.answers(403, "invalid_token")
    refused = await failure(channel, claimed(sink.url))
    for error in (unreachable, refused):
        assert "secret" not in error.answer
        assert "T0" not in error.answer


async def test_a_burst_is_fine_and_then_one_per_second():
    waits: list[float] = []
    now = asyncio.get_running_loop().time()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    tempo = Tempo(sleep=sleep)
    for _ in range(6):
        await tempo.wait("ops")
    await tempo.wait("other")
    spent = asyncio.get_running_loop().time() - now
    assert waits == [pytest.approx(1, abs=spent), pytest.approx(2, abs=spent)]


async def test_only_so_many_webhooks_are_remembered():
    tempo = Tempo(seconds=0)
    for number in range(1_500):
        await tempo.wait(str(number))
    assert len(tempo._due) == 1_000
