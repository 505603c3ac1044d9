"""Every table has an entry in docs/data.md, and the migrated schema is the one the rooms declare."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from scripts.house_documents import composed, data_document, table_entries
from tests.support.checkout import ROOT
from tocsin.app.schema import HEAD, alembic_config, ensure_schema
from tocsin.app.tables import metadata
from tocsin.platform.database import TENANT, normalise, once_engine
from tocsin.platform.settings import Settings

STALE = "docs/data.md is stale: run `python -m scripts.generate_docs`"
UNMIGRATED = "the rooms' tables have moved on: run `python -m scripts.make_migration`"


def test_every_table_says_what_it_holds_and_every_entry_names_a_table():
    with composed() as house:
        entries = table_entries(house.wirings)
        named = [entry.table for wiring in house.wirings for entry in wiring.tables]
    assert set(metadata.tables) - set(entries) == set(), "tables without a TableEntry"
    assert set(entries) - set(metadata.tables) == set(), "entries without a table"
    assert len(named) == len(entries), "a table with two entries"


def test_a_retention_that_names_a_setting_names_one_that_exists():
    with composed() as house:
        entries = table_entries(house.wirings)
    promised = {entry.retention for entry in entries.values() if entry.retention.isupper()}
    assert promised - set(Settings.model_fields) == set()


def test_only_what_stands_above_tenants_has_no_tenant():
    above = {name for name, table in metadata.tables.items() if TENANT not in table.columns}
    assert above <= {"tenants", "users", "setup_links", "log_in_tries", "check_leases"}


def test_the_data_document_is_fresh():
    assert (ROOT / "docs" / "data.md").read_text() == data_document(), STALE


def test_the_newest_migration_is_the_one_the_house_asks_for():
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))
    assert scripts.get_heads() == [HEAD], UNMIGRATED


def test_the_migrated_schema_is_the_one_the_rooms_declare(database_url: str):
    ensure_schema(database_url)
    engine = once_engine(normalise(database_url))
    try:
        with engine.connect() as connection:
            found = compare_metadata(MigrationContext.configure(connection), metadata)
    finally:
        engine.dispose()
    if found:
        pytest.fail(f"{UNMIGRATED}; it differs in {found}")
