"""`tocsin doctor` looks at what lies on the disk: the database's file, the key, the folders."""

import os
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.app.doctoring import bare, looked, one
from tocsin.app.doctor.line import Level
from tocsin.app.schema import ensure_schema

__all__ = ["bare"]


@pytest.mark.parametrize("place", ["folder", "letter.txt", "nobody/makes/this.db"])
async def test_a_database_that_cannot_be_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
):
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, " * 100)
    (tmp_path / "nobody").write_text("")
    monkeypatch.setenv("DATABASE_PATH", str(tmp_path / place))
    assert await looked("damage") == []
    line = await one("database")
    assert line.level is Level.FAIL
    assert "DATABASE_PATH" in line.remedy


async def test_a_database_that_may_not_be_written_fails_though_it_can_be_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    path = tmp_path / "data" / "data.db"
    ensure_schema(f"sqlite:///{path}")
    closed(monkeypatch, path)
    line = await one("database")
    assert (line.level, line.words) == (Level.FAIL, f"{path} cannot be read and written")
    assert "chown" in line.remedy


async def test_what_may_not_even_be_looked_at_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    refused = PermissionError(13, "Permission denied", str(tmp_path / "data"))
    monkeypatch.setattr(shutil, "disk_usage", Mock(side_effect=refused))
    line = await one("disk")
    assert line.level is Level.FAIL
    assert line.words == f"cannot be looked at: {tmp_path / 'data'}: Permission denied"
    assert "chown" in line.remedy


async def test_the_key_is_there_long_and_its_owners_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    assert "first start" in (await one("key")).words
    ensure_schema(f"sqlite:///{tmp_path / 'data' / 'data.db'}")
    missing = await one("key")
    assert (missing.level, "Put it back" in missing.remedy) == (Level.WARN, True)
    key = tmp_path / "data" / "secret_key"
    key.touch(mode=0o600)
    assert (await one("key")).level is Level.FAIL
    key.write_text("k" * 40)
    assert (await one("key")).level is Level.OK
    key.chmod(0o644)
    assert (await one("key")).remedy == f"chmod 600 {key}"
    closed(monkeypatch, key)
    assert (await one("key")).level is Level.FAIL
    monkeypatch.setenv("SECRET_KEY", "short")
    weak = await one("key")
    assert weak.level is Level.WARN
    assert "short" not in str(weak)


async def test_folders_that_are_written_to_are_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "file").write_text("")
    for name in ("BACKUP_DIR", "POSTMORTEMS_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "file" / "below"))
    monkeypatch.setenv("LOG_FILE", str(tmp_path / "tocsin.log"))
    monkeypatch.setenv("POSTMORTEMS_ENABLED", "true")
    lines = await looked("folders")
    assert [line.level for line in lines] == [Level.FAIL, Level.FAIL, Level.OK]
    assert ["BACKUP_DIR" in lines[0].remedy, "POSTMORTEMS_DIR" in lines[1].remedy] == [True, True]
    (tmp_path / "tocsin.log").write_text("")
    closed(monkeypatch, tmp_path / "tocsin.log")
    assert (await looked("folders"))[2].level is Level.FAIL


async def test_a_registry_file_that_is_named_has_to_be_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("SERVICES_FILE", str(tmp_path / "services.yaml"))
    line = await one("registry")
    assert (line.level, "SERVICES_FILE" in line.remedy) == (Level.FAIL, True)
    (tmp_path / "services.yaml").write_text("services: []")
    assert (await one("registry")).level is Level.OK


def closed(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """As if the file belonged to somebody else: a test's user may be root, who may do anything."""
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != file and real(path, mode))
