"""A database that cannot be opened refuses what is asked of it, and is asked again next time."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import OperationalError

import tocsin.registry.identity.tables  # noqa: F401 - the tenants everything refers to
from tests.support.schema import create_schema
from tests.support.spine import START
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.assembly import assemble
from tocsin.platform.database import Context, Tx

SOMEBODY = Context(UUID(int=1), SYSTEM)


def answer(_: Tx) -> int:
    return 42


async def test_a_file_that_cannot_be_opened_fails_the_unit_and_not_the_writer(tmp_path: Path):
    in_the_way = tmp_path / "tocsin.db"
    in_the_way.mkdir()
    database = assemble(f"sqlite:///{in_the_way}", ManualClock(START), ()).database
    try:
        with pytest.raises(OperationalError):
            await database.write(SOMEBODY, answer)
        in_the_way.rmdir()
        assert await database.write(SOMEBODY, answer) == 42
    finally:
        database.close()


async def test_the_writer_lets_the_schema_be_made_before_it_opens_the_file(tmp_path: Path):
    for number in range(10):
        url = f"sqlite:///{tmp_path / str(number)}.db"
        database = assemble(url, ManualClock(START), ()).database
        try:
            create_schema(url)
            assert await database.write(SOMEBODY, answer) == 42
        finally:
            database.close()
