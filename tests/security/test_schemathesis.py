"""The OpenAPI document is true: generated requests get answers it describes, and never a 5xx.

Runs in threads of its own beside one event loop, because the generator is synchronous.
"""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.security.whole import ADMIN_TOKEN, EVERYTHING_ON, ORIGIN, Whole, compose_for_tests, whole
from tocsin.app.web import build_api

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 6
REACHES_OUTSIDE = {"/api/v1/monitors/test", "/api/v1/sources/discover"}
CALLERS = {"super admin": {"Authorization": f"Bearer {ADMIN_TOKEN}"}, "stranger": {}}


class Loop:
    """An event loop in a thread, with the whole product on it."""

    def __init__(self, directory: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._context = whole(directory, rehearse=False, **EVERYTHING_ON)
        self.product: Whole = self.run(self._context.__aenter__())
        self._client = self.product.client()
        self.run(furnish(self.product))

    def run(self, work: Any) -> Any:
        """Wait for a coroutine that runs over there."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def send(self, case: Case, headers: dict[str, str]) -> httpx.Response:
        """Send a generated case as the generator would, but in this process."""
        asked = requests.Request(**case.as_transport_kwargs(base_url=ORIGIN)).prepare()
        body: Any = asked.body
        sent = {**cast(Any, asked.headers), **headers}
        made = httpx.Request(
            str(asked.method),
            str(asked.url),
            headers={name: _as_latin(value) for name, value in sent.items()},
            content=body,
        )
        answer: httpx.Response = self.run(self._client.send(made))
        return answer

    def close(self) -> None:
        self.run(self._context.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


async def furnish(product: Whole) -> None:
    """Enough for generated requests to meet something."""
    service = {
        "id": "mail",
        "name": "Mail",
        "category": "engineering",
        "source": {"kind": "manual"},
    }
    await product.owner.post("/api/v1/services", json=service)
    await product.settle()
    status = {"new_status": "major_outage", "reason": "Nobody gets mail."}
    await product.owner.post("/api/v1/services/mail/status", json=status)
    await product.owner.post("/api/v1/teams", json={"slug": "crew", "name": "Crew"})
    await product.owner.post("/api/v1/incidents", json={"title": "Mail", "severity": "high"})
    await product.settle()


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loop]:
    made = Loop(tmp_path_factory.mktemp("generated"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    house = compose_for_tests(tmp_path_factory.mktemp("document"))
    try:
        return build_api(house).openapi()
    finally:
        house.platform.database.close()


@pytest.mark.slow
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=str)
def test_generated_requests_get_the_answers_that_are_documented(
    loop: Loop, document: dict[str, Any], caller: str, mode: GenerationMode
):
    wrong: dict[str, str] = {}
    schema = schemathesis.openapi.from_dict(document)
    for found in schema.get_all_operations():
        operation = cast(Any, found).ok()
        if operation.path in REACHES_OUTSIDE:
            continue
        try:
            _try_out(loop, operation, mode, CALLERS[caller])
        except Unsatisfiable:
            continue  # there is no wrong way to ask for this
        except FailureGroup as group:
            wrong[operation.label] = "\n".join(map(str, group.exceptions))[:2_000]
    assert wrong == {}, "\n\n".join(f"{name}\n{words}" for name, words in wrong.items())


def _as_latin(value: str | bytes) -> bytes:
    """A header as it travels, also one that is not ASCII."""
    return value if isinstance(value, bytes) else value.encode("latin-1", "replace")


def _try_out(loop: Loop, operation: Any, mode: GenerationMode, headers: dict[str, str]) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers_as_documented(case: Case) -> None:
        case.validate_response(loop.send(case, headers), checks=CHECKS)

    answers_as_documented()
