"""Websites of another process and the monitors that look at them, as several benchmarks need them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks import _sites
from benchmarks._processes import clean_environment, free_port, running, wait_for_answer, wait_until
from tocsin.app.compose import House
from tocsin.detection.signals import MonitorDraft, add_monitor
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft

MONITORS = 10_000
INTERVAL = 60
PER_SERVICE = 20
SERVICES = MONITORS // PER_SERVICE
SETTLING = 65.0
"""Seconds until every check has its place: what was never checked is not kept waiting for it."""


@dataclass(frozen=True, slots=True)
class World:
    """The sites' ports and their certificate."""

    plain: int
    secure: int
    certificate: Path

    def address(self, number: int) -> str:
        scheme, port = ("https", self.secure) if number % 2 else ("http", self.plain)
        return f"{scheme}://127.0.0.1:{port}{_sites.PAGE}{number}"

    @property
    def chat(self) -> str:
        """Where messages are to be sent."""
        return f"http://127.0.0.1:{self.plain}{_sites.CHAT}"

    def told(self) -> Any:
        """What the sites have seen."""
        return _sites.ask(self.plain, "/told")

    def settle(self) -> None:
        """Wait until every page was asked for, and every check has its place."""
        wait_until(
            lambda: bool(self.told()["pages"] == MONITORS), 180, "not every page was asked for"
        )
        time.sleep(SETTLING)

    def trusted_by(self, environment: dict[str, str]) -> dict[str, str]:
        """The environment of a process that trusts the sites' certificate."""
        return {**environment, "SSL_CERT_FILE": str(self.certificate)}


@contextmanager
def sites(place: Path) -> Iterator[World]:
    """Serve the sites, half of them with TLS, until the end."""
    certificate = _certificate(place / "sites.pem")
    world = World(free_port(), free_port(), certificate)
    given = (str(world.plain), str(world.secure), str(certificate))
    with running(place, clean_environment({}), "benchmarks._sites", *given) as serving:
        wait_for_answer(serving, world.plain, _sites.HEALTH)
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


def fill(house: House, world: World) -> None:
    """Add all monitors."""
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
