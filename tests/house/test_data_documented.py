"""Every table has an entry in docs/data.md, and the migrated schema is the one the rooms declare."""

import re

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
    promised = {
        word
        for entry in entries.values()
        for word in re.findall(r"RETENTION_DAYS_\w+", entry.retention)
    }
    assert promised
    assert promised - set(Settings.model_fields) == set()


def test_a_retention_that_names_a_setting_is_carried_out():
    """By a purge of that table under that setting, by a job of its own, or with the row it names."""
    with composed() as house:
        entries = table_entries(house.wirings)
        done = {
            (purge.table.name, setting)
            for wiring in house.wirings
            for purge in wiring.purges
            for setting in purge.settings
        }
    own_jobs = {"check_blocks", "metric_blocks"}
    told = {
        (name, setting)
        for name, entry in entries.items()
        for setting in re.findall(r"RETENTION_DAYS_\w+", entry.retention)
        if name not in own_jobs
    }
    assert told <= done
    assert {pair for pair in done if pair[0] != "delivery_bodies"} <= told


def test_what_is_kept_for_ever_is_kept_on_purpose():
    """A new table that says nothing of retention has to be thought about: does it grow by itself?"""
    with composed() as house:
        entries = table_entries(house.wirings)
    kept = {name for name, entry in entries.items() if entry.retention == "kept"}
    assert kept == SET_UP_BY_PEOPLE | RECORDS | ONE_OF_EACH


SET_UP_BY_PEOPLE = {
    *("channels", "incident_opening_rules", "metric_names", "page_components", "services"),
    *("service_dependencies", "service_objectives", "setup_links", "sources", "status_pages"),
    *("teams", "tenants", "triggers"),
}
RECORDS = {
    *("incident_alerts", "incident_comments", "incident_holds", "incident_impacts"),
    *("incident_notes", "incident_pages", "incident_services", "incident_update_texts"),
    *("incident_updates", "incidents"),
}
"""Incidents are what the product is for: only erasing takes them away."""
ONE_OF_EACH = {
    *("delivery_endpoints", "heartbeats", "incident_counters", "registry_readings"),
    *("service_states", "trigger_states"),
}
"""One row per thing that somebody set up, or per address that is written to."""


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
