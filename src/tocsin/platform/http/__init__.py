"""The one way out over HTTP: deadlines, body caps, redirects reported, retries, circuit breakers."""

from tocsin.platform.http.client import OutgoingClient
from tocsin.platform.http.failures import FailureKind, HttpFailure
from tocsin.platform.http.model import (
    BODY_LIMIT,
    NO_VALIDATORS,
    HttpRequest,
    HttpResponse,
    Observation,
    Oversize,
    Redirects,
    Validators,
)
from tocsin.platform.http.targets import host_of, readable_address, tidy_url

__all__ = [
    "BODY_LIMIT",
    "NO_VALIDATORS",
    "FailureKind",
    "HttpFailure",
    "HttpRequest",
    "HttpResponse",
    "Observation",
    "OutgoingClient",
    "Oversize",
    "Redirects",
    "Validators",
    "host_of",
    "readable_address",
    "tidy_url",
]
