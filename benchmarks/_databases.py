"""Which database a script measures: SQLite, or with `--postgres` the packaged PostgreSQL server."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.postgres import PostgresServer, named_server, packaged_server

FLAG = "--postgres"


@contextmanager
def chosen_database() -> Iterator[str | None]:
    """The address of an empty PostgreSQL database, or None for the product's own SQLite file.

    TEST_DATABASE_URL names a server whose durability settings are its own; the packaged one does
    not wait for the disk.
    """
    if FLAG not in sys.argv:
        yield None
        return
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        with _database_on(named_server(named)) as url:
            yield url
        return
    print("  on the packaged PostgreSQL, which does not wait for the disk")
    with packaged_server(f"benchmark-{os.getpid()}") as server, _database_on(server) as url:
        yield url


@contextmanager
def _database_on(server: PostgresServer) -> Iterator[str]:
    url = server.create_database()
    try:
        yield url
    finally:
        server.drop_database(url)
