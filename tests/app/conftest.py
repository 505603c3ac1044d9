"""These tests migrate: they begin with a bare database."""

import pytest


@pytest.fixture
def postgres_url(bare_postgres_url: str) -> str:
    """A PostgreSQL database in which there is nothing at all."""
    return bare_postgres_url
