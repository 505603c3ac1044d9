"""The ledger with its real channels, against a mail server and web servers on this machine."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.adapters.email.sink import MailSink, mail_sink
from tests.adapters.webhook.sink import HttpSink, http_sink
from tests.platform.delivery.postbox import enter, message, rows, states
from tests.support.spine import Workshop, workshop
from tocsin.adapters.email import MailChannel, read_sender, read_smtp_url
from tocsin.adapters.slack import SlackChannel
from tocsin.adapters.webhook import WebhookChannel
from tocsin.kernel.clock import SystemClock
from tocsin.platform.database import Tx
from tocsin.platform.delivery import Body, Channel, Message, Recipient
from tocsin.platform.http import OutgoingClient
from tocsin.platform.letters import Button, letter
from tocsin.platform.secrets import Destination, Secrets, new_signing_secret

SECRETS = Secrets("the installation's key")
SECRET = new_signing_secret()
LETTER = letter(
    subject="Identified: payments are slow",
    headline="Payments are slow",
    paragraphs=["We know why."],
    button=Button("See the incident", "https://status.example.org/incidents/abc"),
    footer_lines=["To stop these letters: {{unsubscribe_url}}"],
)


@dataclass
class Outside:
    """The workshop and the world around it."""

    ws: Workshop
    mail: MailSink
    web: HttpSink


@pytest.fixture
async def outside(database_url: str) -> AsyncIterator[Outside]:
    async with AsyncExitStack() as open_now:
        mail = await open_now.enter_async_context(mail_sink())
        web = await open_now.enter_async_context(http_sink())
        client = await open_now.enter_async_context(
            OutgoingClient(SystemClock(), breaker_threshold=1000)
        )
        channels: list[Channel] = [
            MailChannel(read_smtp_url(mail.url), read_sender("Status <s@example.org>")),
            WebhookChannel(client, SECRETS),
            SlackChannel(client, SECRETS),
        ]
        ws = await open_now.enter_async_context(
            workshop(database_url, channels=channels, rehearse=False)
        )
        for channel in channels:
            open_now.push_async_callback(channel.close)
        yield Outside(ws, mail, web)


def mail_to(name: str, **changes: Any) -> Message:
    link = f"https://status.example.org/unsubscribe/{name}"
    values = {"body": Body(LETTER), "slots": {"unsubscribe_url": link}, **changes}
    return message("mail", name, channel="mail", **values)


def posted_to(channel: str, url: str, number: int, purpose: str) -> Message:
    sealed = Destination(url, SECRET).sealed(SECRETS)
    content: dict[str, dict[str, Any]] = {
        "webhook": {"type": "incident.opened", "timestamp": "2026-03-03T12:00:00Z", "data": {}},
        "slack": {"text": f"news {number}"},
    }
    return message(
        number,
        channel,
        channel=channel,
        purpose=purpose,
        body=Body(content[channel]),
        recipient=Recipient("channel", channel, "hooks.example.org", channel.title(), sealed),
    )


async def test_a_fan_out_reaches_everybody_once_with_their_own_link(outside: Outside):
    names = [f"p{number}" for number in range(60)]

    def fan_out(tx: Tx) -> int:
        return tx.send_all([mail_to(name) for name in names])

    assert await outside.ws.house.write(fan_out) == 60
    await outside.ws.settle()
    assert Counter(one.recipient for one in outside.mail.letters) == Counter(
        f"{name}@example.org" for name in names
    )
    for one in outside.mail.letters:
        name = one.recipient.partition("@")[0]
        assert f"https://status.example.org/unsubscribe/{name}\n" in one.text
        assert one.message["List-Unsubscribe"].endswith(f"/{name}>")
    assert outside.mail.most_open <= 8
    assert set(await states(outside.ws)) == {"sent"}


async def test_a_retry_of_each_channel_carries_the_same_id(outside: Outside):
    refused: set[str] = set()

    def once(to: str) -> str | None:
        first = to not in refused
        refused.add(to)
        return "451 4.7.1 try again" if first else None

    outside.mail.on_data = once
    outside.web.answers(503)
    await enter(
        outside.ws,
        mail_to("ann"),
        posted_to("webhook", f"{outside.web.url}/hook", 1, "webhook"),
        posted_to("slack", f"{outside.web.url}/slack", 1, "ops"),
    )
    await outside.ws.settle()
    assert await states(outside.ws) == ["pending"] * 3
    outside.web.answers(200, "ok")
    await outside.ws.pass_time(timedelta(seconds=2))
    assert await states(outside.ws) == ["sent"] * 3
    [row, *_] = await rows(outside.ws)
    assert outside.mail.letters[0].message["Message-ID"] == f"<{row.id.hex}@example.org>"
    hooks = [posted for posted in outside.web.posted if posted.path == "/hook"]
    assert len(hooks) == 2
    assert len({posted.headers["webhook-id"] for posted in hooks}) == 1
    Webhook(SECRET).verify(hooks[1].raw, hooks[1].headers)


async def test_a_relay_that_is_down_for_hours_costs_no_subscriber(outside: Outside):
    outside.mail.on_mail = lambda _: "421 4.3.2 shutting down"
    people = [f"p{number}" for number in range(6)]
    await enter(outside.ws, *(mail_to(name) for name in people))
    await outside.ws.pass_time(timedelta(hours=5), step=timedelta(minutes=10))
    assert outside.mail.letters == []
    assert await states(outside.ws) == ["pending"] * 6
    assert await outside.ws.facts("delivery.endpoint_disabled", "delivery.failed") == []
    outside.mail.on_mail = lambda _: None
    await outside.ws.pass_time(timedelta(minutes=1))
    assert len(outside.mail.letters) == 6


async def test_a_webhook_that_says_gone_is_switched_off(outside: Outside):
    outside.web.answers(410)
    url = f"{outside.web.url}/hook"
    await enter(outside.ws, posted_to("webhook", url, 1, "webhook"))
    await outside.ws.settle()
    await enter(outside.ws, posted_to("webhook", url, 2, "webhook"))
    await outside.ws.settle()
    assert await states(outside.ws) == ["failed", "failed"]
    assert len(outside.web.posted) == 1
    [fact] = await outside.ws.facts("delivery.endpoint_disabled")
    assert fact.subject == "channel:webhook"
