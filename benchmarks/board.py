"""What the board's data cost beside their serialising: 2,000 services with 90 days of history.

The whole web role answers `GET /api/v1/services` in this process, gate and reader's thread
included; beside it the list that was answered is serialised, by `json` and by the framework. All
are processor time. *Warm* is a board between two polls; *moving* one of which every service was
looked at since the last request and one in a hundred has changed; *unchanged* a reader who sends
the tag back; *cold* the first request of a process.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from pydantic import TypeAdapter

from benchmarks._figures import Promises, show
from benchmarks._history import DAYS, id_of, portions, write_services
from benchmarks._machine import show_machine
from benchmarks._product import Product, prepare
from benchmarks._run import run
from tocsin.app.compose import House
from tocsin.app.web import build_api
from tocsin.detection.conditions.schemas import ServicesOut
from tocsin.detection.signals import ServiceLook
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.registry.catalog import ServiceChange

SERVICES = 2_000
CHANGED = 20
ROUNDS = 15
COLD_ROUNDS = 3
MOST = 1.5


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and the processor time it took in milliseconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    spent: float


@dataclass(frozen=True, slots=True)
class Asking:
    """A reader of the board, straight into the app of this process."""

    app: Any
    product: Product
    path: str

    async def ask(self, tag: str = "") -> Answer:
        """One request."""
        sent = [(b"authorization", f"Bearer {self.product.token}".encode())]
        sent += [(b"if-none-match", tag.encode())] if tag else []
        path, _, query = self.path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": sent,
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 80),
            "app": self.app,
        }
        told: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            told.append(message)

        before = time.process_time()
        await self.app(scope, receive, send)
        spent = (time.process_time() - before) * 1000
        start, *rest = told
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        body = b"".join(one.get("body", b"") for one in rest)
        return Answer(start["status"], headers, body, spent)


def main() -> int:
    """Measure the board, and what else is asked for by every screen of it."""
    show_machine()
    promises = Promises()
    with tempfile.TemporaryDirectory() as directory:
        product = prepare(Path(directory) / "tocsin", LOG_LEVEL="ERROR")
        with product.house() as house:
            _fill(house)
            asyncio.run(_measure(promises, product, house))
    return promises.status


def _fill(house: House) -> None:
    began = time.monotonic()
    for numbers in portions(SERVICES):
        house.platform.database.write_now(house.context, write_services, numbers)
    show(f"writing {SERVICES:,} services with {DAYS} days", time.monotonic() - began, "s")


async def _measure(promises: Promises, product: Product, house: House) -> None:
    cold = [await _fresh(product, house).ask() for _ in range(COLD_ROUNDS)]
    asking = _fresh(product, house)
    first = _sound(await asking.ask())
    show("bytes of the answer", len(first.body), "B")
    plain, framework = _serialising(first.body)
    show("serialising by json", plain, "ms")
    show("serialising by the framework", framework, "ms")
    warm, moving, unchanged = [], [], []
    for number in range(ROUNDS):
        warm.append(_sound(await asking.ask()))
        unchanged.append(await asking.ask(warm[-1].headers["etag"]))
        house.platform.database.write_now(house.context, _move, house, number)
        moving.append(_sound(await asking.ask()))
    if {one.status for one in unchanged} != {304}:
        raise RuntimeError("a reader who has the board already was sent it again")
    for name, answers in (("cold", cold), ("unchanged", unchanged), ("warm", warm)):
        spent = median(one.spent for one in answers)
        show(f"{name} board", spent, "ms")
        show(f"{name} board, of json's time", spent / plain, "×")
    spent = median(one.spent for one in moving)
    show("moving board", spent, "ms")
    show("moving board, of the framework's time", spent / framework, "×")
    promises.at_most("moving board, of json's time", spent / plain, MOST, "×")


def _fresh(product: Product, house: House) -> Asking:
    """The web role as a process begins it: no board is kept yet."""
    return Asking(build_api(house), product, "/api/v1/services")


def _sound(answer: Answer) -> Answer:
    if answer.status != 200:
        raise RuntimeError(f"the board answered {answer.status}: {answer.body[:300]!r}")
    return answer


def _serialising(body: bytes) -> tuple[float, float]:
    """Milliseconds that `json` and the framework's encoder take for what was answered."""
    listed = json.loads(body)
    adapter = TypeAdapter(ServicesOut)
    models = adapter.validate_python(listed)
    return _spent(lambda: json.dumps(listed).encode()), _spent(lambda: adapter.dump_json(models))


def _spent(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        before = time.process_time()
        work()
        spent.append((time.process_time() - before) * 1000)
    return median(spent)


def _move(tx: Tx, house: House, number: int) -> None:
    """Look at every service, and change some."""
    looks = [ServiceLook(id_of(one), tx.now, tx.now) for one in range(SERVICES)]
    house.signals.observations.looked(tx, looks)
    for one in range(number * CHANGED, (number + 1) * CHANGED):
        changed = ServiceChange(description=f"Described anew, for the time of round {number}.")
        catalog.edit_service(tx, id_of(one), changed)


if __name__ == "__main__":
    run(main)
