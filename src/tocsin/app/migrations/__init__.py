"""Migrations of the schema, in one line of versions."""
