"""The webhook channel of the delivery ledger."""

import json
from collections.abc import Mapping

from standardwebhooks import Webhook

from tocsin.kernel.clock import Clock, SystemClock
from tocsin.platform.delivery import Claimed, DeliveryError, Limits, SendResult, fill
from tocsin.platform.http import HttpResponse, OutgoingClient
from tocsin.platform.posting import destination_of, passes, post_json, shown, wished
from tocsin.platform.secrets import Secrets

LIMITS = Limits(at_once=32, tries=20)
_GONE = 410


class WebhookChannel:
    """Posts `{type, timestamp, data}` as JSON; the `webhook-id` is the delivery's id, so every
    attempt carries the same.

    The recipient's sealed destination holds the address and the `whsec_` secret; without a secret
    the message is not signed. `clock` gives the signed time, which receivers compare with theirs.
    """

    name = "webhook"
    missing_setting: str | None = None

    def __init__(
        self,
        client: OutgoingClient,
        secrets: Secrets,
        *,
        limits: Limits = LIMITS,
        clock: Clock | None = None,
    ) -> None:
        self.limits = limits
        self._client = client
        self._secrets = secrets
        self._clock = clock or SystemClock()

    async def send(self, message: Claimed) -> SendResult:
        """Post the message; any 2xx is success, redirects are refused. Raises DeliveryError."""
        destination = destination_of(message, self._secrets)
        content = fill(message.content, message.slots)
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        headers = self._headers(message.message_id, destination.secret, body)
        response = await post_json(self._client, message, destination.url, body.encode(), headers)
        if not response.ok:
            raise _refused(response)
        return SendResult(shown(response))

    async def close(self) -> None:
        """The client is everybody's; whoever started it stops it."""

    def _headers(self, identifier: str, secret: str | None, body: str) -> Mapping[str, str]:
        now = self._clock.now()
        headers = {"webhook-id": identifier, "webhook-timestamp": str(int(now.timestamp()))}
        if secret is None:
            return headers
        return headers | {"webhook-signature": Webhook(secret).sign(identifier, now, body)}


def _refused(response: HttpResponse) -> DeliveryError:
    answer = shown(response)
    if 300 <= response.status < 400:
        return DeliveryError(f"Redirects are not followed: {answer}", permanent=True)
    return DeliveryError(
        answer,
        permanent=not passes(response),
        retry_after=wished(response),
        gone=response.status == _GONE,
    )
