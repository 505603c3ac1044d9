"""A visit of the doctor to an installation of the test's own."""

import asyncio
from pathlib import Path

import pytest

from tocsin.app.doctor import examine
from tocsin.app.doctor.line import Line
from tocsin.platform.settings import Settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of this machine; a port that is free, an address that nobody has."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("PUBLIC_URL", "http://127.0.0.1:9")


async def looked(check: str) -> list[Line]:
    """The doctor's lines about one thing; he has a thread and a loop of his own."""
    return [line for line in await asyncio.to_thread(examine) if line.check == check]


async def one(check: str) -> Line:
    lines = await looked(check)
    assert len(lines) == 1, lines
    return lines[0]
