"""Fixtures every test may use; what they stand on lives in tests/support."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.checkout import place
from tests.support.chromium import find_chromium
from tests.support.network import stay_on_this_machine
from tests.support.postgres import PostgresServer, named_server, packaged_server
from tests.support.recordings import recordings
from tests.support.schema import lent_database, new_database

stay_on_this_machine()

# A busy machine is no counterexample.
settings.register_profile("tocsin", deadline=None, print_blob=True)
settings.load_profile("tocsin")


BEGIN_WITH_NOTHING = (
    *("tests/app/", "tests/crash/", "tests/house/", "tests/journeys/"),
    *("tests/platform/database/", "tests/platform/live/", "tests/platform/test_metrics.py"),
)
"""Tests that migrate, or that have tables of their own."""


@pytest.fixture(scope="session")
def postgres_server(testrun_uid: str) -> Iterator[PostgresServer]:
    """The one PostgreSQL of this test run: TEST_DATABASE_URL's, or the packaged one."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named_server(named)
        return
    with packaged_server(testrun_uid[:8]) as server:
        yield server


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, postgres_server: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database of this test's own, without rows; `create_schema` gives it tables."""
    lends = new_database if place(request.path).startswith(BEGIN_WITH_NOTHING) else lent_database
    with lends(postgres_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'tocsin.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database without rows, once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser that Playwright drives through `executable_path`."""
    found = find_chromium()
    if found is None:
        pytest.skip(
            "no Chromium: name one in CHROMIUM_PATH, or let `make test` fetch the packaged one"
        )
    return found


@pytest.fixture(scope="session")
def vendor_feeds() -> Path:
    """The folder of recorded vendor payloads."""
    folder = recordings()
    if folder is None:
        pytest.skip("no recordings: TOCSIN_VENDOR_FEEDS names no folder")
    return folder


@pytest.fixture(scope="session")
def crash_kills() -> int:
    """How often a crash test kills, per database: five times, or as `make soak` says."""
    return int(os.environ.get("TOCSIN_CRASH_KILLS", "5"))
