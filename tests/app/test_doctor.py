"""`tocsin doctor` names what is wrong and what to do, and says nothing where all is well."""

import asyncio
import json
import os
import shutil
import socket
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from aiohttp import web
from sqlalchemy import make_url

from tests.adapters.email.sink import mail_sink
from tests.app.doctoring import bare, one
from tests.app.test_restoring import tocsin
from tocsin.app.doctor import examine, machine
from tocsin.app.doctor.line import Level, Line, code
from tocsin.app.schema import ensure_schema
from tocsin.platform.observability import Heartbeat
from tocsin.platform.settings import Settings

__all__ = ["bare"]


async def test_before_the_first_start_nothing_fails_and_looking_changes_nothing(tmp_path: Path):
    lines = await asyncio.to_thread(examine)
    assert [line for line in lines if line.level is Level.FAIL] == []
    assert {line.check for line in lines} == {
        *("settings", "data_dir", "disk", "database", "backup", "port", "heartbeat", "ping"),
        *("address", "clock", "mail", "chat", "key", "folders", "registry", "sentry"),
    }
    assert await asyncio.to_thread(lambda: list(tmp_path.iterdir())) == []


async def test_a_wrong_setting_is_named_and_ends_the_visit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POLL_INTERVAL_SECONDS", "0")
    (line,) = await asyncio.to_thread(examine)
    assert (line.check, line.level) == ("settings", Level.FAIL)
    assert line.words.startswith("POLL_INTERVAL_SECONDS: ")


async def test_a_data_directory_that_is_a_file_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "file").write_text("not a directory")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file"))
    assert (await one("data_dir")).level is Level.FAIL


@pytest.mark.parametrize(
    ("free", "total", "level"),
    [
        (2_000_000_000, 15_000_000_000, Level.OK),
        (40_000_000, 15_000_000_000, Level.FAIL),
        (900_000_000, 2_000_000_000, Level.WARN),
        (9_000_000_000, 100_000_000_000, Level.WARN),
    ],
)
async def test_a_disk_warns_below_a_tenth_and_below_a_gigabyte(
    monkeypatch: pytest.MonkeyPatch, free: int, total: int, level: Level
):
    usage = type(shutil.disk_usage("/"))(total=total, used=total - free, free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert (await one("disk")).level is level


async def test_the_database_is_asked_for_its_version_its_damage_and_dead_work(tmp_path: Path):
    path = tmp_path / "data" / "data.db"
    ensure_schema(f"sqlite:///{path}")
    assert "reachable, schema" in (await one("database")).words
    assert (await one("damage")).level is Level.OK
    assert (await one("work")).level is Level.OK
    assert (await one("backup")).level is Level.WARN
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(
            "INSERT INTO agenda_items (tenant_id, kind, key, lane, actor, planned_at, ready_at,"
            " generation, attempts, payload, died_at)"
            " VALUES (x'00', 'test.work', 'one', 'bulk', 'system:tocsin', 0, 0, 1, 8, '{}', 1)"
        )
    work = await one("work")
    assert (work.level, work.words) == (
        Level.WARN,
        "work that failed for good: test.work (1)",
    )
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version" in (await one("database")).words


async def test_damage_fails(tmp_path: Path):
    path = tmp_path / "data" / "data.db"
    ensure_schema(f"sqlite:///{path}")
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(16_384))
    assert (await one("damage")).level is Level.FAIL


@pytest.mark.postgres
async def test_postgresql_is_asked_too_and_one_that_is_away_fails_soon(
    monkeypatch: pytest.MonkeyPatch, postgres_url: str
):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert "empty" in (await one("database")).words
    ensure_schema(postgres_url)
    assert "reachable, schema" in (await one("database")).words
    assert "pg_dump" in (await one("backup")).words
    assert (await one("db_clock")).level is Level.OK
    elsewhere = make_url(postgres_url).set(database="nowhere")
    monkeypatch.setenv("DATABASE_URL", elsewhere.render_as_string(hide_password=False))
    assert "createdb" in (await one("database")).remedy
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:hush@127.0.0.1:9/nothing")
    away = await one("database")
    assert away.level is Level.FAIL
    assert "start PostgreSQL" in away.remedy
    assert "hush" not in str(away)


