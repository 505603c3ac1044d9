"""The product at work: a web process, a worker that knows bulk work, and the world around them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks import _sink
from benchmarks._processes import clean_environment, free_port, running, wait_for_answer
from benchmarks._product import Product, prepare, registry_of, served, wait_for_services
from benchmarks._watched import SERVICES, World, fill
from benchmarks._worker import A_MONTH, DELIVERIES, MONTH
from tocsin.platform.agenda import agenda_items
from tocsin.platform.database import Lane, ReadTx, Tx
from tocsin.platform.delivery.tables import deliveries

HEALTH = "/healthz"


@dataclass(frozen=True, slots=True)
class Scene:
    """Running processes, and what they left behind."""

    product: Product
    sink: int

    def heard(self) -> Any:
        """What the outside world has seen."""
        return _sink.told(self.sink)

    def write(self, verb: Callable[..., Any], *args: Any) -> Any:
        """Run a verb from this process."""
        with self.product.house() as house:
            return house.platform.database.write_now(house.context, verb, *args)

    def waiting(self) -> tuple[int, int]:
        """Deliveries sent, and incidents of the month written, so far."""
        with self.product.house() as house:
            found: tuple[int, int] = house.platform.database.read_now(house.context, _progress)
            return found


@contextmanager
def scene(
    place: Path, url: str | None, services: int, interval: int, watched: World | None = None
) -> Iterator[Scene]:
    """Start everything; the services are websites polled every so many seconds.

    `watched` are sites of which each gets a monitor of its own beside.
    """
    sink, environment = free_port(), clean_environment({})
    place.mkdir()
    with running(place, environment, "benchmarks._sink", str(sink)) as world:
        wait_for_answer(world, sink, _sink.HEALTH)
        base = f"http://127.0.0.1:{sink}"
        source = f"{{kind: http, url: '{base}{_sink.WEBSITE}NUMBER', interval_seconds: {interval}}}"
        product = prepare(place / "tocsin", registry_of(services, source), url)
        environment = {**product.environment, "PROVIDER": f"{base}{_sink.HOOK}"}
        if watched is not None:
            environment = watched.trusted_by(environment)
            with product.house() as house:
                fill(house, watched)
        with (
            served(product, "web"),
            running(product.place, environment, "benchmarks._worker") as worker,
        ):
            wait_for_answer(worker, product.port, HEALTH)
            wait_for_services(product, services + (SERVICES if watched else 0))
            yield Scene(product, sink)


def begin_deliveries(tx: Tx, count: int) -> None:
    """Have a bulk chain enter so many deliveries."""
    tx.schedule(DELIVERIES, "many", payload={"at": 0, "count": count}, lane=Lane.BULK)


def begin_month(tx: Tx) -> None:
    """Have a bulk chain write a month of incidents."""
    tx.schedule(MONTH, "month", payload={"at": 0}, lane=Lane.BULK)


def _progress(tx: ReadTx) -> tuple[int, int]:
    sent = tx.scalar(
        select(func.count()).where(
            deliveries.c.tenant_id == tx.tenant,
            deliveries.c.recipient_kind == "benchmark",
            deliveries.c.state == "sent",
        )
    )
    month = agenda_items.c.tenant_id == tx.tenant, agenda_items.c.kind == MONTH
    left = tx.scalar(select(agenda_items.c.payload).where(*month))
    return sent, A_MONTH if left is None else int(left["at"])
