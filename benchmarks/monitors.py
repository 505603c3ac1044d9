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
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from random import Random
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import text

from benchmarks import _sites
from benchmarks._figures import Promises, show
from benchmarks._machine import show_machine
from benchmarks._processes import (
    clean_environment,
    cpu_seconds,
    free_port,
    running,
    wait_for_answer,
    wait_until,
)
from benchmarks._product import CLI, Product, prepare
from benchmarks._run import run
from tocsin.app.compose import House
from tocsin.detection.signals import MonitorDraft, add_monitor
from tocsin.detection.signals.model import CheckResult
from tocsin.detection.signals.results import packing, rollup, store
from tocsin.detection.signals.results.tables import Period
from tocsin.kernel.ids import new_id
from tocsin.platform.database import ReadTx, Tx, across_tenants
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft

MONITORS = 10_000
INTERVAL = 60
PER_SERVICE = 20
SETTLING = 65.0
"""Seconds until every check has its place: what was never checked is not kept waiting for it."""
SECONDS = 65.0
BARE_SECONDS = 30.0
BROKEN = 5
MOST_OF_BARE = 1.5
MOST_LATE = 2.0
MOST_BYTES = 8.0
MOST_TO_MESSAGE = 1.0
_FOLDED = 2_000
_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class World:
    """The sites' ports and their certificate."""

    plain: int
    secure: int
    certificate: Path

    def address(self, number: int) -> str:
        scheme, port = ("https", self.secure) if number % 2 else ("http", self.plain)
        return f"{scheme}://127.0.0.1:{port}{_sites.PAGE}{number}"


def main() -> int:
    """Run the worker for a good minute, break some, then measure the bare loop and the disk."""
    show_machine()
    promises = Promises()
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        place = Path(directory)
        world = stack.enter_context(_world(place))
        chat = f"http://127.0.0.1:{world.plain}{_sites.CHAT}"
        product = prepare(place / "tocsin", LOG_LEVEL="WARNING", SLACK_WEBHOOK_URL=chat)
        with product.house() as house:
            _fill(house, world)
        each = _work(promises, product, world)
        bare = _bare(place, world)
        show("a bare loop, processor time of a check", bare, "ms")
        promises.at_most("processor time of a check, of a bare loop's", each / bare, MOST_OF_BARE)
        with product.house() as house:
            promises.at_most("disk of a folded result", _bytes_of_results(house), MOST_BYTES, "B")
    return promises.status


def _work(promises: Promises, product: Product, world: World) -> float:
    """Milliseconds of the worker for each check."""
    trusting = {**product.environment, "SSL_CERT_FILE": str(world.certificate)}
    with running(product.place, trusting, CLI, "worker") as worker:
        wait_until(
            lambda: bool(_told(world)["pages"] == MONITORS), 180, "not every page was asked for"
        )
        time.sleep(SETTLING)
        _sites.ask(world.plain, "/forget")
        before, began = cpu_seconds(worker.pid), time.monotonic()
        time.sleep(SECONDS)
        told = _told(world)
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
        lambda: wanted <= set(_told(world)["messages"]),
        180,
        "no message came for a page that fails",
        every=0.5,
    )
    told = _told(world)
    late = [told["messages"][services[one]] - told["failed"][one] for one in services]
    for seconds in late:
        show("failing answer to message", seconds, "s")
    return late


def _told(world: World) -> Any:
    return _sites.ask(world.plain, "/told")


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


@contextmanager
def _world(place: Path) -> "Iterator[World]":
    certificate = _certificate(place / "sites.pem")
    world = World(free_port(), free_port(), certificate)
    given = (str(world.plain), str(world.secure), str(certificate))
    with running(place, clean_environment({}), "benchmarks._sites", *given) as sites:
        wait_for_answer(sites, world.plain, _sites.HEALTH)
        yield world


def _certificate(path: Path) -> Path:
    """A certificate for loopback over P-256 with its key, its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=90))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(pem, private, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(pem) + secret)
    return path


def _fill(house: House, world: World) -> None:
    for first in range(0, MONITORS, PER_SERVICE):
        house.platform.database.write_now(house.context, _declare, house, world, first)


def _declare(tx: Tx, house: House, world: World, first: int) -> None:
    """One service with its monitors; the first service's message names its number."""
    service = f"service-{first // PER_SERVICE}"
    catalog.declare_service(
        tx, ServiceDraft(service, service, Category.ENGINEERING, {"kind": "manual"}, tier=1)
    )
    for number in range(first, first + PER_SERVICE):
        fields = {"kind": "http", "url": world.address(number), "interval_seconds": INTERVAL}
        config = house.signals.kinds.check({**fields, "retries": 0})
        add_monitor(tx, house.signals, MonitorDraft(service, None, config))


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
