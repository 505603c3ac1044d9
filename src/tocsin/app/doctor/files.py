"""What lies on the disk and must be read or written: the database's file, the key, the folders."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tocsin.platform.database import is_sqlite, normalise, sqlite_path
from tocsin.platform.settings import Settings

from .line import Line, fail, ok, warn

_SQLITE = b"SQLite format 3\0"
_LEAST_KEY = 16
_OWNERS_ONLY = 0o077
_GIVE = "Give it to the user that runs Tocsin"


def database_file(path: Path) -> Iterator[Line]:
    """What keeps SQLite's file from being used; nothing where it is well, or can be made."""
    place = f"{path.parent} or its files to the user that runs Tocsin (chown)"
    if path.is_dir():
        yield fail("database", f"{path} is a directory", "Name a file in DATABASE_PATH.")
        return
    if not path.exists():
        if said := unwritable(path.parent):
            yield fail(
                "database",
                f"{path} cannot be made: {said}",
                f"Give {place}, or name another file in DATABASE_PATH.",
            )
        return
    for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        if file.exists() and not os.access(file, os.R_OK | os.W_OK):
            yield fail("database", f"{file} cannot be read and written", f"Give {place}.")
            return
    with path.open("rb") as opened:
        begin = opened.read(len(_SQLITE))
    if begin and begin != _SQLITE:
        yield fail(
            "database",
            f"{path} is no SQLite database",
            "Name Tocsin's own file in DATABASE_PATH; this one is left alone. If it was Tocsin's,"
            " put a snapshot in its place: `tocsin restore FILE`.",
        )


def key(settings: Settings) -> Iterator[Line]:
    """The key that seals stored secrets: there, long, and nobody else's to read."""
    if settings.SECRET_KEY is not None:
        yield _long_enough(settings.SECRET_KEY.get_secret_value())
        return
    path = settings.data_dir / "secret_key"
    if not path.exists():
        yield _missing(settings, path)
    elif not os.access(path, os.R_OK):
        yield fail("key", f"{path} cannot be read", f"{_GIVE} (chown).")
    elif not path.read_text().strip():
        yield fail(
            "key",
            f"{path} is empty",
            "Put the key back from where you keep it; without it stored secrets cannot be opened.",
        )
    elif path.stat().st_mode & _OWNERS_ONLY:
        yield warn("key", f"others may read {path}", f"chmod 600 {path}")
    else:
        yield ok("key", f"{path} is its owner's alone")


def folders(settings: Settings) -> Iterator[Line]:
    """The other places that files are written to, where they are used at all."""
    wanted: dict[str, Path] = {}
    if is_sqlite(settings.database_url):
        wanted["BACKUP_DIR"] = settings.backup_dir
    if settings.POSTMORTEMS_ENABLED:
        wanted["POSTMORTEMS_DIR"] = settings.postmortems_dir
    if settings.log_file is not None:
        wanted["LOG_FILE"] = settings.log_file.parent
    for name, folder in wanted.items():
        said = unwritable(folder)
        if name == "LOG_FILE" and settings.log_file and _is_closed(settings.log_file):
            said = f"{settings.log_file.name} is somebody else's"
        if said:
            yield fail(
                "folders",
                f"{folder} cannot be written: {said}",
                f"{_GIVE} (chown), or name another in {name}.",
            )
        else:
            yield ok("folders", f"{folder} ({name}) can be written")


def registry(settings: Settings) -> Iterator[Line]:
    """The registry file that is named exists; what is wrong in it, the start and the board say."""
    path = settings.services_file
    if path is None:
        yield ok("registry", "SERVICES_FILE is unset, so the usual places are tried")
    elif not path.is_file():
        yield fail(
            "registry",
            f"{path} does not exist, so services stay as they are",
            "Correct SERVICES_FILE, or take it away where services are kept in the console.",
        )
    elif not os.access(path, os.R_OK):
        yield fail("registry", f"{path} cannot be read", f"{_GIVE} to read (chmod or chown).")
    else:
        yield ok("registry", f"{path} can be read")


def unwritable(folder: Path) -> str | None:
    """Why no file can be made in a folder, or below where it would be made; None where one can."""
    try:
        with tempfile.TemporaryFile(dir=nearest(folder)):
            return None
    except OSError as error:
        return os.strerror(error.errno or 0)


def _is_closed(file: Path) -> bool:
    return file.exists() and not os.access(file, os.W_OK)


def nearest(folder: Path) -> Path:
    """The folder itself, or what is there of the way to it."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _long_enough(secret: str) -> Line:
    if len(secret) >= _LEAST_KEY:
        return ok("key", "SECRET_KEY is set")
    return warn(
        "key",
        f"SECRET_KEY has {len(secret)} characters, which can be guessed",
        "Set a random one (openssl rand -base64 32), then enter stored secrets again: webhook"
        " addresses, credentials of checks.",
    )


def _missing(settings: Settings, path: Path) -> Line:
    url = normalise(settings.database_url)
    if not is_sqlite(url) or not sqlite_path(url).exists():
        return ok("key", f"{path} is made by the first start")
    return warn(
        "key",
        f"{path} is missing, though there is a database",
        "Put it back from where you keep it, before the next start makes a new one; else enter"
        " stored secrets again: webhook addresses, credentials of checks.",
    )
