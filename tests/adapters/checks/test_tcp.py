"""Ports: they accept, and say what they should."""

import asyncio
from asyncio import StreamReader as Reader
from asyncio import StreamWriter as Writer
from typing import Any

import pytest
from aiohttp.test_utils import unused_port
from pydantic import ValidationError

from tests.adapters.checks.authority import speaking
from tests.adapters.checks.conftest import run
from tests.platform.http.conftest import EveryNameIsHere
from tocsin.adapters.checks.base import CheckParts
from tocsin.adapters.checks.tcp import TcpKind, TcpSource
from tocsin.kernel.status import Status


async def redis(reader: Reader, writer: Writer) -> None:
    """Answers PING in two pieces, says nothing else."""
    async for line in reader:
        if line == b"PING\r\n":
            writer.write(b"+PO")
            await writer.drain()
            await asyncio.sleep(0)
            writer.write(b"NG\r\n")


async def test_a_port_that_accepts_is_operational(parts: CheckParts) -> None:
    async with speaking(redis) as port:
        answer = await run(TcpKind(parts), host="cache.example", port=port)
    assert answer.status is Status.OPERATIONAL
    assert answer.detail == f"Port {port} accepts connections."
    assert answer.phases.connect is not None
    assert answer.response_ms is not None


async def test_what_is_sent_must_be_answered_as_expected(parts: CheckParts) -> None:
    async with speaking(redis) as port:
        fields = {"host": "cache.example", "port": port, "timeout_seconds": 0.3}
        good = await run(TcpKind(parts), **fields, send="PING\r\n", expect="+PONG")
        bad = await run(TcpKind(parts), **fields, send="PING\r\n", expect="+OK")
        mute = await run(TcpKind(parts), **fields, send="QUIT\r\n", expect="+OK")
    assert good.detail == f"Port {port} answers as expected."
    assert (bad.fault, bad.detail) == ("expect", "cache.example did not say “+OK”.")
    assert mute.fault == "timeout"
    assert mute.detail == "cache.example did not answer within 0.3 seconds."


async def test_a_banner_is_waited_for(parts: CheckParts) -> None:
    async def ssh(reader: Reader, writer: Writer) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        await reader.read()

    async with speaking(ssh) as port:
        answer = await run(TcpKind(parts), host="box.example", port=port, expect="SSH-2.0")
    assert answer.status is Status.OPERATIONAL


async def test_whoever_never_stops_talking_is_cut_off(parts: CheckParts) -> None:
    async def chatter(reader: Reader, writer: Writer) -> None:
        for _ in range(1_000):
            writer.write(b"x" * 1_000)
            await writer.drain()

    async with speaking(chatter) as port:
        answer = await run(TcpKind(parts), host="box.example", port=port, expect="y")
    assert answer.fault == "expect"


async def test_what_keeps_a_connection_from_coming_is_named(
    parts: CheckParts, resolver: EveryNameIsHere
) -> None:
    refused = await run(TcpKind(parts), host="box.example", port=unused_port())
    assert (refused.fault, refused.detail) == ("refused", "box.example refused the connection.")
    resolver.addresses["gone.example"] = ""
    gone = await run(TcpKind(parts), host="gone.example", port=22)
    assert gone.fault == "dns"
    assert gone.status is Status.MAJOR_OUTAGE


async def test_a_slow_port_is_degraded(parts: CheckParts) -> None:
    async def slow(reader: Reader, writer: Writer) -> None:
        await asyncio.sleep(0.03)
        writer.write(b"hi")

    async with speaking(slow) as port:
        answer = await run(
            TcpKind(parts), host="box.example", port=port, expect="hi", max_response_ms=5
        )
    assert (answer.status, answer.fault) == (Status.DEGRADED, "slow")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"host": "box.example:22"}, "host"),
        ({"host": "a b"}, "host"),
        ({"host": "box.example/x"}, "host"),
        ({"host": "box.example", "port": 65_536}, "port"),
        ({"host": "box.example", "port": 22, "expect": ""}, "expect"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TcpSource.model_validate({"port": 22} | fields)
    assert refused.value.errors()[0]["loc"][0] == place


@pytest.mark.parametrize("host", ["2001:db8::1", "[2001:db8::1]", "192.0.2.1", "Box.Example"])
def test_hosts_are_names_and_addresses(host: str) -> None:
    assert TcpSource.model_validate({"host": host, "port": 22}).host == host.strip("[]").lower()
