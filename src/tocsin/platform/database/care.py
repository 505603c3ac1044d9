"""Care of a SQLite file on connections of its own: cut the log, take a snapshot, look for damage.

Nothing here goes through the writer, so nothing here keeps it from writing: a snapshot reads one
consistent state while others write on (WAL), and the log is cut only where that takes no waiting.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .filelock import FileLock, lock_path

_PATIENCE_MS = 250
_FIRST_BYTES = b"SQLite format 3\x00"


class DatabaseBusy(RuntimeError):
    """Somebody reads or writes just now: the log was written back, but could not be cut."""


class Damaged(RuntimeError):
    """The file is no sound SQLite database; the words say what was found."""


class Stop:
    """Ends a snapshot from another thread."""

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self._asked = False

    def ask(self) -> None:
        """Interrupt what runs, and what would still begin."""
        with self._lock:
            self._asked = True
            if self._connection is not None:
                self._connection.interrupt()

    @contextmanager
    def over(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Let this connection be interrupted."""
        with self._lock:
            if self._asked:
                raise InterruptedError("stopped")
            self._connection = connection
        try:
            yield
        finally:
            with self._lock:
                self._connection = None


def checkpoint(path: Path) -> int:
    """Write the log (WAL) back and cut it to nothing; returns the bytes it had. Raises DatabaseBusy.

    First what disturbs nobody; then, under the writers' lock so that they queue in the kernel, the
    cut, for which all readers must be at the end: for that it waits a quarter of a second at most.
    """
    before = wal_bytes(path)
    with closing(_open(path, "rw")) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        lock = FileLock(lock_path(path))
        try:
            with lock:
                connection.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
                busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            lock.close()
    if busy:
        raise DatabaseBusy("a reader still needs the log")
    return before


def snapshot(source: Path, target: Path, stop: Stop | None = None) -> int:
    """Write a compact, checked copy (`VACUUM INTO`) of 0600 to a new file; returns its bytes.

    It appears under its name only when it is whole, checked and on the disk. Raises FileExistsError,
    Damaged, sqlite3.Error or OSError, and leaves nothing behind.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists already")
    draft = target.with_name(f".{target.name}.{os.getpid()}.partial")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    stop = stop or Stop()
    try:
        with closing(_open(source, "ro")) as connection, stop.over(connection):
            connection.execute("VACUUM INTO ?", [str(draft)])
        with closing(_open(draft, "ro")) as copy, stop.over(copy):
            _require_sound(copy)
        sync(draft)
        draft.replace(target)
        sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}-journal").unlink(missing_ok=True)
    return target.stat().st_size


def check_file(path: Path) -> None:
    """Raise Damaged unless this is a SQLite database whose `quick_check` finds nothing."""
    try:
        with path.open("rb") as file:
            if file.read(len(_FIRST_BYTES)) != _FIRST_BYTES:
                raise Damaged(f"{path} is no SQLite database")
        with closing(_open(path, "ro")) as connection:
            _require_sound(connection)
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path} cannot be read: {error}") from error


def ask_file(path: Path, ask: Callable[[sqlite3.Connection], object]) -> object:
    """Ask a file that nobody has opened here, read-only."""
    with closing(_open(path, "ro")) as connection:
        return ask(connection)


def wal_bytes(path: Path) -> int:
    """How large the log beside a database is."""
    log = path.with_name(path.name + "-wal")
    return log.stat().st_size if log.exists() else 0


def sync(path: Path) -> None:
    """Wait until a file, or a directory's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )


def _require_sound(connection: sqlite3.Connection) -> None:
    found = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
    if found != ["ok"]:
        raise Damaged("; ".join(found))
