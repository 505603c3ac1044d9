"""What a certificate means for a service, and the words for it."""

from datetime import datetime

from tocsin.detection.signals.ports import CheckAnswer
from tocsin.kernel.status import Status
from tocsin.platform.http import Certificate, WireFault

CERTIFICATE_FAULTS = frozenset(
    {"expired", "not_yet_valid", "self_signed", "untrusted", "wrong_host", "revoked"}
)


def days_left(certificate: Certificate, now: datetime) -> int:
    """Whole days until the certificate ends, negative once it has."""
    return (certificate.ends_at - now).days


def valid(certificate: Certificate, now: datetime, warn: int, critical: int) -> CheckAnswer:
    """A certificate that is right: operational, degraded when it ends soon, partial when very soon."""
    left = days_left(certificate, now)
    ends = f"{certificate.ends_at:%Y-%m-%d}"
    figures = {"days_left": float(left)}
    if left >= warn:
        return CheckAnswer(
            Status.OPERATIONAL, f"The certificate is valid until {ends}.", figures=figures
        )
    days = "1 day" if left == 1 else f"{left} days"
    status = Status.PARTIAL_OUTAGE if left < critical else Status.DEGRADED
    detail = f"The certificate ends in {days}, on {ends}."
    return CheckAnswer(status, detail, fault="expiring", figures=figures)


def invalid(fault: WireFault, certificate: Certificate | None, now: datetime) -> CheckAnswer:
    """A certificate that visitors are warned of, with what else can be said of it."""
    if certificate is None:
        return CheckAnswer(Status.MAJOR_OUTAGE, fault.sentence, fault=fault.fault)
    sentence = f"{fault.sentence}{_more(fault.fault, certificate)}"
    figures = {"days_left": float(days_left(certificate, now))}
    return CheckAnswer(Status.MAJOR_OUTAGE, sentence, fault=fault.fault, figures=figures)


def _more(fault: str, certificate: Certificate) -> str:
    match fault:
        case "expired":
            return f" It ended on {certificate.ends_at:%Y-%m-%d}."
        case "not_yet_valid":
            return f" It begins on {certificate.starts_at:%Y-%m-%d}."
        case "wrong_host" if certificate.names:
            names = [name[:100] for name in certificate.names if name.isprintable()]
            more = " and others" if len(names) > 3 else ""
            return f" It names {', '.join(names[:3])}{more}."
    return ""
