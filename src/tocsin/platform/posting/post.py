"""One POST of JSON, on behalf of a delivery."""

from collections.abc import Mapping
from datetime import timedelta

from tocsin.platform.delivery import Claimed, DeliveryError, Fault
from tocsin.platform.http import (
    FailureKind,
    HttpFailure,
    HttpRequest,
    HttpResponse,
    OutgoingClient,
    Oversize,
    Redirects,
)
from tocsin.platform.secrets import CannotOpen, Destination, Secrets, open_destination

_ANSWER_LIMIT = 16 * 1024


def destination_of(message: Claimed, secrets: Secrets) -> Destination:
    """Where a delivery goes: its sealed destination, else its plain address. Raises DeliveryError
    where the seal cannot be opened."""
    if not message.recipient.sealed:
        return Destination(message.recipient.address)
    try:
        return open_destination(secrets, message.recipient.sealed)
    except CannotOpen as error:
        raise DeliveryError(str(error), permanent=True, fault=Fault.MESSAGE) from error


async def post_json(
    client: OutgoingClient,
    message: Claimed,
    url: str,
    body: bytes,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Post once and return the answer, whatever its status; redirects are not followed.

    Addresses that subscribers gave never reach private networks. Without an answer raises
    DeliveryError; a request that the breaker held back uses up no try.
    """
    request = HttpRequest(
        url,
        message.channel,
        method="POST",
        headers={"Content-Type": "application/json", **(headers or {})},
        body=body,
        redirects=Redirects.REPORT,
        body_limit=_ANSWER_LIMIT,
        oversize=Oversize.CUT,
        guard_private_addresses=message.purpose == "subscriber",
    )
    try:
        return await client.fetch(request)
    except HttpFailure as failure:
        raise _unanswered(failure) from failure


def _unanswered(failure: HttpFailure) -> DeliveryError:
    held = failure.kind is FailureKind.BREAKER_OPEN
    wait = failure.retry_after_seconds
    return DeliveryError(
        failure.sentence,
        permanent=failure.permanent,
        retry_after=timedelta(seconds=max(1.0, wait)) if held and wait is not None else None,
        fault=Fault.HELD if held else Fault.ENDPOINT,
    )
