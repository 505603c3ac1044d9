"""The examples in deploy/ can be read by what they are for, and name what exists."""

import configparser
import json
import plistlib
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scripts.prepare import PURPOSES
from tests.support.checkout import ROOT, own_files, place
from tocsin.app.cli import main
from tocsin.platform.settings import Settings

DEPLOY = ROOT / "deploy"
ROLES = ("web", "worker", "pages")
OTHERS_VARIABLES = {"LITESTREAM_ACCESS_KEY_ID", "LITESTREAM_SECRET_ACCESS_KEY"}
_VARIABLE = re.compile(r"\b([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)\b")
_NOT_SETTINGS = {"AF_INET", "AF_INET6", "AF_UNIX", "DOCTYPE", "PYTHONDONTWRITEBYTECODE"}


def check_unit(path: Path) -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's names have capitals
    unit.read_string(path.read_text())
    assert unit.sections() == ["Unit", "Service", "Install"]
    service = unit["Service"]
    program, command = shlex.split(service["ExecStart"])
    assert program.endswith("/.venv/bin/tocsin")
    for each in ROLES if command == "%i" else (command,):
        assert each in main.commands
    assert service["RestartPreventExitStatus"] == "2", "a wrong setting must not start over"
    assert service["User"] != "root"
    assert service["Environment"] == f"DATA_DIR=/var/lib/{service['StateDirectory']}"


def check_plist(path: Path) -> None:
    daemon = plistlib.loads(path.read_bytes())
    program, command = daemon["ProgramArguments"]
    assert program.endswith("/.venv/bin/tocsin")
    assert command in main.commands
    assert set(daemon["EnvironmentVariables"]) <= set(Settings.model_fields)
    assert daemon["Umask"] == 0o077
    assert daemon["UserName"] != "root"


def check_compose(path: Path) -> None:
    service = _yaml(path)["services"]["tocsin"]
    assert set(service["environment"]) <= set(Settings.model_fields)
    context = (path.parent / service["build"]["context"]).resolve()
    assert context == ROOT
    assert (context / service["build"]["dockerfile"]).is_file()


def check_containerfile(path: Path) -> None:
    text = path.read_text().replace("\\\n", " ")
    steps = [line.split(None, 1) for line in text.splitlines() if line and line[0] != "#"]
    assert steps[0] == ["FROM", "python:3.12-slim"]
    assert {step[0] for step in steps} <= {
        *("FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "STOPSIGNAL"),
        *("HEALTHCHECK", "ENTRYPOINT", "CMD"),
    }
    said = dict(step for step in steps if step[0] in ("ENTRYPOINT", "CMD", "RUN", "USER"))
    assert json.loads(said["ENTRYPOINT"])[0].endswith("/.venv/bin/tocsin")
    assert json.loads(said["CMD"])[0] in main.commands
    asked = re.search(r"scripts\.prepare (\w+)", said["RUN"])
    assert asked is not None
    assert asked[1] in PURPOSES
    assert said["USER"] != "root"


def check_litestream(path: Path) -> None:
    [database] = _yaml(path)["dbs"]
    assert database["path"].endswith("/data.db")
    assert [replica["type"] for replica in database["replicas"]] == ["s3"]


def check_caddy(path: Path) -> None:
    """Every block closes, and what follows a block is on a line of its own (Caddy's grammar)."""
    depth = 0
    for line in _lines(path):
        if line.endswith("{"):
            depth += 1
        elif "}" in line:
            assert line == "}"
            depth -= 1
        assert depth >= 0
    assert depth == 0


def check_nginx(path: Path) -> None:
    """Every directive ends with a semicolon or opens a block, and every block closes."""
    depth = 0
    for line in _lines(path):
        assert line[-1] in ";{}", line
        depth += line.endswith("{") - line.startswith("}")
        assert depth >= 0
    assert depth == 0


CHECKS: dict[str, Callable[[Path], None]] = {
    "deploy/systemd/tocsin.service": check_unit,
    "deploy/systemd/tocsin@.service": check_unit,
    "deploy/launchd/tocsin.plist": check_plist,
    "deploy/compose/compose.yaml": check_compose,
    "deploy/compose/Containerfile": check_containerfile,
    "deploy/litestream/litestream.yml.example": check_litestream,
    "deploy/caddy/Caddyfile": check_caddy,
    "deploy/nginx/tocsin.conf": check_nginx,
}


@pytest.mark.parametrize("name", CHECKS)
def test_an_example_is_what_it_is_for(name: str):
    CHECKS[name](ROOT / name)


@pytest.mark.parametrize("name", CHECKS)
def test_an_example_begins_by_saying_what_it_is_and_how_to_use_it(name: str):
    lines = (ROOT / name).read_text().splitlines()
    if name.endswith(".plist"):
        assert lines[1] == "<!--"
        return
    head = lines[: lines.index("")]
    assert len(head) >= 3
    assert all(line.startswith("#") for line in head)


@pytest.mark.parametrize("name", CHECKS)
def test_an_example_names_only_settings_that_exist(name: str):
    named = set(_VARIABLE.findall((ROOT / name).read_text()))
    known = {*Settings.model_fields, *OTHERS_VARIABLES, *_NOT_SETTINGS}
    assert named - known == set()


def test_no_example_goes_unread():
    found = {place(path) for path in own_files() if path.is_relative_to(DEPLOY)}
    assert found == set(CHECKS)


def _yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text())


def _lines(path: Path) -> list[str]:
    stripped = (line.strip() for line in path.read_text().splitlines())
    return [line for line in stripped if line and not line.startswith("#")]
