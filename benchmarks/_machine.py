"""What this machine can do at this moment, printed beside every figure in seconds."""

import asyncio
import os
import tempfile
import time
from pathlib import Path

from benchmarks._figures import p99, show_spread

_SYNCS = 100
_TURNS = 200
_TURN_SECONDS = 0.005


def show_machine() -> None:
    """Print the cost of a durable write, the lag of an idle event loop, and how busy others are."""
    with tempfile.TemporaryDirectory() as directory:
        syncs = fsync_ms(Path(directory))
    lags = asyncio.run(_lags())
    ours = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start"
    print(f"  this machine: {ours}; an idle event loop is {p99(lags):.2f} ms late at its p99")
    show_spread("one 4 KB write and fsync", syncs)


def fsync_ms(directory: Path) -> list[float]:
    """Milliseconds of single durable writes of this disk."""
    spent = []
    with (directory / "fsync").open("wb") as file:
        for _ in range(_SYNCS):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            spent.append((time.perf_counter() - began) * 1000)
    return spent


async def _lags() -> list[float]:
    late = []
    for _ in range(_TURNS):
        began = time.perf_counter()
        await asyncio.sleep(_TURN_SECONDS)
        late.append((time.perf_counter() - began - _TURN_SECONDS) * 1000)
    return late
