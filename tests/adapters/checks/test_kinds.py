"""Every kind of check keeps the port's promises."""

from typing import Any

import pytest

from tocsin.adapters.checks.base import CheckParts
from tocsin.app.checks import CHECKS, open_checks
from tocsin.detection.signals.model import PollFailureKind
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    CheckKind,
    MonitorFields,
    Probe,
    Reading,
    spec_of,
)
from tocsin.detection.signals.schemas import MonitorOut, TrialOut
from tocsin.kernel.status import Status
from tocsin.platform.http import FailureKind, OutgoingClient

EXAMPLES: dict[str, dict[str, Any]] = {
    "http": {"url": "http://127.0.0.1:9/x"},
    "tcp": {"host": "127.0.0.1", "port": 9},
    "tls": {"host": "127.0.0.1", "port": 9},
    "dns": {"domain": "shop.example", "resolvers": ["127.0.0.1"], "resolver_port": 9},
    "ping": {"host": "gone.example"},
}


def test_every_kind_has_its_example() -> None:
    assert {kind.kind for kind in CHECKS} == EXAMPLES.keys()


@pytest.mark.parametrize("kind", CHECKS, ids=lambda kind: str(kind.kind))
def test_the_schema_carries_the_kinds_name(kind: Any) -> None:
    assert kind.schema.model_json_schema()["properties"]["kind"]["const"] == kind.kind


@pytest.mark.parametrize("kind", CHECKS, ids=lambda kind: str(kind.kind))
def test_no_field_is_called_like_one_that_every_monitor_shows(kind: Any) -> None:
    assert kind.schema.model_fields.keys() & MonitorOut.model_fields.keys() == {"kind"}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
async def test_the_stored_form_is_read_again_and_polled(
    parts: CheckParts, client: OutgoingClient, resolver: Any, name: str
) -> None:
    resolver.addresses["gone.example"] = ""
    kinds: dict[str, CheckKind] = {kind.kind: kind for kind in open_checks(parts)}
    kind = kinds[name]
    example = {"timeout_seconds": 0.5, **EXAMPLES[name]}
    fields = kind.schema.model_validate(example)
    stored = fields.model_dump(mode="json", exclude_none=True)
    assert kind.schema.model_validate(stored) == fields
    assert isinstance(fields, MonitorFields)
    outcome, validators = await kind.poll(spec_of(fields), client, NO_VALIDATORS)
    assert isinstance(outcome, Reading), outcome
    assert (outcome.status, validators) == (Status.MAJOR_OUTAGE, NO_VALIDATORS)
    assert outcome.fault is not None
    probe = await kind.probe(spec_of(fields), client)
    assert isinstance(probe, Probe)
    assert probe.name in {"127.0.0.1", "shop.example", "gone.example"}
    assert TrialOut.of(probe).fault == outcome.fault


def test_every_failure_of_the_outgoing_client_has_its_word_in_the_port() -> None:
    assert {kind.value for kind in FailureKind} <= {kind.value for kind in PollFailureKind}
