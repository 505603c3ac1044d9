"""Errors as people and programs read them: RFC 9457 problems, rendered in one place."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from tocsin.kernel.errors import FieldError, Invalid, Malformed, TocsinError
from tocsin.platform.wire import WireModel

MEDIA_TYPE = "application/problem+json"

_CODES = {
    400: "malformed",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "request_timeout",
    413: "too_large",
    415: "unsupported_media_type",
    503: "unavailable",
}
_PLACES = frozenset({"body", "query", "path", "header", "cookie"})


class WrongField(WireModel):
    """One wrong field: its dotted path and what was expected."""

    field: str
    message: str


class Problem(WireModel):
    """Why a request was refused (RFC 9457): `code` for programs, `detail` for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[WrongField] | None = None


def install_problems(app: FastAPI) -> None:
    """Answer every error of the application with a problem."""
    app.add_exception_handler(TocsinError, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_wrong_request)
    app.add_exception_handler(HTTPException, _on_http_error)


def problem(error: TocsinError) -> JSONResponse:
    """Render a refusal, with `Retry-After` and `WWW-Authenticate` where they belong."""
    headers: dict[str, str] = {}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    retry_after = getattr(error, "retry_after", None)
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return problem_response(error.status, error.code, error.detail, error.errors, headers)


def problem_response(
    status: int,
    code: str,
    detail: str,
    errors: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Render a problem from its parts."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    if errors:
        body["errors"] = [{"field": error.field, "message": error.message} for error in errors]
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


async def _on_refusal(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TocsinError)
    return problem(error)


async def _on_wrong_request(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(each["type"] == "json_invalid" for each in found):
        return problem(Malformed("The body is not JSON.", code="malformed_json"))
    wrong = [FieldError(_path(each["loc"]), _sentence(each["msg"])) for each in found]
    return problem(Invalid(_summary(wrong), errors=wrong))


async def _on_http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = error.status_code
    code = _CODES.get(status, HTTPStatus(status).name.lower())
    return problem_response(status, code, str(error.detail), headers=error.headers)


def _path(location: Sequence[str | int]) -> str:
    """A field's path as people write it: `updates[0].at`."""
    inner = location[1:] if len(location) > 1 and location[0] in _PLACES else location
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in inner)
    return "".join(parts).removeprefix(".")


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Assertion failed, ")


def _summary(wrong: Sequence[FieldError]) -> str:
    first = f"{wrong[0].field}: {wrong[0].message}"
    return first if len(wrong) == 1 else f"{first} (and {len(wrong) - 1} more)"
