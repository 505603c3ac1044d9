"""Certificates: how long they last, and what exactly is wrong with them."""

from asyncio import StreamReader as Reader
from asyncio import StreamWriter as Writer
from typing import Any

import pytest
from aiohttp.test_utils import unused_port
from pydantic import ValidationError

from tests.adapters.checks.authority import HOST, Authority, speaking, website
from tests.adapters.checks.conftest import run
from tocsin.adapters.checks.base import CheckParts
from tocsin.adapters.checks.tls import TlsKind, TlsSource
from tocsin.kernel.status import Status


@pytest.mark.parametrize(
    ("ends", "status", "fault"),
    [
        (90.5, Status.OPERATIONAL, None),
        (21.5, Status.OPERATIONAL, None),
        (20.5, Status.DEGRADED, "expiring"),
        (3.5, Status.DEGRADED, "expiring"),
        (2.5, Status.PARTIAL_OUTAGE, "expiring"),
        (0.5, Status.PARTIAL_OUTAGE, "expiring"),
    ],
)
async def test_a_certificate_that_ends_soon_is_trouble_in_time(
    parts: CheckParts, authority: Authority, ends: float, status: Status, fault: str | None
) -> None:
    async with speaking(website, authority.context(ends=ends)) as port:
        answer = await run(TlsKind(parts), host=HOST, port=port)
    assert (answer.status, answer.fault) == (status, fault), answer.detail
    assert answer.figures == {"days_left": int(ends)}
    assert answer.phases.tls is not None
    assert answer.phases.first_byte is None


@pytest.mark.parametrize(
    ("certificate", "fault", "words", "left"),
    [
        ({"ends": -1.5}, "expired", "has expired. It ended on ", -2),
        ({"begins": 1.5}, "not_yet_valid", "is not valid yet. It begins on ", 89),
        ({"name": "other.example"}, "wrong_host", "another name. It names other.example.", 89),
        ({"self_signed": True}, "self_signed", "is self-signed.", 89),
    ],
)
async def test_a_wrong_certificate_is_an_outage_that_says_why(
    parts: CheckParts,
    authority: Authority,
    certificate: dict[str, Any],
    fault: str,
    words: str,
    left: int,
) -> None:
    async with speaking(website, authority.context(**certificate)) as port:
        answer = await run(TlsKind(parts), url=f"https://{HOST}:{port}/")
    assert (answer.status, answer.fault) == (Status.MAJOR_OUTAGE, fault)
    assert words in answer.detail
    assert answer.figures == {"days_left": left}


async def test_another_name_than_the_host_can_be_asked_for(
    parts: CheckParts, authority: Authority
) -> None:
    async with speaking(website, authority.context("inside.example")) as port:
        answer = await run(
            TlsKind(parts), host="127.0.0.1", port=port, server_name="inside.example"
        )
    assert answer.status is Status.OPERATIONAL


async def test_a_port_that_speaks_no_tls_is_named(parts: CheckParts) -> None:
    async def plain(reader: Reader, writer: Writer) -> None:
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with speaking(plain) as port:
        answer = await run(TlsKind(parts), host=HOST, port=port)
    assert (answer.status, answer.fault) == (Status.MAJOR_OUTAGE, "tls")


async def test_a_refused_connection_is_named(parts: CheckParts) -> None:
    answer = await run(TlsKind(parts), host=HOST, port=unused_port())
    assert (answer.fault, answer.detail) == ("refused", "shop.example refused the connection.")


MAIL = {
    "smtp": (b"220-mail\r\n220 ready\r\n", [b"250-mail\r\n250 STARTTLS\r\n", b"220 go ahead\r\n"]),
    "imap": (b"* OK ready\r\n", [b"* CAPABILITY\r\na1 OK begin\r\n"]),
    "pop3": (b"+OK ready\r\n", [b"+OK begin\r\n"]),
}


@pytest.mark.parametrize("protocol", sorted(MAIL))
async def test_a_mail_server_is_asked_to_begin_tls(
    parts: CheckParts, authority: Authority, protocol: str
) -> None:
    greeting, answers = MAIL[protocol]
    context = authority.context(ends=10.5)

    async def mail(reader: Reader, writer: Writer) -> None:
        writer.write(greeting)
        for answer in answers:
            await reader.readline()
            writer.write(answer)
        await writer.start_tls(context)
        await reader.read()

    async with speaking(mail) as port:
        answer = await run(TlsKind(parts), host=HOST, port=port, starttls=protocol)
    assert (answer.status, answer.fault) == (Status.DEGRADED, "expiring"), answer.detail
    assert answer.figures == {"days_left": 10}


async def test_a_mail_server_that_does_not_begin_tls_is_named(parts: CheckParts) -> None:
    async def mail(reader: Reader, writer: Writer) -> None:
        writer.write(b"220 ready\r\n")
        await reader.readline()
        writer.write(b"250 mail\r\n")
        await reader.readline()
        writer.write(b"502 no such command\r\n")
        await reader.read()

    async with speaking(mail) as port:
        answer = await run(TlsKind(parts), host=HOST, port=port, starttls="smtp")
    assert (answer.fault, answer.detail) == (
        "protocol",
        "shop.example does not begin TLS (STARTTLS).",
    )


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, "host"),
        ({"host": HOST, "url": f"https://{HOST}"}, "host"),
        ({"url": f"http://{HOST}"}, "url"),
        ({"url": f"https://{HOST}", "port": 443}, "port"),
        ({"host": f"https://{HOST}"}, "host"),
        ({"host": HOST, "port": 0}, "port"),
        ({"host": HOST, "starttls": "ftp"}, "starttls"),
        ({"host": HOST, "warn_days": 5, "critical_days": 6}, "critical_days"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TlsSource.model_validate(fields)
    assert refused.value.errors()[0]["loc"][0] == place


def test_every_protocol_has_its_usual_port() -> None:
    ports = {
        starttls: TlsSource.model_validate({"host": HOST, "starttls": starttls}).place[1]
        for starttls in (None, "smtp", "imap", "pop3")
    }
    assert ports == {None: 443, "smtp": 587, "imap": 143, "pop3": 110}
