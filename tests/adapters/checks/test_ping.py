"""Ping: real packets where the kernel permits them, and the judgement of their loss."""

from typing import Any

import pytest
from icmplib import Host, ICMPv4Socket, SocketPermissionError
from pydantic import ValidationError

from tests.adapters.checks.conftest import run
from tests.platform.http.conftest import EveryNameIsHere
from tocsin.adapters.checks.base import CannotCheck, CheckParts
from tocsin.adapters.checks.ping import PingKind, PingSource
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    CheckAnswer,
    PollFailure,
    PollFailureKind,
    spec_of,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient


def is_permitted() -> bool:
    """Whether this user may send echoes, one way or the other."""
    for privileged in (False, True):
        try:
            ICMPv4Socket(privileged=privileged).close()
        except SocketPermissionError:
            continue
        return True
    return False


@pytest.mark.skipif(not is_permitted(), reason="the kernel forbids this user to send ICMP echoes")
@pytest.mark.parametrize("host", ["127.0.0.1", "box.example"])
async def test_this_machine_answers(parts: CheckParts, host: str) -> None:
    answer = await run(PingKind(parts), host=host, packets=2)
    assert answer.status is Status.OPERATIONAL
    assert answer.detail == f"{host} answers to ping."
    assert answer.figures["loss_percent"] == 0
    assert answer.response_ms is not None


async def test_a_ping_that_is_not_permitted_is_our_own_fault(
    parts: CheckParts, client: OutgoingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forbidden(*given: Any, privileged: bool, **more: Any) -> Host:
        raise SocketPermissionError(privileged)

    monkeypatch.setattr("icmplib.async_ping", forbidden)
    kind = PingKind(parts)
    with pytest.raises(CannotCheck, match="ping_group_range"):
        await run(kind, host="127.0.0.1")
    source = PingSource.model_validate({"host": "127.0.0.1"})
    outcome, _ = await kind.poll(spec_of(source), client, NO_VALIDATORS)
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.NOT_PERMITTED


async def test_a_name_without_address_is_named(
    parts: CheckParts, resolver: EveryNameIsHere
) -> None:
    resolver.addresses["gone.example"] = ""
    answer = await run(PingKind(parts), host="gone.example")
    assert (answer.status, answer.fault) == (Status.MAJOR_OUTAGE, "dns")


async def lossy(
    parts: CheckParts, monkeypatch: pytest.MonkeyPatch, answered: int, **fields: Any
) -> CheckAnswer:
    """Ten packets of which so many come back after 20 ms."""

    async def ping(address: str, count: int, *given: Any, **more: Any) -> Host:
        return Host(address, count, [20.0] * answered)

    monkeypatch.setattr("icmplib.async_ping", ping)
    return await run(PingKind(parts), host="127.0.0.1", packets=10, **fields)


@pytest.mark.parametrize(
    ("answered", "fields", "status", "fault"),
    [
        (10, {}, Status.OPERATIONAL, None),
        (9, {}, Status.OPERATIONAL, None),
        (8, {}, Status.DEGRADED, "loss"),
        (1, {}, Status.DEGRADED, "loss"),
        (0, {}, Status.MAJOR_OUTAGE, "timeout"),
        (5, {"down_loss_percent": 50}, Status.MAJOR_OUTAGE, "loss"),
        (9, {"degraded_loss_percent": 10}, Status.DEGRADED, "loss"),
        (10, {"max_response_ms": 10}, Status.DEGRADED, "slow"),
        (10, {"max_response_ms": 20}, Status.OPERATIONAL, None),
    ],
)
async def test_lost_packets_are_judged(
    parts: CheckParts,
    monkeypatch: pytest.MonkeyPatch,
    answered: int,
    fields: dict[str, int],
    status: Status,
    fault: str | None,
) -> None:
    answer = await lossy(parts, monkeypatch, answered, **fields)
    assert (answer.status, answer.fault) == (status, fault), answer.detail
    assert answer.figures["loss_percent"] == 100 - answered * 10
    assert (answer.response_ms is None) == (answered == 0)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"host": "http://x"}, "host"),
        ({"packets": 11}, "packets"),
        ({"degraded_loss_percent": 0}, "degraded_loss_percent"),
        ({"degraded_loss_percent": 50, "down_loss_percent": 40}, "down_loss_percent"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PingSource.model_validate({"host": "box.example"} | fields)
    assert refused.value.errors()[0]["loc"][0] == place
