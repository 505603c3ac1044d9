"""Reactions may fail quietly."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Work fails here on purpose; drawing each traceback would take seconds."""
    with structlog.testing.capture_logs():
        yield
