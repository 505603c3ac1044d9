"""`tocsin backup` and `tocsin restore`: a copy of the whole database, and the way back to one."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tocsin.app import backups
from tocsin.app.admin import opened
from tocsin.app.schema import UnknownSchema, ensure_schema, known_versions
from tocsin.kernel.errors import Conflict
from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.database import (
    Alone,
    Damaged,
    Tx,
    check_file,
    is_sqlite,
    snapshot,
    sqlite_path,
    sync,
)
from tocsin.platform.settings import Settings, load_settings

RESTORED = "backup.restored"
_BESIDE = ("-wal", "-shm")


def back_up(to: Path | None) -> str:
    """Write a checked snapshot now, beside a running server or without one; returns words."""
    settings = load_settings()
    source = _require_sqlite(settings)
    if not source.is_file():
        raise Conflict(f"There is no database at {source} yet.")
    now = datetime.now(UTC)
    target = to or backups.make_folder(settings.backup_dir) / backups.moment_name(now)
    try:
        size = snapshot(source, target.absolute())
    except FileExistsError:
        raise Conflict(f"{target} exists already; name another file.") from None
    except (OSError, sqlite3.Error, Damaged) as error:
        raise Conflict(f"No snapshot was written: {error}") from error
    return f"{target}   {size:,} bytes, checked"


def restore(file: Path) -> str:
    """Put a snapshot in the place of the database, keep what was there, migrate; returns words.

    Refused (Conflict) while a process has the database open, and for a file that is damaged, is no
    Tocsin database or was written by a newer version.
    """
    settings = load_settings()
    target = _require_sqlite(settings)
    if not file.is_file():
        raise Conflict(f"There is no file {file}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    try:
        with Alone(target):
            draft = _checked_copy(file, target)
            aside = _set_aside(target, now)
            draft.replace(target)
            sync(target.parent)
            version = ensure_schema(settings.database_url)
    except BlockingIOError:
        raise Conflict(
            f"Tocsin is running on {target}. Stop it first, then restore, then start it."
        ) from None
    _note(aside)
    kept = f"\nWhat was there is kept as {aside}" if aside else ""
    return f"{target} is {file} again, at schema {version}.{kept}"


def _checked_copy(file: Path, target: Path) -> Path:
    """A compact copy of 0600 beside the database; what waits in a log beside the file comes along."""
    draft = target.with_name(f".{target.name}.restoring")
    draft.unlink(missing_ok=True)
    try:
        check_file(file)
        version = _version(file)
        if version not in known_versions():
            raise UnknownSchema(
                f"{file} is at {version}, which this version does not know; use a newer Tocsin"
            )
        snapshot(file, draft)
    except (Damaged, UnknownSchema, OSError, sqlite3.Error) as error:
        draft.unlink(missing_ok=True)
        raise Conflict(f"Nothing was changed: {error}") from error
    return draft


def _version(file: Path) -> str:
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if not {"alembic_version", "tenants", "journal"} <= tables:
            raise Damaged(f"{file} is no database of Tocsin")
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Rename the database with its log, which belong together; nothing of it is changed."""
    if not target.exists():
        for suffix in _BESIDE:
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        return None
    aside = target.with_name(f"{target.name}.before-restore-{now:%Y-%m-%dT%H%M%SZ}")
    for suffix in ("", *_BESIDE):
        part = target.with_name(target.name + suffix)
        if part.exists():
            shutil.move(part, aside.with_name(aside.name + suffix))
    return aside


def _note(aside: Path | None) -> None:
    """Tell the journal, so that nobody wonders where the hours in between went."""

    def verb(tx: Tx) -> None:
        tx.record(Fact(RESTORED, subject_of("backup", "restore"), {"replaced": aside is not None}))

    with opened() as (house, context):
        house.platform.database.write_now(context, verb)


def _require_sqlite(settings: Settings) -> Path:
    if not is_sqlite(settings.database_url):
        raise Conflict(backups.USE_PG_DUMP)
    return sqlite_path(settings.database_url)
