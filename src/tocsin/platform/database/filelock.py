"""One writer at a time between processes: an OS file lock taken before BEGIN IMMEDIATE.

Waiters block in the kernel instead of polling SQLite's busy handler, which keeps an urgent
write's wait at one batch of the other process (see DECISIONS, "SQLite between processes").
"""

import fcntl
import os
from pathlib import Path


class FileLock:
    """An exclusive `flock` on a small file beside the database; freed by the OS on any death."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def __enter__(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._descriptor)