async def test_an_old_snapshot_warns(tmp_path: Path):
    path = tmp_path / "data" / "data.db"
    ensure_schema(f"sqlite:///{path}")
    backups = tmp_path / "data" / "backups"
    backups.mkdir()
    made = backups / "tocsin-2026-03-03.db"
    made.write_bytes(b"")
    assert (await one("backup")).level is Level.OK
    old = datetime.now(UTC).timestamp() - 27 * 3600
    os.utime(made, (old, old))
    assert (await one("backup")).level is Level.WARN


async def test_a_port_that_somebody_else_has_fails_and_one_of_a_running_tocsin_does_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        assert (await one("port")).level is Level.FAIL
        (tmp_path / "data").mkdir()
        Heartbeat(tmp_path / "data").beat()
        assert (await one("port")).level is Level.OK
        assert (await one("heartbeat")).level is Level.OK
    old = datetime.now(UTC).timestamp() - 600
    os.utime(tmp_path / "data" / "heartbeat", (old, old))
    assert (await one("heartbeat")).level is Level.WARN


async def served(monkeypatch: pytest.MonkeyPatch, status: int, **headers: str) -> web.AppRunner:
    """Something at PUBLIC_URL that answers so."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text="stale: last heartbeat never", headers=headers)

    app = web.Application()
    for path in ("/", "/healthz"):
        app.router.add_get(path, answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    monkeypatch.setenv("PUBLIC_URL", f"http://127.0.0.1:{runner.addresses[0][1]}")
    return runner


@pytest.mark.parametrize(("ahead", "level"), [(0, Level.OK), (60, Level.WARN), (-60, Level.WARN)])
async def test_a_clock_that_differs_from_that_of_the_address_warns(
    monkeypatch: pytest.MonkeyPatch, ahead: int, level: Level
):
    theirs = datetime.now(UTC) + timedelta(seconds=ahead)
    runner = await served(monkeypatch, 200, Date=format_datetime(theirs, usegmt=True))
    try:
        assert (await one("clock")).level is level
        assert (await one("address")).level is Level.OK
    finally:
        await runner.cleanup()


async def test_a_stale_server_and_one_that_is_away_warn(monkeypatch: pytest.MonkeyPatch):
    assert (await one("address")).level is Level.WARN
    assert "not compared" in (await one("clock")).words
    assert "PUBLIC_URL" in (await one("address")).remedy
    runner = await served(monkeypatch, 503)
    try:
        line = await one("address")
        assert line.level is Level.WARN
        assert "503 stale" in line.words
    finally:
        await runner.cleanup()


async def test_the_mail_server_is_logged_in_to_and_gets_no_letter(monkeypatch: pytest.MonkeyPatch):
    async with mail_sink(password="right") as sink:
        monkeypatch.setenv("SMTP_URL", f"smtp://me:right@127.0.0.1:{sink.port}?starttls=never")
        assert (await one("mail")).level is Level.OK
        monkeypatch.setenv("SMTP_URL", f"smtp://me:wrong@127.0.0.1:{sink.port}?starttls=never")
        line = await one("mail")
        assert line.level is Level.FAIL
        assert "wrong" not in line.words
        assert "password" in line.remedy
        assert sink.letters == []
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:9")
    line = await one("mail")
    assert line.level is Level.FAIL
    assert "Nothing answers there" in line.remedy


async def test_a_chat_whose_host_has_no_address_fails(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SLACK_WEBHOOK_URL", "https://127.0.0.1/services/secret")
    assert (await one("chat")).level is Level.OK
    monkeypatch.setenv("SLACK_WEBHOOK_URL", "https://chat.invalid/services/secret")
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    monkeypatch.setattr(socket, "getaddrinfo", Mock(side_effect=unknown))
    line = await one("chat")
    assert line.level is Level.FAIL
    assert "secret" not in str(line)


async def test_clocks_outside_are_asked_too_for_on_one_machine_the_address_has_our_own(
    monkeypatch: pytest.MonkeyPatch,
):
    theirs = datetime.now(UTC) + timedelta(minutes=10)
    runner = await served(monkeypatch, 200, Date=format_datetime(theirs, usegmt=True))
    try:
        outside = os.environ["PUBLIC_URL"]
        monkeypatch.setenv("PUBLIC_URL", "http://127.0.0.1:9")
        monkeypatch.setenv("HEALTHCHECK_PING_URL", f"{outside}/ping/secret")
        line = await one("clock")
        assert line.level is Level.WARN
        assert "differ by" in line.words
        assert "NTP" in line.remedy
        assert "secret" not in str(line)
    finally:
        await runner.cleanup()


async def test_a_switch_without_its_secret_says_both_ways_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SLACK_ACK_ENABLED", "true")
    (line,) = await asyncio.to_thread(examine)
    assert line.level is Level.FAIL
    assert line.remedy == "Set SLACK_SIGNING_SECRET, or take SLACK_ACK_ENABLED away."


async def test_a_reporter_that_is_missing_is_said_before_the_start_refuses(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("SENTRY_DSN", "https://key@sentry.example/1")
    assert (await one("sentry")).level is Level.OK
    monkeypatch.setattr(machine, "find_spec", lambda _: None)
    line = await one("sentry")
    assert (line.level, "pip install" in line.remedy) == (Level.FAIL, True)


async def test_every_finding_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "data").mkdir()
    beat = tmp_path / "data" / "heartbeat"
    beat.touch()
    os.utime(beat, (1, 1))
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@127.0.0.1:9/nothing")
    lines = await asyncio.to_thread(examine)
    found = {line.check: line for line in lines if line.level is not Level.OK}
    assert {"heartbeat", "mail", "database", "address"} <= set(found)
    assert [line.check for line in found.values() if not line.remedy.endswith(".")] == []


def pinging(monkeypatch: pytest.MonkeyPatch, *refused: socket.SocketKind) -> Line:
    """What the doctor says where the system refuses these kinds of socket."""

    def opened(_: int, kind: socket.SocketKind, __: int) -> Mock:
        if kind in refused:
            raise PermissionError(13, "Permission denied")
        return Mock()

    with monkeypatch.context() as patched:
        patched.setattr(socket, "socket", opened)
        (line,) = list(machine.ping(Settings(_env_file=None)))
    return line


async def test_ping_that_is_not_allowed_says_how_to_allow_it(monkeypatch: pytest.MonkeyPatch):
    line = pinging(monkeypatch, socket.SOCK_DGRAM, socket.SOCK_RAW)
    assert line.level is Level.WARN
    assert "ping_group_range" in line.remedy


@pytest.mark.parametrize("refused", [(), (socket.SOCK_DGRAM,)])
async def test_who_may_ping_either_way_may_ping(
    monkeypatch: pytest.MonkeyPatch, refused: tuple[socket.SocketKind, ...]
):
    assert pinging(monkeypatch, *refused).level is Level.OK


def test_the_exit_code_is_that_of_the_worst_line():
    lines = [Line("a", level, "") for level in (Level.OK, Level.WARN, Level.FAIL)]
    assert [code(lines[:count]) for count in (1, 2, 3)] == [0, 1, 2]


def test_programs_read_it_as_json(tmp_path: Path):
    ran = tocsin(tmp_path, "doctor", "--json", PORT="0", PUBLIC_URL="http://127.0.0.1:9")
    assert ran.returncode == 1, ran.stderr
    lines = json.loads(ran.stdout)
    assert {"check", "level", "words", "remedy"} == set(lines[0])
    assert {line["level"] for line in lines} <= {"ok", "warn"}
    assert tocsin(tmp_path, "doctor", PORT="loud").returncode == 2
