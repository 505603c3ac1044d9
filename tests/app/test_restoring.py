"""`tocsin backup` and `tocsin restore`, run as commands on a real database."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.support.spine import START
from tocsin.app.compose import compose
from tocsin.kernel.clock import ManualClock
from tocsin.platform.settings import load_settings


def tocsin(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in an empty environment, over DATA_DIR=folder/data."""
    return subprocess.run(
        [sys.executable, "-m", "tocsin.app.cli", *words],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "DATA_DIR": str(folder / "data"),
            "LOG_LEVEL": "ERROR",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def done(ran: subprocess.CompletedProcess[str]) -> str:
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def refused(ran: subprocess.CompletedProcess[str]) -> str:
    """The one line that a refusal is."""
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1, ran.stderr
    return ran.stderr


def add(folder: Path, name: str) -> None:
    done(tocsin(folder, "token", "create", "--name", name))


def tokens(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM api_tokens ORDER BY name")]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A database with the token `one`, its snapshot, and then the token `two`."""
    add(tmp_path, "one")
    saved = tmp_path / "saved.db"
    assert "checked" in done(tocsin(tmp_path, "backup", "--to", str(saved)))
    add(tmp_path, "two")
    return saved


def test_what_was_saved_comes_back_and_what_was_there_is_kept(tmp_path: Path, saved: Path):
    database = tmp_path / "data" / "data.db"
    assert tokens(database) == ["one", "two"]
    said = done(tocsin(tmp_path, "restore", str(saved)))
    assert tokens(database) == ["one"]
    kept = re.search(r"kept as (\S+)", said)
    assert kept is not None
    assert tokens(Path(kept[1])) == ["one", "two"]
    assert database.stat().st_mode & 0o777 == 0o600
    add(tmp_path, "three")
    assert tokens(database) == ["one", "three"]
    with closing(sqlite3.connect(database)) as connection:
        facts = "SELECT payload FROM journal WHERE kind = 'backup.restored'"
        assert [json.loads(row[0]) for row in connection.execute(facts)] == [{"replaced": True}]


def test_a_snapshot_without_a_name_is_called_after_its_moment(tmp_path: Path):
    add(tmp_path, "one")
    done(tocsin(tmp_path, "backup"))
    (made,) = (tmp_path / "data" / "backups").iterdir()
    assert re.fullmatch(r"tocsin-\d{4}-\d\d-\d\dT\d{6}Z\.db", made.name)
    assert made.stat().st_mode & 0o777 == 0o600


def test_a_lost_database_comes_back(tmp_path: Path, saved: Path):
    shutil.rmtree(tmp_path / "data")
    done(tocsin(tmp_path, "restore", str(saved)))
    assert tokens(tmp_path / "data" / "data.db") == ["one"]


def test_nothing_is_restored_under_a_running_server(tmp_path: Path, saved: Path):
    house = compose(load_settings(_env_file=None, DATA_DIR=tmp_path / "data"), ManualClock(START))
    try:
        line = refused(tocsin(tmp_path, "restore", str(saved)))
        assert "is running" in line
        done(tocsin(tmp_path, "backup"))
    finally:
        house.platform.database.close()
    assert tokens(tmp_path / "data" / "data.db") == ["one", "two"]


def test_a_snapshot_never_overwrites_a_file(tmp_path: Path, saved: Path):
    assert "exists already" in refused(tocsin(tmp_path, "backup", "--to", str(saved)))
    assert tokens(saved) == ["one"]


def test_what_is_no_sound_database_of_tocsin_changes_nothing(tmp_path: Path, saved: Path):
    letter, other, newer = (tmp_path / name for name in ("letter.db", "other.db", "newer.db"))
    letter.write_text("Dear reader")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")
    shutil.copy(saved, newer)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for file, words in (
        (letter, "no SQLite database"),
        (other, "no database of Tocsin"),
        (newer, "use a newer Tocsin"),
        (tmp_path / "missing.db", "no file"),
    ):
        assert words in refused(tocsin(tmp_path, "restore", str(file)))
    assert tokens(tmp_path / "data" / "data.db") == ["one", "two"]
    assert not list((tmp_path / "data").glob("*before-restore*"))


def test_an_older_database_is_migrated(tmp_path: Path, saved: Path):
    from alembic import command

    from tocsin.app.schema import HEAD, alembic_config

    old = tmp_path / "old.db"
    command.upgrade(alembic_config(f"sqlite:///{old}"), "0001")
    said = done(tocsin(tmp_path, "restore", str(old)))
    assert f"schema {HEAD}" in said


def test_postgresql_is_told_of_its_own_tools(tmp_path: Path, saved: Path):
    url = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    assert "pg_dump" in refused(tocsin(tmp_path, "backup", **url))
    assert "pg_dump" in refused(tocsin(tmp_path, "restore", str(saved), **url))
