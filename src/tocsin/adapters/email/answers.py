"""What a mail server's answers mean: whose fault it was, and whether trying again helps."""

from enum import StrEnum

from aiosmtplib import SMTPException, SMTPResponseException

from tocsin.platform.delivery import DeliveryError, Fault

_CLOSING = 421
_POLICY = "5.7."


class Stage(StrEnum):
    """How far a letter had come; the value is the sentence's beginning."""

    CONNECT = "The mail server could not be reached"
    MAIL = "The mail server refused the sender"
    RCPT = "The mail server refused the address"
    DATA = "The mail server refused the letter"


def refusal(stage: Stage, error: Exception) -> DeliveryError:
    """Turn what aiosmtplib or the system raised into the delivery's failure.

    4xx may pass later, 5xx will not (RFC 5321, section 4.2.1). Whatever keeps every letter from
    leaving (no connection, no log-in, 421) is the transport's fault, not a recipient's.
    """
    if not isinstance(error, SMTPResponseException):
        return DeliveryError(
            f"{Stage.CONNECT}: {_words(error)}.", permanent=False, fault=Fault.TRANSPORT
        )
    answer = f"{stage}: {error.code} {' '.join(error.message.split())}"
    if stage is Stage.CONNECT or error.code == _CLOSING or not 400 <= error.code < 600:
        return DeliveryError(answer, permanent=False, fault=Fault.TRANSPORT)
    return DeliveryError(answer, permanent=error.code >= 500, fault=_fault(stage, error))


def _fault(stage: Stage, error: SMTPResponseException) -> Fault:
    """Only a refused address is the address's fault; a policy (5.7.x) is about us."""
    refused_address = stage is Stage.RCPT and not error.message.startswith(_POLICY)
    return Fault.ENDPOINT if refused_address else Fault.MESSAGE


def _words(error: Exception) -> str:
    """An error in words; these name server, port and certificate, never a password."""
    if isinstance(error, SMTPException | OSError) and str(error):
        return " ".join(str(error).split()).rstrip(".")
    return type(error).__name__
