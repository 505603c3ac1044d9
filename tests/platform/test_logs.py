"""LOG_FILE, LOG_JSON and LOG_LEVEL: where the log goes, how it looks, and how much there is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT

SCRIPT = """
import logging
from pathlib import Path
import structlog
from tocsin.platform.observability import configure_logs
from tocsin.platform.settings import load_settings
settings = load_settings(_env_file=None)
configure_logs(settings, "worker")
log = structlog.get_logger("tocsin.test")
log.info("one.happened", count=3, token="hush")
logging.getLogger("library").warning("odd: %s", "ü")
if settings.log_file:
    settings.log_file.rename(settings.log_file.with_suffix(".1"))
log.info("two.happened")
log.debug("three.happened")
"""


def logged(folder: Path, **environment: str) -> str:
    """Run the script; what it wrote to stderr."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "DATA_DIR": str(folder / "data"),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stderr


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_line_is_a_json_object_on_stderr(tmp_path: Path):
    first, library, second = lines(logged(tmp_path))
    assert (first["event"], first["count"], first["level"]) == ("one.happened", 3, "info")
    assert (first["role"], first["logger"]) == ("worker", "tocsin.test")
    assert first["token"] == "***"
    assert library["event"] == "odd: ü"
    assert second["event"] == "two.happened"


def test_without_json_it_is_text_for_people(tmp_path: Path):
    text = logged(tmp_path, LOG_JSON="false")
    assert "one.happened" in text
    assert "{" not in text
    assert "hush" not in text


def test_the_level_says_how_much_there_is(tmp_path: Path):
    assert [line["event"] for line in lines(logged(tmp_path, LOG_LEVEL="warning"))] == ["odd: ü"]
    assert len(lines(logged(tmp_path, LOG_LEVEL="DEBUG"))) >= 4


def test_a_file_that_is_moved_away_is_made_anew(tmp_path: Path):
    assert logged(tmp_path, LOG_FILE="logs/tocsin.log") == ""
    folder = tmp_path / "data" / "logs"
    before = lines((folder / "tocsin.1").read_text())
    after = lines((folder / "tocsin.log").read_text())
    assert [line["event"] for line in before] == ["one.happened", "odd: ü"]
    assert [line["event"] for line in after] == ["two.happened"]


@pytest.mark.parametrize("role", ["web", "worker", "pages"])
def test_a_file_that_cannot_be_written_stops_the_start_with_one_line(tmp_path: Path, role: str):
    (tmp_path / "file").write_text("no directory")
    ran = subprocess.run(
        [sys.executable, "-m", "tocsin.app.cli", role],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "DATA_DIR": str(tmp_path / "data"),
            "PORT": "0",
            "LOG_FILE": str(tmp_path / "file" / "tocsin.log"),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 2, ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1, ran.stderr
    assert ran.stderr.startswith("tocsin: LOG_FILE: cannot write ")
