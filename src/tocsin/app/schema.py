"""The schema's version: read without alembic, brought up to date under a lock."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from tocsin.platform.database import FileLock, is_sqlite, normalise, once_engine, sqlite_path
from tocsin.platform.settings import BadSetting

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0002"
_ADVISORY_LOCK = 0x70C51
MIGRATIONS = Path(__file__).parent / "migrations"


class UnknownSchema(RuntimeError):
    """The database was written by a newer version of Tocsin."""


def ensure_schema(url: str) -> str:
    """Migrate where needed and return the version; safe when several processes start at once.

    Raises BadSetting where SQLite's file cannot be one, and UnknownSchema.
    """
    url = normalise(url)
    if is_sqlite(url):
        path = sqlite_path(url)
        _require_file(path)
        engine = once_engine(url)
        if _version_in_file(engine, path) == HEAD:
            return HEAD
        lock = FileLock(path.with_name(path.name + ".migrate"))
        with lock:
            return _migrate(engine, url)
    engine = once_engine(url)
    if version_of(engine) == HEAD:
        return HEAD
    with engine.connect() as holder:
        holder.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
        return _migrate(engine, url)


def _require_file(path: Path) -> None:
    """Say in one line that the place cannot be written, before SQLite says less."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
    except OSError as error:
        raise BadSetting(f"DATABASE_PATH: cannot write {path} ({error.strerror})") from None


def _version_in_file(engine: Engine, path: Path) -> str | None:
    try:
        return version_of(engine)
    except DatabaseError as error:
        if getattr(error.orig, "sqlite_errorname", None) != "SQLITE_NOTADB":
            raise
        raise BadSetting(f"DATABASE_PATH: {path} is no SQLite database") from None


def version_of(engine: Engine) -> str | None:
    """The version a database is at, None where it has no schema; read without alembic."""
    with engine.connect() as connection:
        return _version_on(connection)


def _version_on(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return version


def _migrate(engine: Engine, url: str) -> str:
    found = version_of(engine)
    if found == HEAD:
        return HEAD
    if found is not None and found not in known_versions():
        raise UnknownSchema(
            f"the database is at {found}, which this version does not know; use a newer Tocsin"
        )
    from alembic import command

    command.upgrade(alembic_config(url), "head")
    return HEAD


def known_versions() -> set[str]:
    """Every version that this Tocsin can read or migrate from."""
    return {path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("*.py")}


def alembic_config(url: str) -> "Config":
    """Alembic's configuration without an ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config
