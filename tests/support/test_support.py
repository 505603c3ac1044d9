"""The ground the other tests stand on holds."""

import asyncio
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import sync_playwright
from sqlalchemy import create_engine, func, insert, select

from tests.support.network import OutsideWorldError
from tests.support.postgres import PLACE, PostgresServer, packaged_server
from tests.support.schema import create_schema
from tocsin.registry.identity.tables import tenants


@pytest.mark.parametrize("turn", ["first", "next"])
def test_every_test_has_a_database_without_rows(database_url: str, turn: str):
    create_schema(database_url)
    engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        assert connection.execute(select(func.count()).select_from(tenants)).scalar_one() == 0
        now = datetime.now(UTC)
        connection.execute(insert(tenants).values(id=uuid4(), slug=turn, name=turn, created_at=now))
    engine.dispose()


@pytest.mark.postgres
def test_postgres_speaks_unicode(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT '鐘' || 'ß'").fetchone() == ("鐘ß",)


@pytest.mark.postgres
def test_a_database_is_dropped_while_somebody_is_connected(postgres_server: PostgresServer):
    url = postgres_server.create_database()
    with psycopg.connect(url) as forgotten:
        postgres_server.drop_database(url)
        with pytest.raises(psycopg.OperationalError):
            forgotten.execute("SELECT 1")


@pytest.mark.postgres
def test_a_server_that_died_without_a_word_is_cleared_away(postgres_server: PostgresServer):
    dead = PLACE / uuid4().hex[:8]
    (dead / "data").mkdir(parents=True)
    (dead / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{dead / 'data'}\n")
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(dead / ".s.PGSQL.5432"))

    with packaged_server(uuid4().hex[:8]):
        assert not dead.exists()


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "10.0.0.1", "2001:db8::1"])
def test_tests_do_not_leave_this_machine(host):
    with pytest.raises(OutsideWorldError):
        socket.create_connection((host, 80), timeout=0.1)


def test_tests_reach_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=1).close()


async def test_coroutines_stay_on_this_machine_too():
    with pytest.raises(OutsideWorldError):
        await asyncio.open_connection("192.0.2.1", 80)


@pytest.mark.browser
def test_the_browser_found_is_one_that_starts(chromium_path: Path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path)
        page = browser.new_page()
        page.set_content("<h1>Tocsin</h1>")
        assert page.inner_text("h1") == "Tocsin"
        browser.close()
