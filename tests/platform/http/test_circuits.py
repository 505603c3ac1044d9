"""A host that keeps failing is left alone, by the product's clock."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web

from tests.platform.http.conftest import Serve
from tocsin.kernel.clock import ManualClock
from tocsin.platform.http import FailureKind, HttpFailure, HttpRequest, OutgoingClient
from tocsin.platform.http.circuits import Circuits

HOST = ("vendor.example", "poll")


@pytest.fixture
def circuits(clock: ManualClock) -> Circuits:
    return Circuits(threshold=3, ttl_seconds=300, clock=clock)


def fail(circuits: Circuits, times: int) -> None:
    for _ in range(times):
        circuits.admit(*HOST)
        circuits.settle(*HOST, "It is down.")


def refused(circuits: Circuits) -> HttpFailure:
    with pytest.raises(HttpFailure) as caught:
        circuits.admit(*HOST)
    return caught.value


def test_two_failures_leave_the_circuit_closed(circuits: Circuits) -> None:
    fail(circuits, 2)
    circuits.admit(*HOST)


def test_the_third_failure_in_a_row_opens_it(circuits: Circuits) -> None:
    fail(circuits, 3)
    failure = refused(circuits)
    assert failure.kind is FailureKind.BREAKER_OPEN
    assert not failure.permanent
    assert failure.retry_after_seconds == 300
    assert failure.sentence == (
        "It is down. After 3 such failures in a row vendor.example is asked again in 5 min."
    )


def test_an_answer_in_between_starts_the_count_again(circuits: Circuits) -> None:
    fail(circuits, 2)
    circuits.settle(*HOST, None)
    fail(circuits, 2)
    circuits.admit(*HOST)


def test_other_purposes_and_hosts_are_not_concerned(circuits: Circuits) -> None:
    fail(circuits, 3)
    circuits.admit("vendor.example", "webhook")
    circuits.admit("other.example", "poll")


def test_after_its_time_one_request_is_let_through(circuits: Circuits, clock: ManualClock) -> None:
    fail(circuits, 3)
    clock.move(timedelta(seconds=299))
    assert refused(circuits).retry_after_seconds == 1
    clock.move(timedelta(seconds=1))
    circuits.admit(*HOST)
    assert refused(circuits).kind is FailureKind.BREAKER_OPEN


def test_a_failed_trial_opens_it_again_at_once(circuits: Circuits, clock: ManualClock) -> None:
    fail(circuits, 3)
    clock.move(timedelta(seconds=300))
    fail(circuits, 1)
    assert refused(circuits).retry_after_seconds == 300


def test_a_good_trial_closes_it(circuits: Circuits, clock: ManualClock) -> None:
    fail(circuits, 3)
    clock.move(timedelta(seconds=300))
    circuits.admit(*HOST)
    circuits.settle(*HOST, None)
    fail(circuits, 2)
    circuits.admit(*HOST)


def test_a_trial_that_its_caller_gave_up_leaves_room_for_the_next(
    circuits: Circuits, clock: ManualClock
) -> None:
    fail(circuits, 3)
    clock.move(timedelta(seconds=300))
    circuits.admit(*HOST)
    circuits.abandon(*HOST)
    circuits.admit(*HOST)


async def test_a_host_that_answers_500_is_not_asked_a_fourth_time(
    client: OutgoingClient, serve: Serve, clock: ManualClock
) -> None:
    asked = 0

    async def broken(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=500)

    server = await serve(broken)
    request = HttpRequest(str(server.make_url("/")), "poll")
    for _ in range(3):
        assert (await client.fetch(request)).status == 500
    with pytest.raises(HttpFailure):
        await client.fetch(request)
    assert asked == 3
    clock.move(timedelta(seconds=300))
    assert (await client.fetch(request)).status == 500
    assert asked == 4


async def test_a_check_that_measures_the_host_is_never_kept_from_asking(
    client: OutgoingClient, serve: Serve
) -> None:
    async def broken(_: web.Request) -> web.Response:
        return web.Response(status=500)

    server = await serve(broken)
    request = HttpRequest(str(server.make_url("/")), "check", breaker=False)
    for _ in range(5):
        assert (await client.fetch(request)).status == 500


async def test_what_the_client_itself_refuses_says_nothing_about_the_host(
    client: OutgoingClient, serve: Serve
) -> None:
    async def large(_: web.Request) -> web.Response:
        return web.Response(body=b"x" * 100)

    server = await serve(large)
    request = HttpRequest(str(server.make_url("/")), "poll", body_limit=10)
    for _ in range(5):
        with pytest.raises(HttpFailure) as caught:
            await client.fetch(request)
        assert caught.value.kind is FailureKind.TOO_LARGE


async def test_a_cancelled_request_is_not_held_against_the_host(
    client: OutgoingClient, serve: Serve
) -> None:
    arrived = asyncio.Event()
    patient = True

    async def slow(_: web.Request) -> web.Response:
        arrived.set()
        if patient:
            await asyncio.Event().wait()
        return web.Response()

    server = await serve(slow)
    request = HttpRequest(str(server.make_url("/")), "poll")
    for _ in range(4):
        under_way = asyncio.create_task(client.fetch(request))
        await arrived.wait()
        arrived.clear()
        under_way.cancel()
        with pytest.raises(asyncio.CancelledError):
            await under_way
    patient = False
    assert (await client.fetch(request)).ok
