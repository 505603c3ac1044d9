"""Errors that know their HTTP status and their stable code; rendered once, as RFC 9457 problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field and the sentence that says what was expected."""

    field: str
    message: str


class TocsinError(Exception):
    """A refusal that a person can read: `code` for programs, `detail` for people."""

    status: ClassVar[int] = 500
    default_code: ClassVar[str] = "internal_error"

    def __init__(
        self, detail: str, *, code: str | None = None, errors: Sequence[FieldError] = ()
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.default_code
        self.errors = tuple(errors)


class Invalid(TocsinError):
    """The request is understood and cannot be right (422)."""

    status = 422
    default_code = "invalid"


class Malformed(TocsinError):
    """The request cannot be understood (400)."""

    status = 400
    default_code = "malformed"


class Unauthenticated(TocsinError):
    """No valid credential came with the request (401)."""

    status = 401
    default_code = "unauthenticated"


class Forbidden(TocsinError):
    """The credential is good, its role is not enough (403)."""

    status = 403
    default_code = "forbidden"


class NotFound(TocsinError):
    """There is no such thing here, or none that this caller may know of (404)."""

    status = 404
    default_code = "not_found"


class Conflict(TocsinError):
    """The thing is in a state that does not allow this (409)."""

    status = 409
    default_code = "conflict"


class IllegalTransition(Conflict):
    """A lifecycle refused a verb; the detail names the state and the verb (409)."""

    default_code = "illegal_transition"


class LostRace(TocsinError):
    """Somebody changed it first: the version sent is not the current one (412)."""

    status = 412
    default_code = "version_mismatch"


class TooLarge(TocsinError):
    """The body is over its limit (413)."""

    status = 413
    default_code = "too_large"


class TooManyRequests(TocsinError):
    """The caller must wait (429); `retry_after` is in seconds."""

    status = 429
    default_code = "rate_limited"

    def __init__(self, detail: str, *, retry_after: int, code: str | None = None) -> None:
        super().__init__(detail, code=code)
        self.retry_after = retry_after


class Unavailable(TocsinError):
    """Not now (503): overload, a slow query, or a part that is not configured."""

    status = 503
    default_code = "unavailable"

    def __init__(self, detail: str, *, code: str | None = None, retry_after: int = 5) -> None:
        super().__init__(detail, code=code)
        self.retry_after = retry_after


def invalid_field(field: str, message: str) -> Invalid:
    """Build the 422 for one wrong field."""
    return Invalid(f"{field}: {message}", errors=[FieldError(field, message)])
