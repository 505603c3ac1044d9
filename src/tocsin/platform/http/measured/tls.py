"""TLS: shared contexts, what is wrong with a certificate in one word, and when one ends."""

import ssl
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256

from tocsin.platform.http.measured.model import WireFault

# The codes of X509_verify_cert_error_string(3) of OpenSSL.
_EXPIRED = {10: "expired", 9: "not_yet_valid", 23: "revoked", 62: "wrong_host", 64: "wrong_host"}
_UNTRUSTED = {18: "self_signed", 19: "self_signed"}
_FAULTS = _EXPIRED | _UNTRUSTED

_SENTENCES = {
    "expired": "The certificate of {host} has expired.",
    "not_yet_valid": "The certificate of {host} is not valid yet.",
    "revoked": "The certificate of {host} was revoked.",
    "wrong_host": "The certificate of {host} is for another name.",
    "self_signed": "The certificate of {host} is self-signed.",
    "untrusted": "The certificate of {host} is not valid: {why}.",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What matters of a server's certificate; `names` are the hosts it is for."""

    starts_at: datetime
    ends_at: datetime
    names: tuple[str, ...]


class TlsContexts:
    """The contexts that all checks share, made at first use: reading the system's authorities
    takes longer than many checks. `authorities` is a PEM text that replaces the system's."""

    def __init__(self, authorities: str | None = None) -> None:
        self._authorities = authorities
        self.of = cache(self._make)

    def _make(self, *, verified: bool, alpn: str | None = None) -> ssl.SSLContext:
        if verified:
            context = ssl.create_default_context(cadata=self._authorities)
        else:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if alpn:
            context.set_alpn_protocols([alpn])
        return context


def tls_fault(error: ssl.SSLError, host: str) -> WireFault:
    """Name what a handshake failed at."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        return WireFault("tls", f"No secure connection to {host}: TLS failed.")
    fault = _FAULTS.get(error.verify_code, "untrusted")
    why = str(error.verify_message or "it cannot be verified").rstrip(".")
    return WireFault(fault, _SENTENCES[fault].format(host=host, why=why))


def certificate_of(connection: ssl.SSLObject) -> Certificate | None:
    """The server's certificate; None where it showed none, or none that can be read."""
    der = connection.getpeercert(binary_form=True)
    if not der:
        return None
    digest = sha256(der).digest()
    found = _known(digest)
    if not found:
        certificate = _read(der)
        found.append(certificate)
    return found[0]


@lru_cache(maxsize=20_000)
def _known(digest: bytes) -> list[Certificate | None]:
    """What was read of the certificate with this digest: a server shows the same one for weeks."""
    return []


def _read(der: bytes) -> Certificate | None:
    from cryptography import x509

    try:
        found = x509.load_der_x509_certificate(der)
        starts_at, ends_at = found.not_valid_before_utc, found.not_valid_after_utc
    except ValueError:
        return None
    try:
        alternative = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return Certificate(starts_at, ends_at, ())
    names = [
        *alternative.get_values_for_type(x509.DNSName),
        *(str(ip) for ip in alternative.get_values_for_type(x509.IPAddress)),
    ]
    return Certificate(starts_at, ends_at, tuple(names[:100]))
