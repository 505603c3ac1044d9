"""The guide to the settings, the example of a `.env` and the roles are written from the code and say what it says."""

import re
from pathlib import Path

import pytest

from scripts.generate_docs import DOCUMENTS
from scripts.steps import ROOT
from tocsin.platform.settings import Settings, load_settings


@pytest.mark.parametrize("place", [".env.example", "docs/guide/settings.md", "docs/roles.md"])
def test_a_generated_document_is_not_stale(place: str):
    path = ROOT / place
    assert path.is_file(), f"{place} is missing: run `python -m scripts.generate_docs`"
    assert path.read_text() == DOCUMENTS[place](), (
        f"{place} is stale: run `python -m scripts.generate_docs`"
    )


def test_the_example_uncommented_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)
    lines = (ROOT / ".env.example").read_text().splitlines()
    wanted = re.compile(r"# ([A-Z_]+)=")
    given = tmp_path / ".env"
    given.write_text("\n".join(line[2:] for line in lines if wanted.match(line)))
    assert [m[1] for line in lines if (m := wanted.match(line))] == list(Settings.model_fields)
    assert load_settings(_env_file=given) == load_settings(_env_file=None)


def test_every_setting_has_a_sentence_of_its_own():
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    assert silent == []


def test_every_setting_is_in_the_guide():
    guide = (ROOT / "docs/guide/settings.md").read_text()
    assert [name for name in Settings.model_fields if f"| `{name}` |" not in guide] == []
