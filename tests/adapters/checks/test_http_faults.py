"""Every fault of a website is named: in one word for programs, in a sentence for people."""

import asyncio
import gzip
import socket
import struct
import zlib
from asyncio import StreamReader as Reader
from asyncio import StreamWriter as Writer
from typing import Any

import pytest

from tests.adapters.checks.authority import Authority, speaking, website
from tests.adapters.checks.conftest import run
from tests.platform.http.conftest import EveryNameIsHere
from tocsin.adapters.checks.base import CheckParts
from tocsin.adapters.checks.http import HttpKind
from tocsin.detection.signals.ports import CheckAnswer
from tocsin.kernel.status import Status


def saying(*pieces: bytes, then_wait: bool = False, pause: float = 0.0) -> Any:
    """A server that reads the request and sends these pieces."""

    async def talk(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        if then_wait:
            await reader.read()

    return talk


async def ask(parts: CheckParts, port: int, path: str = "/", **fields: Any) -> CheckAnswer:
    return await run(HttpKind(parts), url=f"http://shop.example:{port}{path}", **fields)


async def ask_tls(parts: CheckParts, port: int, **fields: Any) -> CheckAnswer:
    return await run(HttpKind(parts), url=f"https://shop.example:{port}/", **fields)


async def test_a_secured_website_is_measured_phase_by_phase(
    parts: CheckParts, authority: Authority
) -> None:
    async with speaking(website, authority.context(ends=40.5)) as port:
        answer = await ask_tls(parts, port, keyword="hello")
    assert answer.status is Status.OPERATIONAL
    assert (answer.status_code, answer.fault) == (200, None)
    phases = answer.phases
    measured = [phases.lookup, phases.connect, phases.tls, phases.first_byte, phases.download]
    assert all(phase is not None and phase >= 0 for phase in measured)
    assert answer.response_ms == pytest.approx(sum(phase or 0 for phase in measured))
    assert answer.figures == {"days_left": 40}


async def test_a_plain_website_has_no_tls_phase(parts: CheckParts) -> None:
    async with speaking(website) as port:
        answer = await ask(parts, port)
    assert answer.status is Status.OPERATIONAL
    assert answer.phases.tls is None
    assert answer.figures == {}


@pytest.mark.parametrize(
    ("certificate", "fault", "words"),
    [
        ({"ends": -1}, "expired", "The certificate of shop.example has expired."),
        ({"begins": 1}, "not_yet_valid", "The certificate of shop.example is not valid yet."),
        ({"name": "other.example"}, "wrong_host", "is for another name."),
        ({"self_signed": True}, "self_signed", "The certificate of shop.example is self-signed."),
    ],
)
async def test_what_is_wrong_with_a_certificate_is_named(
    parts: CheckParts, authority: Authority, certificate: dict[str, Any], fault: str, words: str
) -> None:
    async with speaking(website, authority.context(**certificate)) as port:
        answer = await ask_tls(parts, port)
        trusting = await ask_tls(parts, port, verify_tls=False)
    assert (answer.status, answer.fault) == (Status.MAJOR_OUTAGE, fault)
    assert words in answer.detail
    assert answer.phases.tls is not None
    assert trusting.status is Status.OPERATIONAL


async def test_an_unknown_authority_is_not_trusted(parts: CheckParts) -> None:
    async with speaking(website, Authority("Somebody").context()) as port:
        answer = await ask_tls(parts, port)
    assert answer.fault == "untrusted"
    assert "unable to get local issuer certificate" in answer.detail


async def test_a_connection_that_ends_during_the_handshake_is_named(parts: CheckParts) -> None:
    async def hang_up(reader: Reader, writer: Writer) -> None:
        await reader.read(10)

    async with speaking(hang_up) as port:
        answer = await ask_tls(parts, port)
    assert answer.fault in ("closed", "reset")


@pytest.mark.parametrize(
    ("pieces", "phase", "words"),
    [
        ((), "first_byte", "shop.example did not answer within 0.2 seconds."),
        ((b"HTTP/1.1 200 OK\r\nContent-Len",), "download", "did not finish its answer within 0.2"),
        (
            (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell",),
            "download",
            "did not finish its answer within 0.2 seconds.",
        ),
    ],
)
async def test_a_timeout_says_during_which_phase(
    parts: CheckParts, pieces: tuple[bytes, ...], phase: str, words: str
) -> None:
    async with speaking(saying(*pieces, then_wait=True)) as port:
        answer = await ask(parts, port, timeout_seconds=0.2)
    assert (answer.status, answer.fault) == (Status.MAJOR_OUTAGE, "timeout")
    assert words in answer.detail
    assert answer.response_ms is None
    assert (getattr(answer.phases, phase) or 0) > 100


async def test_a_handshake_that_stalls_is_a_timeout_of_tls(parts: CheckParts) -> None:
    async def stall(reader: Reader, writer: Writer) -> None:
        await reader.read()

    async with speaking(stall) as port:
        answer = await ask_tls(parts, port, timeout_seconds=0.2)
    assert answer.detail == "shop.example did not complete the TLS handshake within 0.2 seconds."


async def test_bytes_that_only_drip_do_not_outlive_the_deadline(parts: CheckParts) -> None:
    drip = [b"HTTP/1.1 200 OK\r\n"] + [b"X-Drip: 1\r\n"] * 100
    async with speaking(saying(*drip, pause=0.02)) as port:
        answer = await ask(parts, port, timeout_seconds=0.3)
    assert answer.fault == "timeout"


async def test_a_reset_connection_is_named(parts: CheckParts) -> None:
    async def reset(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell")
        await writer.drain()
        handle = writer.get_extra_info("socket")
        linger = struct.pack("ii", 1, 0)
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async with speaking(reset) as port:
        answer = await ask(parts, port)
    assert answer.fault == "reset"
    assert answer.detail == "shop.example reset the connection before its answer was complete."


@pytest.mark.parametrize(
    ("said", "fault", "words"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell", "closed", "closed the connection"),
        (b"", "closed", "closed the connection before its answer was complete."),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
            "protocol",
            "did not answer in valid HTTP.",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
            "closed",
            "closed the connection",
        ),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "protocol", "did not answer in valid HTTP."),
        (
            b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(300)),
            "protocol",
            "sent too many headers.",
        ),
        (b"HTTP/1.1 200 OK\r\nX-Long: " + b"y" * 70_000, "protocol", "sent too many headers."),
    ],
    ids=["short", "nothing", "bad chunk", "cut chunk", "not http", "many headers", "long header"],
)
async def test_a_broken_answer_is_named(
    parts: CheckParts, said: bytes, fault: str, words: str
) -> None:
    async with speaking(saying(said)) as port:
        answer = await ask(parts, port)
    assert (answer.status, answer.fault) == (Status.MAJOR_OUTAGE, fault)
    assert words in answer.detail


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.0 200 OK\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: 1\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
    ],
    ids=["until the end", "chunked", "early hints", "longer than said"],
)
async def test_every_valid_way_to_end_a_body_is_understood(parts: CheckParts, said: bytes) -> None:
    async with speaking(saying(said)) as port:
        answer = await ask(parts, port, keyword="hello", keyword_absent="more")
    assert (answer.status, answer.status_code) == (Status.OPERATIONAL, 200), answer.detail


