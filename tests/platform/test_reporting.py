"""SENTRY_DSN: errors are reported with their place, and with nobody's data."""

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.support.checkout import ROOT

PREPARED = """
import asyncio, logging, sys
import structlog
from tocsin.platform.observability import configure_logs, start_reporting
from tocsin.platform.settings import load_settings
settings = load_settings(_env_file=None)
configure_logs(settings, "worker")
start_reporting(settings, "worker")
log = structlog.get_logger("tocsin.test")
"""
BREAKS = """
def fall(token):
    secret_value = token
    raise RuntimeError("no answer from https://hooks.example.com/services/s3cret for me@example.org")
try:
    fall("s3cret")
except RuntimeError:
    log.exception("agenda.claim_failed", token="s3cret", subject="s3cret")
log.error("registry.unreadable", path="s3cret")
log.warning("delivery.slow", host="s3cret")
logging.getLogger("uvicorn.error").error("odd request of %s", "s3cret")
"""
ASKS = """
from pathlib import Path
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text
from tests.support.schema import create_schema
from tocsin.app.compose import compose
from tocsin.app.web import build_api, started
from tocsin.kernel.clock import SystemClock
house = compose(settings, SystemClock())
create_schema(settings.database_url)
api = build_api(house)

@api.post("/api/v1/broken/{word}")
async def broken(word: str) -> None:
    await house.platform.database.read(
        house.context, lambda tx: tx.all(text("SELECT nothing FROM nowhere WHERE a = :b").bindparams(b=word))
    )

async def ask():
    async with started(house):
        transport = ASGITransport(api, raise_app_exceptions=False)
        async with AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            answer = await client.post(
                "/api/v1/broken/s3cret?token=s3cret",
                headers={"Authorization": "Bearer s3cret", "Cookie": "session=s3cret"},
                json={"password": "s3cret"},
            )
            assert answer.status_code == 500, answer.text
asyncio.run(ask())
house.platform.database.close()
"""


@dataclass
class Collector:
    """A Sentry of our own: every envelope that was posted, with each of its items."""

    dsn: str = ""
    bodies: list[str] = field(default_factory=list)

    def items(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for body in self.bodies:
            lines = [json.loads(line) for line in body.splitlines() if line]
            found += [
                lines[at + 1]
                for at, line in enumerate(lines)
                if line.get("type") == kind and at + 1 < len(lines)
            ]
        return found


@pytest.fixture
def sentry() -> Iterator[Collector]:
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            collector.bodies.append(body.decode())
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    collector.dsn = f"http://publickey@127.0.0.1:{server.server_port}/7"
    try:
        yield collector
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PREPARED + script],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DATA_DIR": str(folder / "data"),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_errors_are_reported_with_their_place_and_nobodys_data(sentry: Collector, tmp_path: Path):
    ran = run(tmp_path, BREAKS, SENTRY_DSN=sentry.dsn, SENTRY_ENVIRONMENT="staging")
    assert ran.returncode == 0, ran.stderr
    events = sentry.items("event")
    named = {event["tags"]["event"]: event for event in events}
    assert set(named) == {"agenda.claim_failed", "registry.unreadable", "odd request of %s"}
    raised = named["agenda.claim_failed"]
    assert raised["environment"] == "staging"
    assert raised["release"].startswith("tocsin@")
    assert raised["server_name"] == "worker"
    assert raised["tags"]["logger"] == "tocsin.test"
    [error] = raised["exception"]["values"]
    assert error["type"] == "RuntimeError"
    assert error["value"] == "no answer from https://[address] for [mail]"
    assert [frame["function"] for frame in error["stacktrace"]["frames"]][-1] == "fall"
    assert all("vars" not in frame for frame in error["stacktrace"]["frames"])
    assert "s3cret" not in _told(sentry)
    assert not {"request", "user", "extra", "breadcrumbs"} & set(raised)


@pytest.mark.parametrize("rate", ["0.0", "1.0"])
def test_a_request_that_breaks_is_reported_without_the_request(
    sentry: Collector, tmp_path: Path, rate: str
):
    asked = {"SENTRY_DSN": sentry.dsn, "SENTRY_TRACES_SAMPLE_RATE": rate}
    ran = run(tmp_path, ASKS, **asked)
    assert ran.returncode == 0, ran.stderr
    [event] = sentry.items("event")
    assert event["exception"]["values"][-1]["type"] == "OperationalError"
    traces = sentry.items("transaction")
    assert [trace["transaction"] for trace in traces] == (
        ["/api/v1/broken/{word}"] if rate == "1.0" else []
    )
    assert "s3cret" not in _told(sentry)


def _told(sentry: Collector) -> str:
    """Everything that left."""
    return json.dumps([sentry.items("event"), sentry.items("transaction")])


def test_without_a_dsn_nothing_is_loaded_and_nothing_leaves(sentry: Collector, tmp_path: Path):
    ran = run(tmp_path, BREAKS + "assert 'sentry_sdk' not in sys.modules\n")
    assert ran.returncode == 0, ran.stderr
    assert sentry.bodies == []


@pytest.mark.parametrize("role", ["web", "worker", "pages"])
def test_a_missing_package_stops_the_start_with_one_line(tmp_path: Path, role: str):
    (tmp_path / "sentry_sdk.py").write_text("raise ImportError('not installed')\n")
    ran = subprocess.run(
        [sys.executable, "-m", "tocsin.app.cli", role],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT / 'src'}",
            "DATA_DIR": str(tmp_path / "data"),
            "PORT": "0",
            "SENTRY_DSN": "https://publickey@sentry.example.com/7",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 2, ran.stderr
    assert ran.stderr.strip().splitlines() == [
        "tocsin: SENTRY_DSN: is set, but the package sentry-sdk is missing: pip install sentry-sdk"
    ]


def test_what_is_no_dsn_stops_the_start_and_is_not_repeated(tmp_path: Path):
    ran = run(tmp_path, "", SENTRY_DSN="https://sentry.example.com/s3cret")
    assert ran.returncode != 0
    assert "SENTRY_DSN: is no DSN" in ran.stderr
    assert "s3cret" not in ran.stderr
