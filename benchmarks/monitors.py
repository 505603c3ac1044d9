"""Own monitors end to end: 10,000 websites a minute, each over a fresh connection, half with TLS.

The worker runs as people run it, against servers of another process; all of its processor time is
counted, whatever it does beside. It is held against a bare loop that fetches the same pages at the
same pace and keeps nothing. Then a few pages break: from the answer that fails to the message in
the chat. Last, what a result takes on the disk once its hour is folded.
"""

import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import text

from benchmarks import _sites
from benchmarks._figures import Promises, show
from benchmarks._machine import show_machine
from benchmarks._processes import (
    clean_environment,
    cpu_seconds,
    running,
    wait_until,
)
from benchmarks._product import CLI, Product, prepare
from benchmarks._run import run
from benchmarks._watched import INTERVAL, MONITORS, PER_SERVICE, World, fill, sites
from tocsin.app.compose import House
from tocsin.detection.signals.model import CheckResult
from tocsin.detection.signals.results import packing, rollup, store
from tocsin.detection.signals.results.tables import Period
from tocsin.kernel.ids import new_id
from tocsin.platform.database import ReadTx, Tx, across_tenants

SECONDS = 65.0
BARE_SECONDS = 30.0
BROKEN = 5
MOST_OF_BARE = 1.5
MOST_LATE = 2.0
MOST_BYTES = 8.0
MOST_TO_MESSAGE = 1.0
_FOLDED = 2_000
_AN_HOUR = 60


def main() -> int:
    """Run the worker for a good minute, break some, then measure the bare loop and the disk."""
    show_machine()
    promises = Promises()
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        place = Path(directory)
        world = stack.enter_context(sites(place))
        product = prepare(place / "tocsin", LOG_LEVEL="WARNING", SLACK_WEBHOOK_URL=world.chat)
        with product.house() as house:
            fill(house, world)
        each = _work(promises, product, world)
        bare = _bare(place, world)
        show("a bare loop, processor time of a check", bare, "ms")
        promises.at_most("processor time of a check, of a bare loop's", each / bare, MOST_OF_BARE)
        with product.house() as house:
            promises.at_most("disk of a folded result", _bytes_of_results(house), MOST_BYTES, "B")
    return promises.status


def _work(promises: Promises, product: Product, world: World) -> float:
    """Milliseconds of the worker for each check."""
    trusting = world.trusted_by(product.environment)
    with running(product.place, trusting, CLI, "worker") as worker:
        world.settle()
        _sites.ask(world.plain, "/forget")
        before, began = cpu_seconds(worker.pid), time.monotonic()
        time.sleep(SECONDS)
        told = world.told()
        spent, took = cpu_seconds(worker.pid) - before, time.monotonic() - began
        checks = int(told["asked"])
        each = spent / checks * 1000
        show("checks", checks)
        show("share of one core", spent / took * 100, "%")
        show("processor time of a check", each, "ms")
        promises.at_most("the latest check", told["longest"] - INTERVAL, MOST_LATE, "s")
        late = _break_some(world)
    promises.at_most("failing answer to message, at most", max(late), MOST_TO_MESSAGE, "s")
    return each


def _break_some(world: World) -> list[float]:
    """Seconds from the answer that fails to the message about it, one page of a service each."""
    numbers = [PER_SERVICE * service for service in range(BROKEN)]
    for number in numbers:
        _sites.ask(world.plain, f"/break/{number}")
    services = {str(number): str(number // PER_SERVICE) for number in numbers}

    wanted = set(services.values())
    wait_until(
        lambda: wanted <= set(world.told()["messages"]),
        180,
        "no message came for a page that fails",
        every=0.5,
    )
    told = world.told()
    late = [told["messages"][services[one]] - told["failed"][one] for one in services]
    for seconds in late:
        show("failing answer to message", seconds, "s")
    return late


def _bare(place: Path, world: World) -> float:
    checks = int(MONITORS * BARE_SECONDS / 60)
    given = (world.plain, world.secure, world.certificate, checks, BARE_SECONDS)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._bare_checks", *map(str, given)],
        env=clean_environment({}),
        cwd=place,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=BARE_SECONDS + 60,
    )
    made, spent = done.stdout.split()
    return float(spent) / int(made) * 1000


def _bytes_of_results(house: House) -> float:
    """How much the file grows for each result of an hour, blocks and roll-ups together."""
    database, hour = house.platform.database, packing.hour_of(datetime.now(UTC)) - 1
    before = database.read_now(house.context, _pages)
    for first in range(0, _FOLDED, 200):
        database.write_now(house.context, _fold, hour, first)
    after = database.read_now(house.context, _pages)
    return (after - before) / (_FOLDED * _AN_HOUR)


def _fold(tx: Tx, hour: int, first: int) -> None:
    """An hour of 200 monitors, as their answers arrive: a little late, a little slower or faster."""
    random = Random(first)
    found = {new_id(): _hour_of(random, hour) for _ in range(200)}
    store.write_blocks(tx, hour, {one: packing.pack(each, hour) for one, each in found.items()})
    rolled = {one: rollup.roll_up(each) for one, each in found.items()}
    store.write_rollups(tx, Period.HOUR, hour, rolled)


def _hour_of(random: Random, hour: int) -> list[CheckResult]:
    first = packing.start_of(hour) + timedelta(seconds=random.uniform(0, 59))
    return [
        CheckResult(
            first + timedelta(minutes=minute, milliseconds=random.uniform(0, 40)),
            True,
            round(80 + random.expovariate(1 / 30)),
            200,
            None,
        )
        for minute in range(_AN_HOUR)
        if first.minute + minute < _AN_HOUR
    ]


def _pages(tx: ReadTx) -> int:
    """Bytes of the database's pages in use."""
    size, count, free = (
        int(tx.scalar(across_tenants(text(f"PRAGMA {name}"))))
        for name in ("page_size", "page_count", "freelist_count")
    )
    return size * (count - free)


if __name__ == "__main__":
    run(main)
