"""Outgoing webhooks as a receiver sees them."""

import base64
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError

from tests.adapters.webhook.sink import HttpSink, http_sink
from tocsin.adapters.webhook import WebhookChannel
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.ids import new_id
from tocsin.platform.delivery import Body, Claimed, DeliveryError, Fault, Recipient
from tocsin.platform.http import OutgoingClient
from tocsin.platform.secrets import Destination, Secrets, new_signing_secret

SECRETS = Secrets("the installation's key")
SECRET = new_signing_secret()
CONTENT = {
    "type": "incident.opened",
    "timestamp": "2026-03-03T12:00:00Z",
    "data": {"ref": "INC0000001", "title": "Zahlungen gestört {{who}}"},
}


@pytest.fixture
async def sink() -> AsyncIterator[HttpSink]:
    async with http_sink() as server:
        yield server


@pytest.fixture
async def channel() -> AsyncIterator[WebhookChannel]:
    async with OutgoingClient(SystemClock()) as client:
        yield WebhookChannel(client, SECRETS)


def claimed(url: str, secret: str | None = SECRET, **changes: Any) -> Claimed:
    sealed = Destination(url, secret).sealed(SECRETS)
    values: dict[str, Any] = {
        "id": new_id(),
        "tenant": new_id(),
        "channel": "webhook",
        "route": "webhook",
        "recipient": Recipient("channel", "hook", "hooks.example.org", "Hook", sealed),
        "digest": Body(CONTENT).digest,
        "content": CONTENT,
        "slots": {"who": "(Zoë)"},
        "thread": "incident:one",
        "purpose": "webhook",
        "attempt": 1,
        "tries": 1,
        "owner": "me",
    }
    return Claimed(**{**values, **changes})


async def failure(channel: WebhookChannel, message: Claimed) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await channel.send(message)
    return caught.value


async def test_a_receiver_can_verify_what_it_gets(channel: WebhookChannel, sink: HttpSink):
    message = claimed(f"{sink.url}/hook?key=1")
    result = await channel.send(message)
    assert result.answer == "200 OK ok"
    [posted] = sink.posted
    assert posted.headers["content-type"] == "application/json"
    assert posted.headers["webhook-id"] == message.id.hex
    assert posted.headers["webhook-signature"].startswith("v1,")
    verified = Webhook(SECRET).verify(posted.raw, posted.headers)
    assert verified == {
        **CONTENT,
        "data": {"ref": "INC0000001", "title": "Zahlungen gestört (Zoë)"},
    }


async def test_nobody_else_could_have_signed_it(channel: WebhookChannel, sink: HttpSink):
    await channel.send(claimed(sink.url))
    [posted] = sink.posted
    with pytest.raises(WebhookVerificationError):
        Webhook(new_signing_secret()).verify(posted.raw, posted.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(posted.raw.replace(b"INC", b"INX"), posted.headers)


async def test_every_attempt_carries_the_same_id(channel: WebhookChannel, sink: HttpSink):
    message = claimed(sink.url)
    await channel.send(message)
    await channel.send(message)
    assert len({posted.headers["webhook-id"] for posted in sink.posted}) == 1
    assert len({posted.raw for posted in sink.posted}) == 1


async def test_without_a_secret_nothing_is_signed(channel: WebhookChannel, sink: HttpSink):
    await channel.send(claimed(sink.url, secret=None))
    assert "webhook-signature" not in sink.posted[0].headers
    assert "webhook-id" in sink.posted[0].headers


@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_any_2xx_is_success(channel: WebhookChannel, sink: HttpSink, status: int):
    sink.answers(status)
    assert (await channel.send(claimed(sink.url))).answer.startswith(str(status))


@pytest.mark.parametrize(
    ("status", "permanent", "gone"),
    [
        (400, True, False),
        (401, True, False),
        (404, True, False),
        (408, False, False),
        (410, True, True),
        (413, True, False),
        (425, False, False),
        (429, False, False),
        (500, False, False),
        (503, False, False),
    ],
)
async def test_what_other_answers_mean(
    channel: WebhookChannel, sink: HttpSink, status: int, permanent: bool, gone: bool
):
    sink.answers(status, "because\x00 of\n this", Retry_After="7")
    error = await failure(channel, claimed(sink.url))
    assert (error.permanent, error.gone, error.fault) == (permanent, gone, Fault.ENDPOINT)
    assert error.retry_after == timedelta(seconds=7)
    assert error.answer.startswith(f"{status} ")
    assert error.answer.endswith("because of this")


async def test_a_receiver_cannot_make_us_wait_for_ever(channel: WebhookChannel, sink: HttpSink):
    sink.answers(429, Retry_After="99999999")
    error = await failure(channel, claimed(sink.url))
    assert error.retry_after == timedelta(hours=1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_refused(channel: WebhookChannel, sink: HttpSink, status: int):
    sink.answers(status, Location=f"{sink.url}/elsewhere")
    error = await failure(channel, claimed(sink.url))
    assert error.permanent
    assert error.answer.startswith("Redirects are not followed: ")
    assert [posted.path for posted in sink.posted] == ["/"]


async def test_a_visitor_cannot_send_us_into_a_private_network(
    channel: WebhookChannel, sink: HttpSink
):
    error = await failure(channel, claimed(sink.url, purpose="subscriber"))
    assert error.permanent
    assert "private network" in error.answer
    assert sink.posted == []
    await channel.send(claimed(sink.url, purpose="webhook"))
    assert len(sink.posted) == 1


async def test_nobody_there_may_be_somebody_later(channel: WebhookChannel):
    error = await failure(channel, claimed("http://127.0.0.1:9/secret-path"))
    assert (error.permanent, error.fault) == (False, Fault.ENDPOINT)
    assert "secret-path" not in error.answer


async def test_a_host_that_is_left_alone_loses_no_try(channel: WebhookChannel, sink: HttpSink):
    sink.answers(503)
    for _ in range(3):
        assert (await failure(channel, claimed(sink.url))).fault is Fault.ENDPOINT
    error = await failure(channel, claimed(sink.url))
    assert (error.permanent, error.fault) == (False, Fault.HELD)
    assert error.retry_after is not None
    assert len(sink.posted) == 3


async def test_a_seal_that_does_not_open_is_said_so(channel: WebhookChannel, sink: HttpSink):
    other = Destination(sink.url, SECRET).sealed(Secrets("an older key"))
    error = await failure(
        channel, claimed(sink.url, recipient=Recipient("channel", "x", "y", sealed=other))
    )
    assert (error.permanent, error.fault) == (True, Fault.MESSAGE)
    assert "SECRET_KEY" in error.answer


async def test_a_plain_address_works_too(channel: WebhookChannel, sink: HttpSink):
    recipient = Recipient("subscriber", "x", f"{sink.url}/plain")
    await channel.send(claimed("", recipient=recipient))
    assert sink.posted[0].path == "/plain"


async def test_a_long_answer_is_cut(channel: WebhookChannel, sink: HttpSink):
    sink.answer = lambda _: web.Response(status=500, body=b"<html>" + b"\xffx" * 500_000)
    assert len((await failure(channel, claimed(sink.url))).answer) < 300


def test_a_fresh_secret_is_one_that_receivers_take():
    kind, _, coded = new_signing_secret().partition("_")
    assert kind == "whsec"
    assert len(base64.b64decode(coded)) == 32
    assert new_signing_secret() != new_signing_secret()
