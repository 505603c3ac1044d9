"""Every kind of feed keeps the port's promises."""

import pytest

from tocsin.adapters.feeds.manual import ManualKind
from tocsin.app.feeds import FEEDS
from tocsin.detection.signals.ports import PollFailureKind, SourceKind
from tocsin.platform.http import FailureKind

KINDS: list[SourceKind] = [*FEEDS, ManualKind()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.kind))
def test_the_schema_carries_the_kinds_name(kind: SourceKind) -> None:
    assert kind.schema.model_json_schema()["properties"]["kind"]["const"] == kind.kind


def test_kinds_have_names_of_their_own_that_fit_their_column() -> None:
    names = [kind.kind for kind in KINDS]
    assert len(names) == len(set(names))
    assert max(len(name) for name in names) <= 20


def test_every_failure_of_the_outgoing_client_has_its_word_in_the_port() -> None:
    assert {kind.value for kind in FailureKind} <= {kind.value for kind in PollFailureKind}
