"""The daily snapshots: their names, how many are kept, and which is the newest."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tocsin.platform.database import Stop, is_sqlite, snapshot, sqlite_path
from tocsin.platform.settings import Settings

USE_PG_DUMP = (
    "Tocsin takes snapshots of SQLite only. Back PostgreSQL up with `pg_dump --format=custom`,"
    " or with what your server's keeper uses."
)
_DAILY = re.compile(r"tocsin-\d{4}-\d{2}-\d{2}\.db")
_OURS = re.compile(r"tocsin-[0-9TZ-]+\.db")
_LEFT_OVER = re.compile(r"\.tocsin-[0-9TZ-]+\.db\.\d+\.partial(-journal)?")


def daily_name(now: datetime) -> str:
    """The name of a day's snapshot."""
    return f"tocsin-{now:%Y-%m-%d}.db"


def moment_name(now: datetime) -> str:
    """The name of a snapshot that somebody asks for; it is never rotated away."""
    return f"tocsin-{now:%Y-%m-%dT%H%M%SZ}.db"


def next_time(now: datetime, hour: int) -> datetime:
    """The next instant after `now` at which the UTC clock strikes this hour."""
    today = now.astimezone(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def take_daily(settings: Settings, now: datetime, stop: Stop) -> int:
    """Write the day's snapshot and rotate; returns its bytes, 0 where the day has one already."""
    folder = make_folder(settings.backup_dir)
    for left in folder.iterdir():
        if _LEFT_OVER.fullmatch(left.name) and not _is_young(left):
            left.unlink(missing_ok=True)
    target = folder / daily_name(now)
    size = 0
    if not target.exists():
        size = snapshot(sqlite_path(settings.database_url), target, stop)
    rotate(folder, settings.BACKUP_RETENTION_DAYS)
    return size


def rotate(folder: Path, keep: int) -> list[Path]:
    """Delete all daily snapshots but the newest `keep`; returns what went."""
    daily = sorted(each for each in folder.iterdir() if _DAILY.fullmatch(each.name))
    gone = daily[:-keep]
    for each in gone:
        each.unlink(missing_ok=True)
    return gone


def newest(folder: Path) -> Path | None:
    """The snapshot that was written last, None where there is none."""
    return max(_snapshots(folder), key=lambda each: each.stat().st_mtime, default=None)


def newest_at(settings: Settings) -> float | None:
    """When the newest snapshot was written (seconds since 1970), None where there is none."""
    if not is_sqlite(settings.database_url):
        return None
    found = newest(settings.backup_dir)
    return found.stat().st_mtime if found else None


def make_folder(folder: Path) -> Path:
    """The directory for snapshots, made for us alone where it is missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _snapshots(folder: Path) -> Sequence[Path]:
    if not folder.is_dir():
        return ()
    return [each for each in folder.iterdir() if _OURS.fullmatch(each.name)]


def _is_young(path: Path) -> bool:
    """Whether somebody may still write it: a snapshot takes no day."""
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return datetime.now(UTC) - written < timedelta(days=1)
