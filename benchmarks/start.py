"""Start and idle memory of `tocsin serve` with 30 services, beside a small bare application.

The bare one is a real FastAPI + SQLAlchemy + uvicorn process with two tables and three routes.
Both are started alternately, over databases that exist; medians are compared. Memory is the
proportional set size of the whole process tree once it has settled.
"""

import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks._figures import Promises, show
from benchmarks._machine import show_machine
from benchmarks._processes import (
    ROOT,
    clean_environment,
    end,
    free_port,
    pss_mb,
    running,
    wait_for_answer,
)
from benchmarks._product import (
    CLI,
    HEALTH,
    Product,
    prepare,
    registry_of,
    served,
    wait_for_services,
)
from benchmarks._run import run

SERVICES = 30
TIMES = 5
SETTLE_SECONDS = 8.0
SOURCE = "{kind: http, url: 'http://127.0.0.1:9/NUMBER'}"
BARE = "benchmarks._bare"


def main() -> int:
    """Measure both, compare, report."""
    show_machine()
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        bare = _bare_environment(place)
        product = prepare(place / "tocsin", registry_of(SERVICES, SOURCE))
        first = _first_answer(product.place, product.environment, (CLI, "serve"), product.port)
        bare_starts, starts, healthy = _alternate(place, bare, product)
        bare_memory = _bare_memory(place, bare)
        memory = _memory(product)
        second = _second_make_run(product)
    show("first start with a registry to read", first, "s")
    show("bare application, spawn to first 200 (median)", median(bare_starts), "s")
    show("tocsin serve, spawn to first 200 of /api/health (median)", median(starts), "s")
    show("tocsin serve, spawn to first 200 of /healthz (median)", median(healthy), "s")
    show("bare application, idle PSS", bare_memory, "MB")
    show("tocsin serve, idle PSS of all its processes", memory, "MB")
    promises = Promises()
    promises.at_most("start time ratio", median(starts) / median(bare_starts), 2.0, "×")
    promises.at_most("idle memory ratio", memory / bare_memory, 2.0, "×")
    promises.at_most("second `make run` to first 200", second, 3.0, "s")
    return promises.status


def _alternate(
    place: Path, bare: dict[str, str], product: Product
) -> tuple[list[float], list[float], list[float]]:
    bare_starts, starts, healthy = [], [], []
    for _ in range(TIMES):
        bare_starts.append(_first_answer(place, bare, (BARE,), int(bare["PORT"])))
        command, environment = (CLI, "serve"), product.environment
        starts.append(_first_answer(product.place, environment, command, product.port))
        healthy.append(_healthy(product))
    return bare_starts, starts, healthy


def _first_answer(
    place: Path, environment: dict[str, str], command: tuple[str, ...], port: int
) -> float:
    began = time.perf_counter()
    with running(place, environment, *command) as process:
        wait_for_answer(process, port, HEALTH)
        return time.perf_counter() - began


def _healthy(product: Product) -> float:
    """Until the worker has shown its first sign of life too."""
    (product.place / "heartbeat").unlink(missing_ok=True)
    began = time.perf_counter()
    with served(product, health="/healthz"):
        return time.perf_counter() - began


def _bare_memory(place: Path, environment: dict[str, str]) -> float:
    with running(place, environment, BARE) as process:
        wait_for_answer(process, int(environment["PORT"]), HEALTH)
        time.sleep(SETTLE_SECONDS / 2)
        return pss_mb(process.pid)


def _memory(product: Product) -> float:
    with served(product) as process:
        wait_for_services(product, SERVICES)
        time.sleep(SETTLE_SECONDS)
        return pss_mb(process.pid)


def _second_make_run(product: Product) -> float:
    """`make run` in a checkout that is ready: its checks and the product's start together."""
    environment = {**product.environment, "MAKEFLAGS": "", "PYTHONPATH": ""}
    began = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_answer(process, product.port, HEALTH)
        return time.perf_counter() - began
    finally:
        end(process)


def _bare_environment(place: Path) -> dict[str, str]:
    return clean_environment(
        {"PORT": str(free_port()), "DATABASE_URL": f"sqlite:///{place / 'bare.db'}"}
    )


if __name__ == "__main__":
    run(main)
