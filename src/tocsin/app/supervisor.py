"""`tocsin serve`: starts web and worker, restarts whichever dies, stops both cleanly.

It imports nothing of the product, so that nothing of the product can take it down.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROLES = ("web", "worker")
REFUSED = 2
METRICS = "PROMETHEUS_MULTIPROC_DIR"
_STOP_SECONDS = 12.0
_STEADY_SECONDS = 30.0
_LONGEST_WAIT = 15.0


@dataclass(slots=True)
class Child:
    """One role's process and its history of falling over."""

    role: str
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    falls: int = 0
    start_after: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own role
            [sys.executable, "-m", "tocsin.app.cli", self.role]
        )
        self.started_at = time.monotonic()

    def fell(self) -> float:
        """Note a fall and return how long to wait: 0.5, 1, 2 … 15 s, afresh after a steady run."""
        steady = time.monotonic() - self.started_at > _STEADY_SECONDS
        self.falls = 1 if steady else self.falls + 1
        wait = min(_LONGEST_WAIT, 0.25 * (1 << min(self.falls, 10)))
        self.start_after = time.monotonic() + wait
        self.process = None
        return wait


class Supervisor:
    """Keeps the roles alive until it is told to stop."""

    def __init__(self) -> None:
        self._children = [Child(role) for role in ROLES]
        self._stopping = False
        self._status = 0

    def run(self) -> int:
        """Serve until SIGTERM or SIGINT; a role that refuses its settings ends everything."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGHUP, self._pass_on)
        while not self._stopping:
            self._look_after()
            time.sleep(0.1)
        self._end()
        return self._status

    def _look_after(self) -> None:
        for child in self._children:
            if child.process is None:
                if time.monotonic() >= child.start_after:
                    child.start()
                continue
            status = child.process.poll()
            if status is not None:
                self._note_end(child, status)

    def _note_end(self, child: Child, status: int) -> None:
        if status == REFUSED:
            self._status, self._stopping = REFUSED, True
            return
        _forget_figures(child)
        wait = child.fell()
        print(  # noqa: T201 - the supervisor has no logger
            f"tocsin: {child.role} ended with {status}; starting it again in {wait:.1f} s",
            file=sys.stderr,
            flush=True,
        )

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _pass_on(self, number: int, _: object) -> None:
        for child in self._children:
            if child.process is not None:
                child.process.send_signal(number)

    def _end(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _forget_figures(child: Child) -> None:
    """Take what a dead process said about itself out of the shared metrics; its counts stay."""
    pid = child.process.pid if child.process is not None else 0
    for figures in Path(os.environ[METRICS]).glob(f"gauge_live*_{pid}.db"):
        figures.unlink(missing_ok=True)


def supervise() -> int:
    """Run the supervisor; return the exit status."""
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    with tempfile.TemporaryDirectory(prefix="tocsin-metrics-") as place:
        os.environ.setdefault(METRICS, place)
        return Supervisor().run()
