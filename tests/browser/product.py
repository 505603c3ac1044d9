"""The real product, started as a person starts it: one command, one folder, one port."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.browser.neighbours import Neighbours
from tests.support.checkout import ROOT

PATIENCE_SECONDS = 30.0
NAME = "Duty operator"
EMAIL = "robin@larkfield.example"
PASSWORD = "correct horse battery staple"

REGISTRY = """\
services:
  - {id: gitfold, name: Gitfold, category: engineering, tier: 1,
     source: {kind: statuspage, url: BASE/gitfold}}
  - {id: checkout, name: Checkout, category: finance, tier: 1, dependencies: [gitfold],
     source: {kind: manual}}
  - {id: payroll, name: Payroll, category: hr, tier: 2, visibility: internal,
     source: {kind: manual}}
"""


@dataclass(frozen=True, slots=True)
class Product:
    """A running `tocsin serve`."""

    address: str
    folder: Path

    @property
    def printed(self) -> str:
        """What it has said on stdout so far."""
        return (self.folder / "stdout").read_text()

    @property
    def setup_link(self) -> str:
        """The one-time link, once it is printed."""
        found = until(lambda: re.search(r"Set it up once:\s+(\S+)", self.printed))
        return str(found[1])

    @property
    def status_page(self) -> str:
        return f"{self.address}/status/main"


def until(look: Callable[[], Any], patience: float = PATIENCE_SECONDS) -> Any:
    """Look again and again until there is something; raises TimeoutError."""
    deadline = time.monotonic() + patience
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing to see after {patience} s")
        time.sleep(0.05)
    return seen


@contextmanager
def running(folder: Path, neighbours: Neighbours) -> Iterator[Product]:
    """Start everything below `folder` and wait until web and worker answer; stop it at the end."""
    registry = folder / "services.yaml"
    registry.write_text(REGISTRY.replace("BASE", neighbours.base))
    port = _free_port()
    product = Product(f"http://127.0.0.1:{port}", folder)
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "tocsin.app.cli", "serve"],
            cwd=folder,
            env=_environment(folder, port, neighbours),
            stdout=out,
            stderr=err,
        )
        try:
            until(lambda: _answers(product, process))
            yield product
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _environment(folder: Path, port: int, neighbours: Neighbours) -> Mapping[str, str]:
    settings = {
        "DATA_DIR": str(folder / "data"),
        "PORT": str(port),
        "SERVICES_FILE": str(folder / "services.yaml"),
        "POLL_INTERVAL_SECONDS": "1",
        "ALERT_CONFIRM_THRESHOLD_POLLS": "1",
        "ALERT_RECOVERY_THRESHOLD_POLLS": "1",
        "ALERT_MIN_STATE_DURATION_SECONDS": "0",
        "SMTP_URL": neighbours.mail.url,
        "SLACK_WEBHOOK_URL": neighbours.slack_url,
        "PYTHONPATH": str(ROOT / "src"),
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, **settings}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(product: Product, process: "subprocess.Popen[bytes]") -> bool:
    assert process.poll() is None, (product.folder / "stderr").read_text()
    try:
        healthy = httpx.get(f"{product.address}/healthz").status_code == 200
        return healthy and httpx.get(product.status_page).status_code == 200
    except httpx.TransportError:
        return False
