"""Results on their way to the disk: nothing is lost or written twice, and nobody waits for long."""

import asyncio
from datetime import timedelta
from uuid import UUID

from tests.support.detection import CONDITIONS
from tests.support.spine import START, TENANT, Workshop, workshop
from tocsin.detection.signals import CheckResult
from tocsin.detection.signals.results import ResultBuffer, packing, store
from tocsin.detection.signals.results.bundle import Bundle
from tocsin.kernel.ids import new_id

SOURCES = 450


def result(second: int) -> CheckResult:
    return CheckResult(START + timedelta(seconds=second), ok=True, response_ms=second)


async def written(shop: Workshop) -> dict[UUID, list[int | None]]:
    """The response times of each source, in the order of its bundles."""
    hour = packing.hour_of(START)
    ids = await shop.house.read(store.bundle_ids, hour, 10)
    found: dict[UUID, list[int | None]] = {}
    for data in await shop.house.read(store.bundles, ids):
        one = Bundle(data)
        for source in one.ids_after(None):
            block = one.get(source)
            assert block is not None
            found.setdefault(source, []).extend(
                each.response_ms for each in packing.unpack(block, hour)
            )
    return found


async def test_what_is_given_up_half_way_goes_on_there(sqlite_url: str):
    async with workshop(sqlite_url, [CONDITIONS]) as shop:
        buffer, sources = ResultBuffer(shop.database), [new_id() for _ in range(SOURCES)]
        for source in sources:
            buffer.note(TENANT, source, result(1))
        given_up = asyncio.create_task(buffer.flush())
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        assert await written(shop) == {}
        for source in sources:
            buffer.note(TENANT, source, result(2))
        await buffer.flush()
        await buffer.flush()
        assert await written(shop) == {source: [1, 2] for source in sources}


async def test_others_have_their_turns_while_many_are_packed(sqlite_url: str):
    async with workshop(sqlite_url, [CONDITIONS]) as shop:
        buffer = ResultBuffer(shop.database)
        for _ in range(SOURCES):
            buffer.note(TENANT, new_id(), result(1))
        packing_them = asyncio.create_task(buffer.flush())
        await asyncio.sleep(0)
        buffer.note(TENANT, late := new_id(), result(2))
        await packing_them
        assert len(await written(shop)) == SOURCES
        await buffer.flush()
        assert (await written(shop))[late] == [2]
