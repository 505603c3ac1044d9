"""Both halves, reloading: the server restarts when a source changes, Vite swaps what it can."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from scripts.console_side import CONSOLE, environment_with_node
from scripts.python_side import LAUNCHER
from scripts.stamps import files_below
from scripts.steps import ROOT

GRACE_SECONDS = 8
LOOK_SECONDS = 0.5
SOURCES = ROOT / "src"
NOT_SOURCES = frozenset({"__pycache__"})


def main(arguments: list[str]) -> int:
    """Run both until one is interrupted; a server that stops by itself waits for the next change."""
    environment = environment_with_node()
    signal.signal(signal.SIGTERM, _interrupt)
    vite = subprocess.Popen(["npm", "run", "dev"], cwd=CONSOLE, env=environment)
    server = _serve(arguments, environment)
    seen = _moments()
    try:
        while vite.poll() is None:
            time.sleep(LOOK_SECONDS)
            if (now := _moments()) != seen:
                seen = now
                _stop(server)
                server = _serve(arguments, environment)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(server)
        _stop(vite)
    return vite.returncode


def _serve(arguments: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([LAUNCHER, "serve", *arguments], env=environment)


def _moments() -> dict[Path, int]:
    """When each source was last written; one that vanishes while we look will differ next time."""
    moments = {}
    for path in files_below(SOURCES, without=NOT_SOURCES):
        try:
            moments[path] = path.stat().st_mtime_ns
        except FileNotFoundError:
            moments[path] = 0
    return moments


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
