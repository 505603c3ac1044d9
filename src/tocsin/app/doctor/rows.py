"""What the database says: reachable, of this version, sound, its log short, its snapshots young."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from tocsin.app import backups
from tocsin.app.schema import HEAD, known_versions, version_of
from tocsin.platform.database import (
    Damaged,
    check_file,
    is_sqlite,
    normalise,
    once_engine,
    sqlite_path,
    wal_bytes,
)
from tocsin.platform.settings import Settings

from . import files
from .line import MOST_SKEW, Line, fail, ok, warn

_MB = 1_000_000
_LONG_LOG = 256 * _MB
_OLD_SNAPSHOT = 26 * 3600
_CONNECT_SECONDS = 5


def database(settings: Settings) -> Iterator[Line]:
    """Reachable, and of a version that this Tocsin knows; then, whether work in it is dead."""
    url = normalise(settings.database_url)
    if is_sqlite(url):
        path = sqlite_path(url)
        if faults := list(files.database_file(path)):
            yield from faults
            return
        if not path.exists():
            yield ok("database", f"{path} is made by the first start")
            return
        yield from _sound(path)
    try:
        yield from _asked(once_engine(url, connect_seconds=_CONNECT_SECONDS))
    except SQLAlchemyError as error:
        yield fail(
            "database",
            f"cannot be reached: {_first_line(error)}",
            _remedy(_first_line(error)),
        )


def snapshots(settings: Settings) -> Iterator[Line]:
    """The age of the newest snapshot."""
    if not is_sqlite(settings.database_url):
        yield ok("backup", backups.USE_PG_DUMP)
        return
    if not sqlite_path(settings.database_url).exists():
        yield ok("backup", "there is nothing to back up yet")
        return
    at = backups.newest_at(settings)
    if at is None:
        yield warn(
            "backup",
            f"no snapshot in {settings.backup_dir} yet",
            "The worker writes one each day at BACKUP_TIME_HOUR (UTC); `tocsin backup` does it now.",
        )
        return
    age = time.time() - at
    words = f"the newest is {age / 3600:.1f} h old, in {settings.backup_dir}"
    if age > _OLD_SNAPSHOT:
        yield warn(
            "backup",
            words,
            "Look for `backup.failed` in the log; `tocsin backup` shows what is wrong.",
        )
    else:
        yield ok("backup", words)


def _sound(path: Path) -> Iterator[Line]:
    try:
        check_file(path)
    except (Damaged, OSError) as error:
        yield fail(
            "damage",
            f"quick_check found: {error}",
            "Stop Tocsin and restore a snapshot: `tocsin restore FILE`.",
        )
    else:
        yield ok("damage", "quick_check found none")
    log = wal_bytes(path)
    if log > _LONG_LOG:
        yield warn(
            "log",
            f"the log beside the database has {log / _MB:.0f} MB",
            "Something reads without end, or the checkpoint fails: look for `checkpoint.busy`.",
        )
    else:
        yield ok("log", f"{log / _MB:.1f} MB wait in the log beside the database")


def _asked(engine: Engine) -> Iterator[Line]:
    found = version_of(engine)
    if found == HEAD:
        yield ok("database", f"reachable, schema {found}")
    elif found is None:
        yield ok("database", "reachable and empty; the first start makes the schema")
        return
    elif found in known_versions():
        yield ok("database", f"reachable, schema {found}; the next start brings it to {HEAD}")
    else:
        yield fail(
            "database",
            f"schema {found} was written by a newer version",
            "Run that version, or restore a snapshot from before.",
        )
        return
    with engine.connect() as connection:
        if not is_sqlite(str(engine.url)):
            yield _clock(connection)
        dead = text("SELECT kind, COUNT(*) FROM agenda_items WHERE died_at IS NOT NULL GROUP BY 1")
        rows = [(row[0], int(row[1])) for row in connection.execute(dead)]
    if not rows:
        yield ok("work", "no work failed for good")
        return
    named = ", ".join(f"{kind} ({count})" for kind, count in sorted(rows))
    yield warn("work", f"work that failed for good: {named}", "`tocsin audit` prints each error.")


def _clock(connection: Connection) -> Line:
    """How far the server's clock is from ours: leases of work are counted by the server's."""
    theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    skew = abs((datetime.now(UTC) - theirs).total_seconds())
    if skew > MOST_SKEW:
        return warn(
            "db_clock",
            f"this clock and the database server's differ by {skew:.0f} s",
            "Keep both in step with NTP (timedatectl set-ntp true).",
        )
    return ok("db_clock", "in step with the database server's")


def _remedy(said: str) -> str:
    """What to do about what the driver said, by the words that PostgreSQL and the system use."""
    found = (remedy for words, remedy in _REMEDIES if any(word in said for word in words))
    return next(found, "Check DATABASE_URL, and that the server runs and lets this user in.")


_REMEDIES = (
    (
        ("resolve host", "translate host name"),
        "Its host has no address: check DATABASE_URL and this machine's DNS.",
    ),
    (
        ("refused", "No such file"),
        "Nothing listens there: start PostgreSQL, or correct host and port in DATABASE_URL.",
    ),
    (
        ("timeout", "timed out", "unreachable"),
        "No way there: correct host and port in DATABASE_URL, or let the firewall pass them.",
    ),
    (
        ("authentication failed", "no password supplied", "pg_hba.conf", "role"),
        "It does not let this user in: correct user and password in DATABASE_URL, or pg_hba.conf.",
    ),
    (
        ("database",),
        "Make the database (createdb), or correct its name, the last part of DATABASE_URL.",
    ),
)


def _first_line(error: SQLAlchemyError) -> str:
    """What the driver said; addresses in it hold no password."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0] if said else type(error).__name__
