"""Input that nobody should send is refused with a problem, and never breaks anything."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.security.whole import EVERYTHING_ON, Way, Whole, ways, whole
from tocsin.app.web import build_api

pytestmark = pytest.mark.asyncio(loop_scope="module")

INCIDENT = {"title": "Mail is down", "severity": "high"}
LONG = "x" * 6_000
HUGE = 10**400


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def product(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Whole]:
    """One house for all of them: what one test breaks, the next ones must not feel."""
    mail = "smtp://127.0.0.1:1"  # never asked: nobody sends here
    directory = tmp_path_factory.mktemp("bad-input")
    async with whole(directory, rehearse=False, SMTP_URL=mail, **EVERYTHING_ON) as made:
        yield made


def writing(product: Whole) -> list[Way]:
    api = build_api(product.house)
    every = [*ways(api), *ways(api, "/status/")]
    return [way for way in every if way.method not in ("GET", "HEAD")]


async def sent_everywhere(product: Whole, **request: Any) -> dict[str, int]:
    """What every writing route answers a super admin who sends this."""
    owner, answers = product.owner, {}
    for way in writing(product):
        answer = await owner.request(way.method, way.at(slug="main"), **request)
        answers[str(way)] = answer.status_code
        if answer.status_code >= 400 and "unsubscribe" not in way.path:
            assert answer.headers["content-type"] == "application/problem+json", str(way)
    return answers


async def test_a_body_over_the_limit_is_413_everywhere(product: Whole):
    headers = {"content-type": "application/json"}
    answers = await sent_everywhere(product, content=b"x" * 1_000_001, headers=headers)
    assert set(answers.values()) == {413}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"{", id="half"),
        pytest.param(b'{"title": nope}', id="no json"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b"[" * 100_000, id="deep and open"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="deep"),
        pytest.param(b'{"a":' * 50_000 + b"1" + b"}" * 50_000, id="deep objects"),
        pytest.param(b"[" * 1_900 + b"]" * 1_900, id="deep and short"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'"text"', id="a text"),
        pytest.param(b"1e999", id="infinity"),
        pytest.param(str(HUGE).encode(), id="huge"),
        pytest.param(b"9" * 10_000, id="more digits than an int may have"),
        pytest.param(b'{"\\u0000": 1}', id="NUL in a name"),
        pytest.param(b'{"title": "\\ud800"}', id="half a character"),
    ],
)
async def test_bodies_that_are_no_objects_break_nothing(product: Whole, content: bytes):
    headers = {"content-type": "application/json"}
    answers = await sent_everywhere(product, content=content, headers=headers)
    assert {way: status for way, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "image/png"])
async def test_other_content_types_are_refused(product: Whole, kind: str):
    content = json.dumps(INCIDENT).encode()
    answer = await product.owner.post(
        "/api/v1/incidents", content=content, headers={"content-type": kind}
    )
    assert answer.status_code in (415, 422)


@pytest.mark.parametrize("odd", ["\0", "a\0b", "\ud800", "\u202e\u2066", LONG])
async def test_odd_characters_in_every_text_field_break_nothing(product: Whole, odd: str):
    document = build_api(product.house).openapi()
    owner, broken = product.owner, {}
    for way in writing(product):
        body = _filled(document, way, odd)
        if body is None:
            continue
        content = json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        answer = await owner.request(way.method, way.at(), content=content, headers=headers)
        if answer.status_code >= 500:
            broken[str(way)] = answer.text
    assert broken == {}


@pytest.mark.parametrize("odd", ["%00", "a%00b", "%ff", "%ed%a0%80", "..%2f..", "x" * 6_000, "🦊"])
async def test_odd_paths_find_nothing_and_break_nothing(product: Whole, odd: str):
    owner, wrong = product.owner, {}
    for way in ways(build_api(product.house)):
        if "{" not in way.path:
            continue
        path = way.path.replace("{", "\0").split("\0")
        tried = path[0] + "".join(odd + part.partition("}")[2] for part in path[1:])
        answer = await owner.request(way.method, tried, json={})
        if answer.status_code >= 500 or answer.is_success:
            wrong[str(way)] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("odd", ["%00", "-1", "9" * 400, "NaN", "1e9", "🦊", "'; --", "x" * 6_000])
async def test_odd_queries_break_nothing(product: Whole, odd: str):
    document = build_api(product.house).openapi()
    owner, broken = product.owner, {}
    for way in ways(build_api(product.house)):
        if way.method != "GET" or way.path not in document["paths"]:
            continue
        for parameter in document["paths"][way.path]["get"].get("parameters", ()):
            if parameter["in"] == "query":
                answer = await owner.get(f"{way.at()}?{parameter['name']}={odd}")
                if answer.status_code >= 500:
                    broken[f"{way}?{parameter['name']}"] = answer.text
    assert broken == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"if-match": '"' + "9" * 400 + '"'},
        {"if-match": '"x'},
        {"idempotency-key": "k" * 5_000},
        {"idempotency-key": "\xe4"},
        {"authorization": "Bearer "},
        {"authorization": "Bearer \xe4"},
        {"authorization": "Basic \xff"},
        {"cookie": "tocsin_session=\xff; tocsin_session"},
        {"origin": "http://["},
        {"content-length": "9" * 30},
    ],
    ids=str,
)
async def test_odd_headers_break_nothing(product: Whole, headers: dict[str, str]):
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    for caller in (product.owner, product.stranger):
        for method, path in (("POST", "/api/v1/incidents"), ("GET", "/api/v1/services")):
            kept = [pair for pair in caller.headers.raw if pair[0].lower() not in dict(raw)]
            answer = await caller.request(method, path, content=b"{}", headers=[*kept, *raw])
            assert answer.status_code < 500


async def test_unknown_paths_below_the_api_are_404_problems(product: Whole):
    for path in ("/api/nothing", "/api/v1/nothing/at/all", "/api", "/api/v1/" + LONG):
        answer = await product.stranger.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def _filled(document: dict[str, Any], way: Way, text: str) -> Any:
    """A body of the right shape with this text wherever a text may stand."""
    operation = document["paths"].get(way.path, {}).get(way.method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return None if content is None else _example(document, content["schema"], text)


def _example(document: dict[str, Any], schema: dict[str, Any], text: str) -> Any:
    if "$ref" in schema:
        return _example(document, _named(document, schema["$ref"]), text)
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return _example(document, schema["anyOf"][0], text)
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            if not fields:
                return {text: text}
            return {name: _example(document, field, text) for name, field in fields.items()}
        case "array":
            return [_example(document, schema.get("items", {}), text)]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
        case _:
            return text


def _named(document: dict[str, Any], reference: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][reference.rpartition("/")[2]]
    return found
