"""The one way out over HTTP: deadlines, body caps, redirects reported, retries, circuit breakers."""

from tocsin.platform.http.client import OutgoingClient
from tocsin.platform.http.failures import FailureKind, HttpFailure
from tocsin.platform.http.measured import (
    Certificate,
    MeasuredAnswer,
    MeasuredFetch,
    MeasuredRequest,
    Place,
    ReadyRequest,
    Sink,
    Stopwatch,
    Wire,
    WireFault,
    Wires,
    ending,
    forbidden_header,
    in_time,
)
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
    "Certificate",
    "FailureKind",
    "HttpFailure",
    "HttpRequest",
    "HttpResponse",
    "MeasuredAnswer",
    "MeasuredFetch",
    "MeasuredRequest",
    "Observation",
    "OutgoingClient",
    "Oversize",
    "Place",
    "ReadyRequest",
    "Redirects",
    "Sink",
    "Stopwatch",
    "Validators",
    "Wire",
    "WireFault",
    "Wires",
    "ending",
    "forbidden_header",
    "host_of",
    "in_time",
    "readable_address",
    "tidy_url",
]