def answering(body: bytes, *headers: str) -> Any:
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers, "", ""]
    return saying("\r\n".join(lines).encode() + body)


async def test_packed_bodies_are_unpacked_and_bombs_are_not(parts: CheckParts) -> None:
    page = gzip.compress(b"Welcome to the shop")
    async with speaking(answering(page, "Content-Encoding: gzip")) as port:
        assert (await ask(parts, port, keyword="Welcome")).status is Status.OPERATIONAL
    bomb = gzip.compress(b"x" * 50_000_000 + b"needle")
    async with speaking(answering(bomb, "Content-Encoding: gzip")) as port:
        answer = await ask(parts, port, keyword="needle")
        assert "first 8 MB" in answer.detail
    for body, encoding in ((b"nonsense", "gzip"), (page[:-9], "gzip"), (b"abc", "br")):
        async with speaking(answering(body, f"Content-Encoding: {encoding}")) as port:
            assert (await ask(parts, port, keyword="x")).fault == "protocol"
    async with speaking(answering(zlib.compress(b"Hi"), "Content-Encoding: deflate")) as port:
        assert (await ask(parts, port, keyword="Hi")).status is Status.OPERATIONAL


@pytest.mark.parametrize(
    ("body", "query", "expected", "detail"),
    [
        (b'{"status": "ok"}', "status", "ok", None),
        (b'{"db": {"up": true}}', "db.up", "true", None),
        (b'{"queue": 7}', "queue", "7", None),
        (b'{"queue": 0}', "queue", None, None),
        (b'{"parts": ["a"]}', "parts[?@ == 'b']", None, "The JSON query finds nothing."),
        (b'{"s": "down"}', "s", "ok", "The JSON query finds “down” instead of “ok”."),
        (b"<html>", "s", "ok", "The answer is not valid JSON."),
        (b"[" * 100_000, "s", "ok", "The answer is not valid JSON."),
        (b'{"s": "x"}', "abs(s)", "1", "The JSON query does not fit what the answer holds."),
    ],
)
async def test_a_json_query_is_compared_as_text(
    parts: CheckParts, body: bytes, query: str, expected: str | None, detail: str | None
) -> None:
    async with speaking(answering(body)) as port:
        answer = await ask(parts, port, json_query=query, json_expected=expected)
    assert answer.detail == (detail or "Answers with 200 (OK).")
    assert answer.fault == ("json" if detail else None)


async def test_a_slow_answer_is_degraded(parts: CheckParts) -> None:
    said = [b"HTTP/1.1 200 OK\r\n", b"Content-Length: 2\r\n\r\nok"]
    async with speaking(saying(*said, pause=0.05)) as port:
        answer = await ask(parts, port, max_response_ms=20)
    assert (answer.status, answer.fault) == (Status.DEGRADED, "slow")
    assert answer.detail == "Answers with 200 (OK), but takes longer than 20 ms."


async def test_another_address_of_a_name_is_tried_when_one_refuses(
    parts: CheckParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def both(host: str, keep_seconds: float) -> tuple[str, ...]:
        return ("::1", "127.0.0.1")

    monkeypatch.setattr(parts.wires.names, "addresses", both)
    async with speaking(website) as port:
        assert (await ask(parts, port)).status is Status.OPERATIONAL


async def test_an_address_is_looked_up_again_after_nobody_was_there(
    parts: CheckParts, resolver: EveryNameIsHere
) -> None:
    async with speaking(website) as port:
        resolver.addresses["shop.example"] = "127.0.0.9"
        gone = await ask(parts, port)
        assert gone.fault == "refused"
        resolver.addresses["shop.example"] = "127.0.0.1"
        assert (await ask(parts, port)).status is Status.OPERATIONAL
