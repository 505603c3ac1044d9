"""Tocsin as people run it: real processes over a directory and a database of their own."""

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks._processes import (
    clean_environment,
    end,
    free_port,
    spawn,
    wait_for_answer,
    wait_until,
)
from tocsin.app.compose import NOWHERE, House, compose
from tocsin.app.schema import ensure_schema
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context
from tocsin.platform.settings import load_settings
from tocsin.registry import identity
from tocsin.registry.identity import Role

CLI = "tocsin.app.cli"
HEALTH = "/api/health"


@dataclass(frozen=True, slots=True)
class Product:
    """A directory that is set up: its settings, and a token of an API user."""

    place: Path
    port: int
    settings: Mapping[str, str]
    token: str

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment(self.settings)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One request with the token; an answer that is no 2xx raises."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                said = answer.read()
        except urllib.error.HTTPError as refusal:
            refusal.add_note(refusal.read().decode())
            raise
        return json.loads(said) if said else None

    def services(self) -> int:
        """How many services the board knows."""
        return len(self.call("GET", "/services")["items"])

    @contextmanager
    def house(self) -> Iterator[House]:
        """The same house composed in this process, beside the running ones."""
        house = compose(load_settings(_env_file=None, **self.settings), SystemClock())
        database = house.platform.database
        try:
            tenant = database.write_now(NOWHERE, identity.ensure_default_tenant)
            house.context = Context(tenant, SYSTEM)
            yield house
        finally:
            database.close()


def prepare(
    place: Path, registry: str = "services: []\n", url: str | None = None, **given: str
) -> Product:
    """Make the schema, a registry file and a token."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "services.yaml").write_text(registry)
    port = free_port()
    settings = {
        "DATA_DIR": str(place),
        "DATABASE_URL": url or f"sqlite:///{place / 'data.db'}",
        "SERVICES_FILE": str(place / "services.yaml"),
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
        **given,
    }
    ensure_schema(settings["DATABASE_URL"])
    token = identity.new_token()
    product = Product(place, port, settings, token)
    draft = identity.TokenDraft("benchmark", Role.ADMIN)
    with product.house() as house:
        house.platform.database.write_now(house.context, identity.create_token, draft, token)
    return product


@contextmanager
def served(
    product: Product, role: str = "serve", health: str = HEALTH
) -> "Iterator[subprocess.Popen[bytes]]":
    """The product as one of its roles, until it is no longer needed."""
    process = spawn(product.place, product.environment, CLI, role)
    try:
        wait_for_answer(process, product.port, health)
        yield process
    finally:
        end(process)


def registry_of(services: int, source: str = "{kind: manual}") -> str:
    """A registry file of so many services; `NUMBER` in their source stands for their number."""
    rows = [
        f"  - {{id: service-{number:03d}, name: Service {number}, category: engineering,"
        f" tier: {number % 3 + 1}, source: {source.replace('NUMBER', str(number))}}}"
        for number in range(services)
    ]
    return "services:\n" + "\n".join(rows) + "\n"


def wait_for_services(product: Product, wanted: int) -> None:
    """Until the worker has read the registry file."""
    wait_until(lambda: product.services() == wanted, 60, "the registry file was not loaded")
