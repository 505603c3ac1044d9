"""What a visitor supplies never reaches this house's own network."""

import pytest
from aiohttp import web

from tests.platform.http.conftest import EveryNameIsHere, Serve
from tocsin.platform.http import (
    FailureKind,
    HttpFailure,
    HttpRequest,
    OutgoingClient,
    Redirects,
    targets,
)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "127.1",
        "2130706433",
        "0x7f000001",
        "localhost",
        "",
    ],
)
def test_private(address: str) -> None:
    assert targets.is_private(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"],
)
def test_public(address: str) -> None:
    assert not targets.is_private(address)


async def ask(client: OutgoingClient, url: str) -> HttpFailure:
    request = HttpRequest(
        url, "visitor", redirects=Redirects.ANYWHERE, guard_private_addresses=True
    )
    with pytest.raises(HttpFailure) as caught:
        await client.fetch(request)
    return caught.value


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "innocent.example", "[::ffff:127.0.0.1]"])
async def test_a_private_address_is_never_connected_to(
    client: OutgoingClient, serve: Serve, host: str
) -> None:
    async def inside(_: web.Request) -> web.Response:
        raise AssertionError("the guarded client got in")

    server = await serve(inside)
    failure = await ask(client, f"http://{host}:{server.port}/")
    assert failure.kind is FailureKind.PRIVATE_ADDRESS
    assert failure.permanent
    assert "private network" in failure.sentence


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0177.0.0.1"])
async def test_odd_spellings_of_a_private_address_do_not_help(
    client: OutgoingClient, host: str
) -> None:
    assert (await ask(client, f"http://{host}/")).permanent


async def test_a_public_host_cannot_redirect_into_the_house(
    client: OutgoingClient,
    serve: Serve,
    resolver: EveryNameIsHere,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(targets, "is_private", lambda address: address == "127.0.0.2")
    resolver.addresses["inside.example"] = "127.0.0.2"
    hops: list[str] = []

    async def outside(asked: web.Request) -> web.Response:
        hops.append(asked.host)
        raise web.HTTPFound(f"http://inside.example:{asked.url.port}/")

    server = await serve(outside)
    failure = await ask(client, f"http://outside.example:{server.port}/")
    assert failure.kind is FailureKind.PRIVATE_ADDRESS
    assert hops == [f"outside.example:{server.port}"]
