"""A front door with a few routes that show how the web behaves."""

from collections.abc import AsyncIterator
from typing import Annotated

import pytest

from tests.support.front import Front, front
from tocsin.kernel.errors import Conflict, FieldError, Invalid, TooManyRequests, Unavailable
from tocsin.kernel.facts import Fact
from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.web import (
    Caller,
    Moment,
    WireModel,
    api_router,
    open_to_all,
    open_to_strangers,
    requires,
    requires_bearer,
)

router = api_router(tag="Bells")


class Bell(WireModel):
    """A bell to ring."""

    tone: str
    at: Moment | None = None
    times: tuple[int, ...] = ()


class Rung(WireModel):
    """What came of it."""

    tone: str
    version: int


REFUSALS = {
    "conflict": Conflict("It rings already.", code="ringing"),
    "invalid": Invalid("two fields", errors=[FieldError("a", "one"), FieldError("b", "two")]),
    "slow": TooManyRequests("Slower.", retry_after=7),
    "busy": Unavailable("Later.", retry_after=3),
}


@router.post("/bells", status_code=201)
async def ring(body: Bell, caller: Annotated[Caller, requires("incidents.open")]) -> Rung:
    """Ring a bell, once per key."""
    answer: Rung = await caller.write(
        _ring, body.tone, answer=lambda tone: Rung(tone=tone, version=3)
    )
    return answer


@router.get("/bells")
async def listen(caller: Annotated[Caller, open_to_strangers("board.read")]) -> dict[str, str]:
    """Hear who is listening."""
    return {"who": await caller.read(_who)}


@router.get("/bells/all")
async def hear_all(caller: Annotated[Caller, open_to_all()]) -> dict[str, str]:
    """Open to everybody."""
    return {"who": await caller.read(_who)}


@router.get("/admin/bells")
async def guarded(caller: Annotated[Caller, requires_bearer("status.set")]) -> dict[str, str]:
    """For bearer tokens."""
    return {"who": await caller.read(_who)}


@router.get("/bells/{name}/broken")
async def broken(name: str) -> None:
    """Refuse, or break."""
    raise REFUSALS.get(name) or ZeroDivisionError("the secret reason")


@router.get("/bells/{name}/tagged")
async def tagged(name: str, caller: Annotated[Caller, open_to_all()]) -> dict[str, str]:
    """A versioned thing."""
    caller.tag(5)
    return {"name": name, "expected": str(caller.expected_version)}


def _ring(tx: Tx, tone: str) -> str:
    if tone == "cracked":
        raise Conflict("It is cracked.")
    tx.record(Fact("bell.rung", "bell:1"))
    return tone


def _who(tx: ReadTx) -> str:
    return str(tx.actor)


@pytest.fixture
async def door(sqlite_url: str) -> AsyncIterator[Front]:
    async with front(sqlite_url, routers=[router]) as found:
        yield found


@pytest.fixture
async def both_doors(database_url: str) -> AsyncIterator[Front]:
    async with front(database_url, routers=[router]) as found:
        yield found
