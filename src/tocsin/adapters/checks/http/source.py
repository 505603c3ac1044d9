"""The wire form of an HTTP check, refused where it cannot work, with the field named."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from tocsin.adapters.checks.fields import CheckFields, stored_address
from tocsin.adapters.checks.http.rules import status_range
from tocsin.platform.http import forbidden_header
from tocsin.platform.secrets import Secrets

_MOST_HEADERS = 30
_LARGEST_BODY = 64 * 1024
_LARGEST_SEALED = _LARGEST_BODY * 4 // 3 + 100
_BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})


def _as_list(value: object) -> object:
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one) if isinstance(one, int) else one for one in values]


def _readable(ranges: tuple[str, ...]) -> tuple[str, ...]:
    for one in ranges:
        status_range(one)
    return ranges


def _sendable(headers: Mapping[str, str]) -> Mapping[str, str]:
    for name, value in headers.items():
        if fault := forbidden_header(name, value):
            raise ValueError(fault)
    if len({name.lower() for name in headers}) < len(headers):
        raise ValueError("a header is there twice")
    return headers


def _small(body: str) -> str:
    is_sealed = Secrets.is_sealed_for_a_place(body)
    if len(body.encode()) > (_LARGEST_SEALED if is_sealed else _LARGEST_BODY):
        raise ValueError("must not be longer than 64 KB")
    return body


def _compiles(expression: str) -> str:
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        jmespath.compile(expression)
    except JMESPathError as error:
        where = getattr(error, "lex_position", None)
        at = f" at character {where + 1}" if isinstance(where, int) else ""
        raise ValueError(f"is not a JMESPath expression{at}") from error
    return expression


Secret = Annotated[str, Field(min_length=1, max_length=8_000, repr=False)]
Keyword = Annotated[str, Field(min_length=1, max_length=500)]


class BasicAuth(BaseModel):
    """User name and password (RFC 7617); the password is stored sealed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["basic"]
    username: Annotated[str, Field(max_length=500, pattern=r"^[^:]*$")] = ""
    password: Secret


class BearerAuth(BaseModel):
    """A token (RFC 6750), which is stored sealed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["bearer"]
    token: Secret


class HttpSource(CheckFields):
    """`{kind: http, url, …}`; `expected_status` takes statuses, ranges and classes.

    `body` is stored sealed, as credentials are. `keyword` must be on the page, `keyword_absent`
    must not; both are compared exactly. `json_query` is a JMESPath expression whose result is
    compared with `json_expected` as text; without that it must be neither empty nor false. Slower
    than `max_response_ms` is degraded.
    """

    kind: Literal["http"] = "http"
    url: Annotated[str, AfterValidator(stored_address)]
    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] = "GET"
    headers: Annotated[
        dict[str, str], AfterValidator(_sendable), Field(max_length=_MOST_HEADERS, repr=False)
    ] = Field(default_factory=dict)
    body: Annotated[Annotated[str, AfterValidator(_small)] | None, Field(repr=False)] = None
    auth: Annotated[BasicAuth | BearerAuth, Field(discriminator="type")] | None = None
    expected_status: Annotated[
        tuple[str, ...],
        BeforeValidator(_as_list),
        AfterValidator(_readable),
        Field(min_length=1, max_length=50),
    ] = ("200-399",)
    keyword: Keyword | None = None
    keyword_absent: Keyword | None = None
    json_query: Annotated[Keyword, AfterValidator(_compiles)] | None = None
    json_expected: Annotated[str, Field(max_length=500)] | None = None
    follow_redirects: bool = True
    max_redirects: Annotated[int, Field(ge=1, le=20)] = 5
    verify_tls: bool = True
    max_response_ms: Annotated[int, Field(ge=1, le=60_000)] | None = None

    @field_validator("body")
    @classmethod
    def _body_needs_a_method(cls, body: str | None, info: ValidationInfo) -> str | None:
        method = info.data.get("method")
        if body is not None and method in _BODILESS:
            raise ValueError(f"a {method} request takes no body; use POST, PUT or PATCH")
        return body

    @field_validator("auth")
    @classmethod
    def _one_authorization(
        cls, auth: BasicAuth | BearerAuth | None, info: ValidationInfo
    ) -> BasicAuth | BearerAuth | None:
        names = {name.lower() for name in info.data.get("headers") or {}}
        if auth is not None and "authorization" in names:
            raise ValueError("is given twice: here and as a header")
        return auth

    @field_validator("keyword", "keyword_absent", "json_query")
    @classmethod
    def _content_needs_a_page(cls, wanted: str | None, info: ValidationInfo) -> str | None:
        if wanted is not None and info.data.get("method") == "HEAD":
            raise ValueError("a HEAD request brings no page to look into; use GET")
        return wanted

    @field_validator("json_expected")
    @classmethod
    def _expected_of_a_query(cls, wanted: str | None, info: ValidationInfo) -> str | None:
        if wanted is not None and info.data.get("json_query") is None:
            raise ValueError("needs a json_query whose result it is compared with")
        return wanted
