"""What cannot be is said in one line that names the variable, before anything else is tried."""

import socket
from pathlib import Path

import pytest

from tocsin.app.schema import ensure_schema
from tocsin.app.secret_key import secret_key
from tocsin.app.web import bind
from tocsin.platform.settings import BadSetting, Settings


def test_a_database_path_that_is_a_directory_is_named(tmp_path: Path):
    with pytest.raises(BadSetting, match=r"^DATABASE_PATH: cannot write .* \(Is a directory\)$"):
        ensure_schema(f"sqlite:///{tmp_path}")


def test_a_database_path_below_a_file_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(BadSetting, match=r"^DATABASE_PATH: cannot write "):
        ensure_schema(f"sqlite:///{tmp_path}/file/data.db")


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(BadSetting, match=r"^DATABASE_PATH: .* is no SQLite database$"):
        ensure_schema(f"sqlite:///{letter}")
    assert letter.read_text() == "Dear Sir or Madam, " * 100


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.7"])
def test_a_host_that_is_not_of_this_machine_is_named(host: str):
    with pytest.raises(BadSetting, match=r"^HOST: cannot listen on "):
        bind(Settings(HOST=host, PORT=0))


def test_a_port_that_is_taken_is_named():
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        pytest.raises(BadSetting, match=r"^PORT: cannot listen on 127.0.0.1:"),
    ):
        bind(Settings(HOST="127.0.0.1", PORT=other.getsockname()[1]))


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(BadSetting, match=r"^DATA_DIR: cannot keep .* \(Not a directory\)$"):
        secret_key(Settings(DATA_DIR=tmp_path / "file" / "data"))


def test_a_key_file_without_a_key_seals_nothing(tmp_path: Path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(BadSetting, match=r"^SECRET_KEY: .* is empty"):
        secret_key(Settings(DATA_DIR=tmp_path))
