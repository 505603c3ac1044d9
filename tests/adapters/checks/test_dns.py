"""Records, asked of a real name server on loopback, over UDP and TCP."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from aiohttp.test_utils import unused_port
from pydantic import ValidationError

from tests.adapters.checks.conftest import run
from tocsin.adapters.checks.base import CheckParts
from tocsin.adapters.checks.dns import DnsKind, DnsSource
from tocsin.detection.signals.ports import CheckAnswer
from tocsin.kernel.status import Status

RECORDS = {
    ("shop.example.", "A"): ["192.0.2.1", "192.0.2.2"],
    ("shop.example.", "AAAA"): ["2001:db8::1"],
    ("shop.example.", "MX"): ["10 mail.shop.example.", "20 backup.shop.example."],
    ("shop.example.", "TXT"): ['"v=spf1 " "-all"', '"Hello World"'],
    ("shop.example.", "NS"): ["ns1.shop.example."],
    ("shop.example.", "CAA"): ['0 issue "ca.example"'],
    ("shop.example.", "SOA"): ["ns1.shop.example. host.shop.example. 1 2 3 4 5"],
    ("www.shop.example.", "CNAME"): ["shop.example."],
    ("large.example.", "TXT"): [f'"{n} {"x" * 200}"' for n in range(20)],
}
RCODES = {"broken.example.": dns.rcode.SERVFAIL, "closed.example.": dns.rcode.REFUSED}


class NameServer(asyncio.DatagramProtocol):
    """Answers from RECORDS; silent.example is never answered, large.example only over TCP."""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, address: Any) -> None:
        answer = self.answer(data)
        if answer is None:
            return
        if len(answer.to_wire()) > 1_000:
            answer = dns.message.make_response(dns.message.from_wire(data))
            answer.flags |= dns.flags.TC
        self.transport.sendto(answer.to_wire(), address)

    async def over_tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = struct.unpack("!H", await reader.readexactly(2))[0]
        answer = self.answer(await reader.readexactly(length))
        assert answer is not None
        wire = answer.to_wire()
        writer.write(struct.pack("!H", len(wire)) + wire)
        await writer.drain()
        writer.close()

    def answer(self, data: bytes) -> dns.message.Message | None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
        if name == "silent.example.":
            return None
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        if (name, kind) in RECORDS:
            texts = RECORDS[name, kind]
            response.answer.append(dns.rrset.from_text_list(name, 60, "IN", kind, texts))
        elif name not in {known for known, _ in RECORDS}:
            response.set_rcode(RCODES.get(name, dns.rcode.NXDOMAIN))
        return response


def _both() -> tuple[socket.socket, socket.socket]:
    """A UDP and a TCP socket on the same port, which is free for both."""
    while True:
        tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        tcp.bind(("127.0.0.1", 0))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            udp.bind(tcp.getsockname())
        except OSError:
            tcp.close()
            udp.close()
            continue
        return udp, tcp


@pytest.fixture
async def port() -> AsyncIterator[int]:
    udp, tcp = _both()
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(NameServer, sock=udp)
    try:
        server = await asyncio.start_server(protocol.over_tcp, sock=tcp)
        yield tcp.getsockname()[1]
        server.close()
    finally:
        transport.close()


async def ask(parts: CheckParts, port: int, name: str, kind: str, **fields: Any) -> CheckAnswer:
    where = {"resolvers": ["127.0.0.1"], "resolver_port": port}
    return await run(DnsKind(parts), domain=name, record_type=kind, **where, **fields)


@pytest.mark.parametrize(
    ("kind", "expected", "match", "good"),
    [
        ("A", [], "any", True),
        ("A", ["192.0.2.2"], "any", True),
        ("A", ["192.0.2.2", "192.0.2.9"], "any", True),
        ("A", ["192.0.2.2", "192.0.2.9"], "all", False),
        ("A", ["192.0.2.2", "192.0.2.1"], "all", True),
        ("A", ["192.0.2.9"], "any", False),
        ("AAAA", ["2001:DB8:0:0::1"], "any", True),
        ("MX", ["Mail.Shop.Example"], "any", True),
        ("MX", ["10 mail.shop.example."], "all", True),
        ("MX", ["30 mail.shop.example"], "any", False),
        ("TXT", ["v=spf1 -all"], "any", True),
        ("TXT", ["hello world"], "any", True),
        ("NS", ["ns1.shop.example"], "any", True),
        ("CAA", ['0 issue "ca.example"'], "any", True),
        ("SOA", [], "any", True),
    ],
)
async def test_records_are_compared_as_people_write_them(
    parts: CheckParts, port: int, kind: str, expected: list[str], match: str, good: bool
) -> None:
    answer = await ask(parts, port, "shop.example", kind, expected=expected, match=match)
    assert answer.status is (Status.OPERATIONAL if good else Status.MAJOR_OUTAGE), answer.detail
    assert answer.fault == (None if good else "mismatch")
    assert answer.response_ms is not None


async def test_a_cname_is_a_record_of_its_own(parts: CheckParts, port: int) -> None:
    answer = await ask(parts, port, "www.shop.example", "CNAME", expected=["shop.example"])
    assert answer.detail == "www.shop.example has “shop.example”."


async def test_a_mismatch_says_what_is_there_and_what_is_missing(
    parts: CheckParts, port: int
) -> None:
    answer = await ask(parts, port, "shop.example", "A", expected=["192.0.2.9"])
    assert answer.detail == "shop.example has “192.0.2.1”, “192.0.2.2”, but not “192.0.2.9”."


async def test_a_cut_answer_is_asked_for_over_tcp(parts: CheckParts, port: int) -> None:
    answer = await ask(parts, port, "large.example", "TXT")
    assert answer.status is Status.OPERATIONAL
    assert answer.figures["records"] == 20
    assert answer.detail.endswith("and 17 more.")


@pytest.mark.parametrize(
    ("name", "kind", "fault", "words"),
    [
        ("gone.example", "A", "nxdomain", "The name gone.example does not exist."),
        ("www.shop.example", "MX", "no_record", "www.shop.example has no MX record."),
        ("broken.example", "A", "servfail", "The name servers answer SERVFAIL for broken.example."),
        ("closed.example", "A", "refused", "The name servers answer REFUSED for closed.example."),
        ("silent.example", "A", "timeout", "No name server answered within 0.3 seconds."),
    ],
)
async def test_what_a_name_server_says_instead_is_named(
    parts: CheckParts, port: int, name: str, kind: str, fault: str, words: str
) -> None:
    answer = await ask(parts, port, name, kind, timeout_seconds=0.3)
    assert (answer.status, answer.fault, answer.detail) == (Status.MAJOR_OUTAGE, fault, words)
    assert answer.response_ms is None


async def test_a_name_server_that_is_not_there_is_an_outage(parts: CheckParts) -> None:
    answer = await ask(parts, unused_port(), "shop.example", "A", timeout_seconds=0.3)
    assert answer.status is Status.MAJOR_OUTAGE
    assert answer.fault in ("unreachable", "timeout")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"domain": "a..b"}, "domain"),
        ({"domain": "x" * 64 + ".example"}, "domain"),
        ({"record_type": "PTR"}, "record_type"),
        ({"resolvers": ["ns.example"]}, "resolvers"),
        ({"match": "some"}, "match"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DnsSource.model_validate({"domain": "shop.example"} | fields)
    assert refused.value.errors()[0]["loc"][0] == place
