"""The heartbeat: the worker touches a file, `/healthz` looks at its age.

A file in DATA_DIR and not a row: it must say "stale" exactly when the database does not answer.
The time in it is machine time.
"""

import time
from pathlib import Path


class Heartbeat:
    """Marks a role alive, and tells how long ago it did."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "heartbeat"

    def beat(self) -> None:
        self._path.touch()

    def age_seconds(self) -> float | None:
        """Seconds since the last beat, or None before the first."""
        try:
            return max(0.0, time.time() - self._path.stat().st_mtime)
        except (FileNotFoundError, NotADirectoryError):
            return None
