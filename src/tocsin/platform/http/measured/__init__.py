"""Looking at other people's servers with a stopwatch: each phase measured, each fault named."""

from tocsin.platform.http.measured.fetch import MeasuredFetch
from tocsin.platform.http.measured.model import (
    MeasuredAnswer,
    MeasuredRequest,
    Place,
    ReadyRequest,
    Stopwatch,
    WireFault,
)
from tocsin.platform.http.measured.request import forbidden_header
from tocsin.platform.http.measured.tls import Certificate, TlsContexts
from tocsin.platform.http.measured.wire import Sink, Wire, Wires, ending, in_time

__all__ = [
    "Certificate",
    "MeasuredAnswer",
    "MeasuredFetch",
    "MeasuredRequest",
    "Place",
    "ReadyRequest",
    "Sink",
    "Stopwatch",
    "TlsContexts",
    "Wire",
    "WireFault",
    "Wires",
    "ending",
    "forbidden_header",
    "in_time",
]
