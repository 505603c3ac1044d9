"""Urgent writes beside bulk batches of another process, on one SQLite file.

The promise: people do not wait for bulk work. Prints the urgent writes' p50 and p99 alone and
beside the bulk process, their ratio, and this disk's own durable write for comparison.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from sqlalchemy import insert

import tocsin.app.tables  # noqa: F401 - every table, for the foreign keys
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.facts import SYSTEM, Fact
from tocsin.platform.assembly import assemble
from tocsin.platform.database import Context, Database, Lane, Tx, metadata, once_engine
from tocsin.registry.identity.tables import tenants

TENANT = UUID(int=1)
CONTEXT = Context(TENANT, SYSTEM)
WRITES = 300


def main() -> None:
    """Measure alone, then beside a bulk process."""
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{Path(directory) / 'bench.db'}"
        _create(url)
        alone = asyncio.run(_urgent(url))
        bulk = subprocess.Popen([sys.executable, "-m", "benchmarks.between_processes", url])
        try:
            time.sleep(1.0)
            beside = asyncio.run(_urgent(url))
        finally:
            bulk.kill()
            bulk.wait()
        fsync = _fsync_ms(Path(directory))
    print(f"one durable write of this disk      {fsync:8.2f} ms")
    print(f"urgent write alone      p50 {median(alone):8.2f} ms   p99 {_p99(alone):8.2f} ms")
    print(f"urgent write beside bulk p50 {median(beside):7.2f} ms   p99 {_p99(beside):8.2f} ms")
    print(f"ratio of the p99        {_p99(beside) / _p99(alone):8.1f} x")


def _create(url: str) -> None:
    engine = once_engine(url)
    with engine.begin() as connection:
        metadata.create_all(connection)
        now = SystemClock().now()
        connection.execute(insert(tenants).values(id=TENANT, slug="t", name="T", created_at=now))
    engine.dispose()


async def _urgent(url: str) -> list[float]:
    database = _database(url)
    spent = []
    for number in range(WRITES):
        began = time.perf_counter()
        await database.write(CONTEXT, _one, number)
        spent.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0.002)
    database.close()
    return spent


def _database(url: str) -> Database:
    return assemble(url, SystemClock(), []).database


def _one(tx: Tx, number: int) -> None:
    tx.record(Fact("bench.urgent", f"bench:{number}"))


def _many(tx: Tx, start: int) -> None:
    for number in range(start, start + 40):
        tx.record(Fact("bench.bulk", f"bench:{number}"))


async def _bulk_for_ever(url: str) -> None:
    database = _database(url)
    start = 0
    while True:
        units = (database.write_in(Lane.BULK, CONTEXT, _many, start + 40 * n) for n in range(20))
        await asyncio.gather(*units)
        start += 800


def _fsync_ms(directory: Path) -> float:
    spent = []
    with (directory / "fsync").open("wb") as file:
        for _ in range(50):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            spent.append((time.perf_counter() - began) * 1000)
    return median(spent)


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_bulk_for_ever(sys.argv[1]))
    else:
        main()
