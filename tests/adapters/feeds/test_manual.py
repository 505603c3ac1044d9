"""A manual source has nobody to ask."""

import pytest

from tocsin.adapters.feeds.manual import ManualKind, ManualSource
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    SourceKind,
    SourceSpec,
    Unchanged,
    spec_of,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient


async def test_it_is_never_polled_and_learns_nothing(client: OutgoingClient) -> None:
    kind: SourceKind = ManualKind()
    assert not kind.polled
    assert await kind.poll(SourceSpec("manual"), client, NO_VALIDATORS) == (
        Unchanged(),
        NO_VALIDATORS,
    )


async def test_until_somebody_speaks_its_status_is_unknown(client: OutgoingClient) -> None:
    probe = await ManualKind().probe(spec_of(ManualSource()), client)
    assert probe.reading.status is Status.UNKNOWN


def test_it_has_no_address() -> None:
    with pytest.raises(ValueError, match="no address"):
        ManualKind().normalise("https://a.example")
