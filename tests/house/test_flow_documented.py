"""docs/flow.md tells who listens to what, and nobody listens to a fact that nobody records."""

from scripts.house_documents import composed, flow_document
from tests.support.checkout import ROOT, python_files

STALE = "docs/flow.md is stale: run `python -m scripts.generate_docs`"


def test_the_flow_document_is_fresh():
    assert (ROOT / "docs" / "flow.md").read_text() == flow_document(), STALE


def test_everybody_listens_to_facts_that_some_room_names():
    source = "\n".join(
        path.read_text() for path in python_files("src/tocsin") if path.stem != "wiring"
    )
    with composed() as house:
        heard = {
            kind
            for wiring in house.wirings
            for reaction in wiring.reactions
            for kind in reaction.kinds
        }
    assert {kind for kind in heard if f'"{kind}"' not in source} == set()
