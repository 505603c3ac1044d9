"""The registry that is shipped: valid, public vendors, spread over the shelves."""

from collections import Counter

from tests.support.checkout import ROOT
from tests.support.checks import checks
from tocsin.adapters.feeds.manual import ManualKind
from tocsin.adapters.feeds.slack import SlackKind
from tocsin.adapters.feeds.statuspage import StatuspageKind
from tocsin.detection.signals import Kinds
from tocsin.kernel.clock import SystemClock
from tocsin.platform.http import OutgoingClient
from tocsin.registry.catalog import Category
from tocsin.registry.catalog.registry_file import read_registry
from tocsin.registry.catalog.registry_file.reading import unknown_dependencies


def test_the_shipped_example_is_a_registry_that_runs():
    client = OutgoingClient(SystemClock())
    kinds = Kinds((StatuspageKind(), SlackKind(), ManualKind(), *checks(client)), client)
    registry = read_registry(ROOT / "config" / "services.yaml", kinds)
    assert unknown_dependencies(registry, ()) == []
    found = {draft.id: draft for draft in registry.drafts}
    assert 12 <= len(found) <= 20
    assert Counter(draft.tier for draft in found.values()).keys() == {1, 2, 3}
    assert len({draft.category for draft in found.values()}) >= 6
    assert found["identity-provider"].source == {"kind": "manual"}
    assert found["ticketing"].category is Category.SUPPORT
    assert found["github"].source["url"] == "https://www.githubstatus.com"
    assert found["slack"].source["url"] == "https://slack-status.com"
    assert not {"npm", "pypi"} & found.keys()
