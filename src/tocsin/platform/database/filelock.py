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
        self._descriptor = _open(path)

    def __enter__(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._descriptor)


class InUse:
    """Says for a process's whole life that it has the database open; freed by the OS on any death.

    Any number of processes may say so; who wants the file for itself alone asks with `Alone`, and
    while one has it so, the others wait here.
    """

    def __init__(self, database: Path) -> None:
        self._descriptor = _open(_open_path(database))
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def close(self) -> None:
        os.close(self._descriptor)


class Alone:
    """Has a database file for itself; entering raises BlockingIOError while anybody has it open."""

    def __init__(self, database: Path) -> None:
        self._path = _open_path(database)
        self._descriptor = -1

    def __enter__(self) -> None:
        self._descriptor = _open(self._path)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._descriptor)
            raise

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


def lock_path(database: Path) -> Path:
    """Where the writers of a database queue."""
    return database.with_name(database.name + ".lock")


def _open_path(database: Path) -> Path:
    return database.with_name(database.name + ".open")


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
