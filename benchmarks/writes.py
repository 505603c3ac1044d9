"""Durable API writes beside a bare sqlite3 group-commit loop behind the same server.

`POST /incidents` with a token, validation, fact and reactions, one request in ten refused, 64 at
once from another process. The bare side takes the same requests, decodes them, refuses the same
ones and writes as many rows for each, with the standard library's sqlite3 and no framework; how
fast its loop is without HTTP is printed too. `--postgres` measures the product on PostgreSQL.
"""

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from benchmarks._bare_writes import AT_ONCE, without_http
from benchmarks._databases import chosen_database
from benchmarks._figures import Promises, p99, show
from benchmarks._load import Outcome, Plan, load, request
from benchmarks._machine import show_machine
from benchmarks._processes import (
    clean_environment,
    cpu_seconds,
    free_port,
    running,
    wait_for_answer,
)
from benchmarks._product import Product, prepare, served
from benchmarks._raw import HEALTH
from benchmarks._run import run
from tocsin.platform.database import ReadTx, across_tenants, metadata

ROUNDS = 5
SECONDS = 3.0
COUNTED = 200
REFUSED_EACH = 10


def main() -> int:
    """Measure both in turns."""
    show_machine()
    promises = Promises()
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        place = Path(directory)
        product = prepare(place / "tocsin", url=stack.enter_context(chosen_database()))
        web = stack.enter_context(served(product, "web"))
        rows = _rows_per_write(product)
        show("rows that one accepted request inserts", rows)
        bare_port = _start_bare(stack, place, round(rows))
        bare: list[Outcome] = []
        ours: list[Outcome] = []
        cpu = cpu_seconds(web.pid)
        for _ in range(ROUNDS):
            bare.append(_measure(bare_port, product.token))
            ours.append(_measure(product.port, product.token))
        cpu = cpu_seconds(web.pid) - cpu
        body = '{"title": "' + "x" * 300 + '"}'
        alone = asyncio.run(without_http(place / "alone.db", round(rows), body, SECONDS))
    _show("bare loop behind HTTP", bare)
    _show("POST /incidents", ours)
    show("processor time of one request", cpu / sum(len(o.latencies) for o in ours) * 1000, "ms")
    show("bare loop without HTTP, durable writes", alone, "/s")
    show("POST /incidents, of the bare loop without HTTP", _middle(ours) / alone, "×")
    ratios = [mine.per_second / its.per_second for mine, its in zip(ours, bare, strict=True)]
    promises.at_least("durable API writes, of the bare loop", median(ratios), 0.25, "×")
    return promises.status


def _middle(outcomes: list[Outcome]) -> float:
    return median(one.per_second for one in outcomes)


def _show(name: str, outcomes: list[Outcome]) -> None:
    show(f"{name}: requests a second (median)", _middle(outcomes), "/s")
    show(f"{name}: p99", median(p99(one.latencies) for one in outcomes), "ms")


def _measure(port: int, token: str) -> Outcome:
    outcome = load(Plan(port, _requests(token), AT_ONCE, SECONDS))
    if set(outcome.statuses) != {"201", "422"}:
        raise RuntimeError(f"unexpected answers: {outcome.statuses} {outcome.body}")
    return outcome


def _requests(token: str, refused_each: int = REFUSED_EACH) -> list[str]:
    """Ten requests, of which the last lacks its title."""
    return [
        request(
            "POST",
            "/api/v1/incidents",
            {
                "title": "" if number == refused_each - 1 else f"Trouble number {number}",
                "severity": "high",
                "description": "Requests to the API fail for some people in one region. " * 4,
                "tags": ["benchmark"],
            },
            authorization=f"Bearer {token}",
        )
        for number in range(REFUSED_EACH)
    ]


def _rows_per_write(product: Product) -> float:
    """Rows in all tables before and after so many accepted writes; nobody else is at work."""
    with product.house() as house:
        database = house.platform.database
        before = database.read_now(house.context, _all_rows)
        plan = Plan(product.port, _requests(product.token, 0) * (COUNTED // 10), 8, 60, once=True)
        outcome = load(plan)
        if outcome.statuses != {"201": COUNTED}:
            raise RuntimeError(f"unexpected answers: {outcome.statuses}")
        return (database.read_now(house.context, _all_rows) - before) / COUNTED


def _all_rows(tx: ReadTx) -> int:
    tables = metadata.sorted_tables
    return sum(
        tx.scalar(across_tenants(select(func.count()).select_from(table))) for table in tables
    )


def _start_bare(stack: ExitStack, place: Path, rows: int) -> int:
    port = free_port()
    environment = clean_environment({"PORT": str(port)})
    arguments = (str(place / "bare.db"), str(rows))
    process = stack.enter_context(
        running(place, environment, "benchmarks._bare_writes", *arguments)
    )
    wait_for_answer(process, port, HEALTH)
    return port


if __name__ == "__main__":
    run(main)
