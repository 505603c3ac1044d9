"""Starting processes, waiting for their answer, weighing them and ending them."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
_KEPT = ("PATH", "HOME", "TMPDIR")
_START_SECONDS = 60.0


def clean_environment(given: Mapping[str, str]) -> dict[str, str]:
    """An environment that holds nothing of the person's own settings."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    paths = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return {**kept, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1", **given}


def spawn(
    place: Path, environment: Mapping[str, str], module: str, *arguments: str
) -> "subprocess.Popen[bytes]":
    """Start a module of ours in a process of its own; its output goes to a file in `place`."""
    log = place / f"{module}-{Path(arguments[0]).name if arguments else 0}.log"
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env=dict(environment),
            cwd=place,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def running(
    place: Path, environment: Mapping[str, str], module: str, *arguments: str
) -> "Iterator[subprocess.Popen[bytes]]":
    """A process for as long as it is needed."""
    process = spawn(place, environment, module, *arguments)
    try:
        yield process
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to stop, and after 15 s kill it and its children."""
    children = psutil.Process(process.pid).children(recursive=True) if _lives(process) else []
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        for child in (one for one in children if one.is_running()):
            child.kill()
        process.kill()
        process.wait()


def _lives(process: "subprocess.Popen[bytes]") -> bool:
    return process.poll() is None


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def status_of(port: int, path: str) -> int:
    """The status this path answers with, 0 while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def wait_for_answer(process: "subprocess.Popen[bytes]", port: int, path: str) -> None:
    """Return as soon as the path answers 200; a process that ends first is an error."""

    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"the process ended with {process.returncode} before it answered")
        return status_of(port, path) == 200

    wait_until(answers, _START_SECONDS, f"{path} never answered 200", every=0.005)


def wait_until(
    happened: Callable[[], bool], seconds: float, otherwise: str, every: float = 0.05
) -> None:
    """Look again and again, bounded."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(otherwise)
        time.sleep(every)


def pss_mb(pid: int) -> float:
    """Proportional memory of a process and everything it started, in MB (Linux only)."""
    process = psutil.Process(pid)
    return sum(_pss_kb(one.pid) for one in (process, *process.children(recursive=True))) / 1024


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def cpu_seconds(pid: int) -> float:
    """Processor time that a process and its living children have used."""
    process = psutil.Process(pid)
    times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    return sum(one.user + one.system for one in times)
