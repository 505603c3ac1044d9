"""The guide to the settings and the roles are written from the code and say what it says."""

import pytest

from scripts.generate_docs import DOCUMENTS
from scripts.steps import ROOT
from tocsin.platform.settings import Settings


@pytest.mark.parametrize("place", ["docs/guide/settings.md", "docs/roles.md"])
def test_a_generated_document_is_not_stale(place: str):
    path = ROOT / place
    assert path.is_file(), f"{place} is missing: run `python -m scripts.generate_docs`"
    assert path.read_text() == DOCUMENTS[place](), (
        f"{place} is stale: run `python -m scripts.generate_docs`"
    )


def test_every_setting_has_a_sentence_of_its_own():
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    assert silent == []


def test_every_setting_is_in_the_guide():
    guide = (ROOT / "docs/guide/settings.md").read_text()
    assert [name for name in Settings.model_fields if f"| `{name}` |" not in guide] == []
