"""What lies outside: our own address, the clock as others see it, the mail server, the chat."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from tocsin.adapters.email import Lines
from tocsin.app.channels import mail_server
from tocsin.kernel.clock import SystemClock
from tocsin.platform.delivery import DeliveryError
from tocsin.platform.http import HttpFailure, HttpRequest, HttpResponse, OutgoingClient
from tocsin.platform.settings import Settings

from .line import Line, fail, ok, warn

_PATIENCE = 5.0
_MOST_SKEW = 5.0


async def address(settings: Settings) -> AsyncIterator[Line]:
    """PUBLIC_URL answers, and its clock agrees with ours (HTTP's Date, RFC 9110, whole seconds)."""
    url = settings.public_url
    async with OutgoingClient(SystemClock()) as client:
        try:
            answer = await client.fetch(
                HttpRequest(f"{url}/healthz", "doctor", total_seconds=_PATIENCE, attempts=1)
            )
        except HttpFailure as failure:
            yield warn(
                "address",
                f"{url} does not answer: {failure}",
                "Start Tocsin, or set PUBLIC_URL to where people reach it.",
            )
            yield ok("clock", "not compared: PUBLIC_URL does not answer")
            return
    yield _answered(url, answer)
    yield _clock(answer)


async def mail(settings: Settings) -> AsyncIterator[Line]:
    """The mail server lets us in; nothing is sent."""
    server = mail_server(settings)
    if server is None:
        yield ok("mail", "SMTP_URL is unset, so mail waits")
        return
    where = f"{server.host}:{server.port}"
    try:
        async with asyncio.timeout(_PATIENCE * 3):
            await Lines(server, 1).knock()
    except (DeliveryError, TimeoutError) as error:
        yield fail(
            "mail",
            f"{where} does not let us in: {str(error) or 'no answer'}",
            "Check host, port, user and password in SMTP_URL, and the server's log.",
        )
    else:
        yield ok("mail", f"{where} lets us in{'' if server.user else ' without a password'}")


async def chat(settings: Settings) -> AsyncIterator[Line]:
    """The hosts of the chat's webhooks have addresses."""
    named = {
        "SLACK_WEBHOOK_URL": settings.SLACK_WEBHOOK_URL,
        "POLLER_HEALTH_SLACK_WEBHOOK_URL": settings.POLLER_HEALTH_SLACK_WEBHOOK_URL,
    }
    given = {name: value.get_secret_value() for name, value in named.items() if value}
    if not given:
        yield ok("chat", "SLACK_WEBHOOK_URL is unset")
    for name, url in given.items():
        host = urlsplit(url).hostname or ""
        try:
            async with asyncio.timeout(_PATIENCE):
                await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
        except (OSError, TimeoutError, UnicodeError):
            yield fail("chat", f"{host} has no address", f"Check {name} and this machine's DNS.")
        else:
            yield ok("chat", f"{host} has an address")


def _answered(url: str, answer: HttpResponse) -> Line:
    if answer.ok:
        return ok("address", f"{url} answers")
    return warn(
        "address",
        f"{url}/healthz answers {answer.status} {answer.body[:80].decode(errors='replace').strip()}",
        "503 is a stale heartbeat: is the worker up? Anything else: does PUBLIC_URL lead here?",
    )


def _clock(answer: HttpResponse) -> Line:
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return ok("clock", "not compared: PUBLIC_URL answers without a date")
    skew = abs((datetime.now(UTC) - theirs.astimezone(UTC)).total_seconds())
    if skew > _MOST_SKEW:
        return warn(
            "clock",
            f"this clock and that of PUBLIC_URL differ by {skew:.0f} s",
            "Keep both in step with NTP (timedatectl set-ntp true).",
        )
    return ok("clock", "in step with that of PUBLIC_URL")
