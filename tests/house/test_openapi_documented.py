"""docs/openapi.json is the API as the composed house describes it."""

import json

from scripts.house_documents import openapi_document
from tests.support.checkout import ROOT

STALE = "docs/openapi.json is stale: run `python -m scripts.generate_docs`"


def test_the_openapi_document_is_fresh():
    assert (ROOT / "docs" / "openapi.json").read_text() == openapi_document(), STALE


def test_every_operation_has_a_summary_and_an_id_of_its_own():
    document = json.loads(openapi_document())
    operations = [
        operation for methods in document["paths"].values() for operation in methods.values()
    ]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    assert [each["operationId"] for each in operations if not each.get("description")] == []
