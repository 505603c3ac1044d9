"""The headline: people are served while everything else runs.

Web and worker run as real processes. While 20,000 deliveries leave, a bulk chain writes a month of
incidents and 60 websites are polled, another process acknowledges incidents and reads the status
page at a fixed pace, and urgent items fall due. 10,000 monitors are at work all the while, also when it
is quiet; `--without-monitors` leaves them out. `--postgres` measures on PostgreSQL.
"""

import asyncio
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import _load
from benchmarks._databases import chosen_database
from benchmarks._figures import Promises, p99, show, show_spread
from benchmarks._load import Outcome, Plan, request
from benchmarks._machine import show_machine
from benchmarks._processes import wait_until
from benchmarks._run import run
from benchmarks._scene import Scene, begin_deliveries, begin_month, scene
from benchmarks._watched import sites
from benchmarks._worker import DUE, STARTED
from tocsin.app.web import started
from tocsin.platform.database import Lane, Tx

DELIVERIES = 20_000
SERVICES, POLL_SECONDS = 60, 5
QUIET_SECONDS, MIXED_SECONDS = 10.0, 25.0
PAGE_PACE, ACKNOWLEDGE_PACE, DUE_PACE = 100.0, 10.0, 4.0
DRAIN_SECONDS = 240.0
PAGE = "/status/main"
ALONE = "--without-monitors"


@dataclass(frozen=True, slots=True)
class Figures:
    """One phase: the page, acknowledgements, and how late due items started, in milliseconds."""

    page: Outcome
    acknowledge: Outcome
    due: list[float]


def main() -> int:
    """Quiet first, then everything at once."""
    show_machine()
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        url = stack.enter_context(chosen_database())
        place = Path(directory)
        watched = None if ALONE in sys.argv else stack.enter_context(sites(place))
        at_work = stack.enter_context(scene(place / "scene", url, SERVICES, POLL_SECONDS, watched))
        _fill_page(at_work)
        if watched is not None:
            watched.settle()
        quiet = _phase(at_work, _open_incidents(at_work, QUIET_SECONDS), QUIET_SECONDS)
        incidents = _open_incidents(at_work, MIXED_SECONDS)
        polls, began = at_work.heard()["polls"], time.monotonic()
        checks = watched.told()["asked"] if watched else 0
        at_work.write(begin_deliveries, DELIVERIES)
        at_work.write(begin_month)
        wait_until(lambda: at_work.waiting()[0] > 0, 60, "no delivery was sent", every=0.2)
        mixed = _phase(at_work, incidents, MIXED_SECONDS)
        sent, written = at_work.waiting()
        polls = at_work.heard()["polls"] - polls
        checks = watched.told()["asked"] - checks if watched else 0
        wait_until(
            lambda: at_work.waiting()[0] == DELIVERIES, DRAIN_SECONDS, "deliveries stuck", 0.5
        )
        spent = time.monotonic() - began
    _show("quiet", quiet)
    _show("mixed", mixed)
    show("deliveries sent when the measuring ended", sent)
    show("incidents of the month written by then", written)
    show("polls meanwhile", polls)
    show("checks of monitors meanwhile", checks)
    show(f"all {DELIVERIES:,} deliveries, beside the rest", DELIVERIES / spent, "/s")
    promises = Promises()
    promises.at_most("bulk work ended before the measuring", float(sent >= DELIVERIES), 0)
    promises.at_most("acknowledge, p99", p99(mixed.acknowledge.latencies), 150, "ms")
    promises.at_most("a due urgent item starts, at the latest", max(mixed.due), 1000, "ms")
    ratio = p99(mixed.page.latencies) / p99(quiet.page.latencies)
    promises.at_most("the page's p99, of quiet", ratio, 3, "×")
    return promises.status


def _phase(at_work: Scene, incidents: list[str], seconds: float) -> Figures:
    product = at_work.product
    (product.place / STARTED).write_text("")
    page = request("GET", PAGE, accept_encoding="gzip")
    token = f"Bearer {product.token}"
    verbs = [
        request("POST", f"/api/v1/incidents/{one}/acknowledge", {}, authorization=token)
        for one in incidents
    ]
    readers = _load.start(Plan(product.port, [page], 8, seconds, PAGE_PACE))
    people = _load.start(Plan(product.port, verbs, 8, seconds, ACKNOWLEDGE_PACE, once=True))
    planned = asyncio.run(_plan_due_items(at_work, seconds))
    read, acknowledged = _load.outcome_of(readers), _load.outcome_of(people)
    for outcome in (read, acknowledged):
        if set(outcome.statuses) != {"200"}:
            raise RuntimeError(f"unexpected answers: {outcome.statuses}")
    wait_until(lambda: len(_late(product.place)) >= planned, 30, "a due item never started")
    return Figures(read, acknowledged, _late(product.place))


async def _plan_due_items(at_work: Scene, seconds: float) -> int:
    """Every second item is due at once, the others a little later; returns how many there were."""
    count = int(seconds * DUE_PACE)
    with at_work.product.house() as house:
        async with started(house):
            for number in range(count):
                ahead = timedelta(seconds=1.3 * (number % 2))
                key = f"{time.time_ns()}"
                await house.platform.database.write(house.context, _plan_due, key, ahead)
                await asyncio.sleep(1 / DUE_PACE)
    return count


def _plan_due(tx: Tx, key: str, ahead: timedelta) -> None:
    tx.schedule(DUE, key, tx.now + ahead, lane=Lane.URGENT)


def _late(place: Path) -> list[float]:
    return [float(line) for line in (place / STARTED).read_text().splitlines()]


def _open_incidents(at_work: Scene, seconds: float) -> list[str]:
    def opened(number: int) -> Any:
        body = {"title": f"Somebody must see this {number}", "severity": "high"}
        return at_work.product.call("POST", "/incidents", body)["id"]

    return [opened(number) for number in range(int(seconds * ACKNOWLEDGE_PACE) + 1)]


def _fill_page(at_work: Scene) -> None:
    for number in range(12):
        body = {"service_id": f"service-{number:03d}"}
        at_work.product.call("POST", "/status-pages/main/components", body)
    time.sleep(2)


def _show(name: str, figures: Figures) -> None:
    show_spread(f"{name}: status page", figures.page.latencies)
    show_spread(f"{name}: acknowledge", figures.acknowledge.latencies)
    show_spread(f"{name}: due urgent item starts", figures.due)


if __name__ == "__main__":
    run(main)
