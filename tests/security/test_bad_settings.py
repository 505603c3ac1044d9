"""A wrong setting stops the start with one line that names the variable, and exit code 2."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT


def start(role: str, directory: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start a role in an empty directory with nothing else in its environment."""
    return subprocess.run(
        [sys.executable, "-m", "tocsin.app.cli", role],
        cwd=directory,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "DATA_DIR": str(directory / "data"),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PUBLIC_URL", "status.example.org"),
        ("ROOT_PATH", "tocsin"),
        ("DASHBOARD_PUBLIC", "perhaps"),
        ("POLL_INTERVAL_SECONDS", "0"),
        ("ALERT_CONFIRM_THRESHOLD_POLLS", "0"),
        ("ALERT_MIN_STATE_DURATION_SECONDS", "-1"),
        ("LOG_LEVEL", "LOUD"),
        ("HEARTBEAT_STALE_AFTER_SECONDS", "5"),
        ("SLACK_WEBHOOK_URL", "hooks.slack.com/x"),
        ("SMTP_URL", "mail.example.org"),
        ("MAIL_FROM", "nobody"),
        ("DATABASE_URL", "mysql://nowhere/x"),
    ],
)
def test_one_line_names_the_wrong_variable(tmp_path: Path, variable: str, value: str):
    ended = start("web", tmp_path, **{"PORT": "0", variable: value})
    assert ended.returncode == 2, ended.stderr
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    assert lines[0].startswith(f"tocsin: {variable}: ")


def test_a_wrong_secret_is_not_printed(tmp_path: Path):
    ended = start("worker", tmp_path, SLACK_WEBHOOK_URL="hooks.slack.com/services/secret-part")
    assert ended.returncode == 2
    assert "secret-part" not in ended.stderr + ended.stdout


def test_two_names_for_the_database_are_one_too_many(tmp_path: Path):
    two = {"DATABASE_URL": "postgresql://nowhere/x", "DATABASE_PATH": "other.db"}
    ended = start("worker", tmp_path, **two)
    assert ended.returncode == 2
    assert ended.stderr.startswith("tocsin: DATABASE_URL: ")


def test_a_port_that_is_taken_is_named(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = start("web", tmp_path, PORT=str(taken.getsockname()[1]))
    assert ended.returncode == 2
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    assert lines[0].startswith("tocsin: PORT: ")
