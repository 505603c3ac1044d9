"""From the commit to the provider's door: idle, and while the bulk lane is full.

A person's message (the test of a webhook channel) is committed by the web process and sent by the
worker to a provider on loopback. Its time counts from the start of the unit that wrote it, so the
commit itself is in it. Meanwhile 20,000 bulk deliveries to the same provider wait. `--postgres`
measures on PostgreSQL.
"""

import tempfile
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from benchmarks._databases import chosen_database
from benchmarks._figures import Promises, p99, show, show_spread
from benchmarks._machine import show_machine
from benchmarks._processes import wait_until
from benchmarks._run import run
from benchmarks._scene import Scene, begin_deliveries, scene
from benchmarks._sink import HOOK

TRIALS = 120
BULK = 20_000
PAUSE_SECONDS = 0.05


def main() -> int:
    """Measure idle, then with a full lane."""
    show_machine()
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        url = stack.enter_context(chosen_database())
        at_work = stack.enter_context(scene(Path(directory) / "scene", url, 3, 60))
        channel = at_work.product.call(
            "POST",
            "/channels",
            {"kind": "webhook", "name": "Trial", "url": f"http://127.0.0.1:{at_work.sink}{HOOK}"},
        )["id"]
        idle = _trials(at_work, channel)
        at_work.write(begin_deliveries, BULK)
        wait_until(lambda: at_work.waiting()[0] > 0, 60, "no bulk delivery was sent", every=0.2)
        before, began = at_work.waiting()[0], time.monotonic()
        full = _trials(at_work, channel)
        after, spent = at_work.waiting()[0], time.monotonic() - began
    show_spread("commit to provider call, idle", idle)
    show_spread("commit to provider call, bulk lane full", full)
    show("bulk deliveries meanwhile", (after - before) / spent, "/s")
    promises = Promises()
    promises.at_most("bulk deliveries left no room to measure", float(after >= BULK), 0)
    promises.at_most("commit to provider call while bulk is full, p99", p99(full), 1000, "ms")
    return promises.status


def _trials(at_work: Scene, channel: str) -> list[float]:
    """Send one after the other; returns milliseconds from unit to provider."""
    call = at_work.product.call
    sent = []
    for _ in range(TRIALS):
        sent.append(call("POST", f"/channels/{channel}/test")["delivery_id"])
        time.sleep(PAUSE_SECONDS)
    ids = [one.replace("-", "") for one in sent]
    wait_until(lambda: set(ids) <= at_work.heard()["arrivals"].keys(), 60, "a message was lost")
    arrivals = at_work.heard()["arrivals"]
    begun = (datetime.fromisoformat(call("GET", f"/deliveries/{one}")["created_at"]) for one in ids)
    return [(arrivals[one] - at.timestamp()) * 1000 for one, at in zip(ids, begun, strict=True)]


if __name__ == "__main__":
    run(main)
