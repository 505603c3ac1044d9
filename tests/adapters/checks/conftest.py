"""Checks are tested on real connections to real servers on loopback, in both event loops."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import uvloop

from tests.adapters.checks.authority import Authority
from tests.platform.http.conftest import (
    EveryNameIsHere,
    Serve,
    SpeakRaw,
    client,
    clock,
    resolver,
    seen,
    serve,
    sleeper,
    speak_raw,
)
from tocsin.adapters.checks.base import CheckParts
from tocsin.detection.signals.ports import CheckAnswer, CheckKind, MonitorFields
from tocsin.kernel.clock import SystemClock
from tocsin.platform.http import Wires
from tocsin.platform.secrets import Secrets

__all__ = [
    "Serve",
    "SpeakRaw",
    "client",
    "clock",
    "resolver",
    "seen",
    "serve",
    "sleeper",
    "speak_raw",
]

Run = Callable[..., Any]


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Production runs on uvloop, other people's scripts on asyncio's own."""
    return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture
async def parts(authority: Authority, resolver: EveryNameIsHere) -> AsyncIterator[CheckParts]:
    """What checks are given: every name is this machine, and the test's authority is trusted.

    The clock is the real one, because OpenSSL looks at certificates with it.
    """
    wires = Wires(lambda: resolver, authority.pem)
    yield CheckParts(SystemClock(), wires, Secrets("a test's key"))
    await wires.close()


async def run(kind: CheckKind, **fields: Any) -> CheckAnswer:
    """Check once what these fields describe."""
    source = kind.schema.model_validate({"kind": kind.kind, **fields})
    assert isinstance(source, MonitorFields)
    return await kind.prepare(source).run()
