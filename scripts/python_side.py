"""The virtual environment in .venv, its locked packages, and `tocsin` inside it."""

import importlib.util
import sys
from functools import partial
from pathlib import Path

from scripts.stamps import fingerprint, is_fresh
from scripts.steps import ROOT, Say, Step, TroubleError, command

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LAUNCHER = VENV / "bin" / "tocsin"

DEVELOPMENT = "requirements-dev.txt"

# To a shell the second line is a command, to Python the two lines are a string.
LAUNCH = """\
#!/bin/sh
'''exec' "$(dirname "$0")/python" "$0" "$@"
' '''
import sys
from tocsin.app.cli import main
sys.exit(main())
"""


def environment() -> Step:
    """An environment of our own: nothing is installed outside the checkout."""
    return Step("Python environment", _is_whole, _create)


def packages(lock: str) -> Step:
    """What a lock file names, with hashes; the development lock holds the product's whole lock."""

    def is_done() -> bool:
        return any(is_fresh(_stamp(held), _mark(held)) for held in (lock, DEVELOPMENT))

    return Step("Python packages", is_done, partial(install, lock))


def install(lock: str, say: Say) -> None:
    """Install one lock file into the environment."""
    total = (ROOT / lock).read_text().count("==")
    seen = 0

    def count(line: str) -> None:
        nonlocal seen
        if line.startswith("Collecting "):
            seen += 1
            say(f"{seen}/{total} {line.split()[1]}")
        elif line.startswith("Installing "):
            say("installing")

    command(
        [
            *(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
            *("--progress-bar", "off", "--require-hashes", "--requirement", ROOT / lock),
        ],
        each_line=count,
        hint=f"The packages of {lock} could not be installed; the lines above say why.",
    )
    _stamp(lock).write_text(_mark(lock))


def _is_whole() -> bool:
    return PYTHON.exists() and LAUNCHER.is_file() and LAUNCHER.read_text() == LAUNCH


def _create(say: Say) -> None:
    if not PYTHON.exists():
        for module in ("venv", "ensurepip"):
            if importlib.util.find_spec(module) is None:
                raise TroubleError(
                    f"This Python ({sys.executable}) lacks `{module}`: install its venv package, "
                    "on Debian and Ubuntu `apt install python3-venv`."
                )
        command(
            [sys.executable, "-m", "venv", "--clear", VENV],
            hint="The Python environment in .venv could not be made; the lines above say why.",
        )
    for packages_folder in VENV.glob("lib/python3.*/site-packages"):
        (packages_folder / "tocsin.pth").write_text("../../../../src\n")
    LAUNCHER.write_text(LAUNCH)
    LAUNCHER.chmod(0o755)


def _stamp(lock: str) -> Path:
    return VENV / f".{lock}.stamp"


def _mark(lock: str) -> str:
    return fingerprint([ROOT / lock])
