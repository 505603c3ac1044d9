"""Care of a SQLite file: the log is cut, snapshots are whole, private and disturb nobody."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tocsin.platform.database import (
    Alone,
    Damaged,
    DatabaseBusy,
    Stop,
    check_file,
    checkpoint,
    snapshot,
    wal_bytes,
)
from tocsin.platform.database.filelock import InUse


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data.db"


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that stays open, so that the log stays, too."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE notes (words TEXT)")
        connection.executemany("INSERT INTO notes VALUES (?)", [("a" * 1000,)] * 500)
        yield connection


def notes(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM notes").fetchone()[0])


def test_a_checkpoint_cuts_the_log_to_nothing(path: Path, writer: sqlite3.Connection):
    assert wal_bytes(path) > 100_000
    assert checkpoint(path) > 100_000
    assert wal_bytes(path) == 0
    writer.execute("INSERT INTO notes VALUES ('after')")
    assert notes(path) == 501


def test_a_checkpoint_gives_way_to_a_reader(path: Path, writer: sqlite3.Connection):
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM notes").fetchone()
        writer.execute("INSERT INTO notes VALUES ('later')")
        with pytest.raises(DatabaseBusy):
            checkpoint(path)
        writer.execute("INSERT INTO notes VALUES ('and on')")
    assert checkpoint(path) > 0


def test_a_snapshot_is_whole_private_and_named_only_when_it_is_done(
    path: Path, writer: sqlite3.Connection, tmp_path: Path
):
    target = tmp_path / "copy.db"
    assert snapshot(path, target) == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert notes(target) == 500
    check_file(target)
    assert not [each for each in tmp_path.iterdir() if "partial" in each.name]


def test_writers_go_on_while_a_snapshot_is_taken(
    path: Path, writer: sqlite3.Connection, tmp_path: Path
):
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO notes VALUES ('not committed yet')")
    snapshot(path, tmp_path / "copy.db")
    writer.execute("COMMIT")
    assert (notes(tmp_path / "copy.db"), notes(path)) == (500, 501)


def test_a_snapshot_of_a_closed_database_works_too(path: Path, tmp_path: Path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE notes (words TEXT)")
    snapshot(path, tmp_path / "copy.db")
    assert notes(tmp_path / "copy.db") == 0


def test_a_snapshot_overwrites_nothing(path: Path, writer: sqlite3.Connection, tmp_path: Path):
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(FileExistsError):
        snapshot(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_snapshot_that_is_stopped_leaves_nothing_behind(
    path: Path, writer: sqlite3.Connection, tmp_path: Path
):
    writer.executemany("INSERT INTO notes VALUES (?)", [("b" * 4000,)] * 20_000)
    stop, ended = Stop(), []

    def take() -> None:
        try:
            snapshot(path, tmp_path / "copy.db", stop)
        except (sqlite3.OperationalError, InterruptedError) as error:
            ended.append(error)

    taking = threading.Thread(target=take)
    taking.start()
    while taking.is_alive():
        stop.ask()
        taking.join(0.01)
    assert len(ended) == 1
    assert sorted(each.name for each in tmp_path.iterdir() if "copy" in each.name) == []


def test_damage_is_found(path: Path, writer: sqlite3.Connection, tmp_path: Path):
    target = tmp_path / "copy.db"
    snapshot(path, target)
    size = target.stat().st_size
    with target.open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(20_000))
    with pytest.raises(Damaged):
        check_file(target)
    (tmp_path / "letter.txt").write_text("Dear reader")
    with pytest.raises(Damaged, match="no SQLite database"):
        check_file(tmp_path / "letter.txt")


def test_a_file_is_ones_own_only_while_nobody_has_it_open(path: Path):
    first, second = InUse(path), InUse(path)
    first.close()
    with pytest.raises(BlockingIOError), Alone(path):
        pass
    second.close()
    with Alone(path):
        pass
