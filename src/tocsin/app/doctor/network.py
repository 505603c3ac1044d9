"""What lies outside: our own address, the clock as others see it, the mail server, the chat."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from tocsin.adapters.email import Lines
from tocsin.app.channels import mail_server
from tocsin.kernel.clock import SystemClock
from tocsin.platform.delivery import DeliveryError
from tocsin.platform.http import HttpFailure, HttpRequest, HttpResponse, OutgoingClient
from tocsin.platform.settings import Settings

from .line import MOST_SKEW, Line, fail, ok, warn

_PATIENCE = 5.0


async def address(settings: Settings) -> AsyncIterator[Line]:
    """PUBLIC_URL answers, and the clocks of others agree with ours."""
    url = settings.public_url
    async with OutgoingClient(SystemClock()) as client:
        answer = await _fetch(client, f"{url}/healthz")
        if isinstance(answer, HttpFailure):
            yield warn(
                "address",
                f"{url} does not answer: {answer}",
                "Start Tocsin, or set PUBLIC_URL to where people reach it.",
            )
        else:
            yield _answered(url, answer)
        outside = [await _fetch(client, f"{origin}/") for origin in _origins(settings)]
    yield _clock([answer, *outside])


async def _fetch(client: OutgoingClient, url: str) -> HttpResponse | HttpFailure:
    try:
        return await client.fetch(HttpRequest(url, "doctor", total_seconds=_PATIENCE, attempts=1))
    except HttpFailure as failure:
        return failure


def _origins(settings: Settings) -> list[str]:
    """The servers that Tocsin talks to anyway: on one machine, PUBLIC_URL has our own clock."""
    named = (
        settings.HEALTHCHECK_PING_URL,
        settings.SLACK_WEBHOOK_URL,
        settings.POLLER_HEALTH_SLACK_WEBHOOK_URL,
    )
    parts = [urlsplit(value.get_secret_value()) for value in named if value]
    return sorted({f"{each.scheme}://{each.netloc.rpartition('@')[2]}" for each in parts})


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
            _mail_remedy(str(error), server.port),
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


def _mail_remedy(said: str, port: int) -> str:
    """A reply code means that the server was reached (RFC 4954: 530, 534 and 535 are about who)."""
    if re.search(r"\b53[0458]\b", said):
        return "Correct user and password in SMTP_URL; some servers want a password for programs."
    if "certificate" in said.lower():
        return "Name the host in SMTP_URL as its certificate does, or add ?verify=false."
    if re.search(r"\b[45]\d\d\b", said):
        return "The server was reached and says no: look into its log, and at SMTP_URL."
    return (
        f"Nothing answers there: correct host and port in SMTP_URL, start the server, or let the"
        f" firewall pass port {port}."
    )


def _clock(answers: Sequence[HttpResponse | HttpFailure]) -> Line:
    """The largest difference to any clock that was told (HTTP's Date, RFC 9110, whole seconds)."""
    skews = [found for found in map(_skew, answers) if found is not None]
    if not skews:
        return ok("clock", "not compared: neither PUBLIC_URL nor anybody outside told the time")
    skew, host = max(skews)
    if skew > MOST_SKEW:
        return warn(
            "clock",
            f"this clock and that of {host} differ by {skew:.0f} s",
            "Keep this machine in step with NTP (timedatectl set-ntp true).",
        )
    return ok("clock", f"in step with {', '.join(sorted({name for _, name in skews}))}")


def _skew(answer: HttpResponse | HttpFailure) -> tuple[float, str] | None:
    if isinstance(answer, HttpFailure):
        return None
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None
    skew = abs((datetime.now(UTC) - theirs.astimezone(UTC)).total_seconds())
    return skew, urlsplit(answer.final_url).hostname or ""
