"""The Slack channel of the delivery ledger."""

import json
from collections.abc import Mapping
from typing import Any

from tocsin.platform.delivery import Claimed, DeliveryError, Fault, Limits, SendResult, fill
from tocsin.platform.http import HttpResponse, OutgoingClient
from tocsin.platform.posting import destination_of, passes, post_json, shown, wished
from tocsin.platform.secrets import Secrets

from .tempo import Tempo

LIMITS = Limits(at_once=4, tries=20, one_per_recipient=True)
_GONE = frozenset({404, 410})
_NO_LONGER = frozenset({"no_service", "no_service_id", "no_team", "team_disabled"})
_BAD_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "invalid_payload"})


class SlackChannel:
    """Posts `{text, blocks}` to incoming webhooks (Slack, or whatever speaks like it).

    The recipient's sealed destination holds the webhook's address, which is its only secret.
    """

    name = "slack"
    missing_setting: str | None = None

    def __init__(
        self,
        client: OutgoingClient,
        secrets: Secrets,
        *,
        limits: Limits = LIMITS,
        tempo: Tempo | None = None,
    ) -> None:
        self.limits = limits
        self._client = client
        self._secrets = secrets
        self._tempo = tempo or Tempo()

    async def send(self, message: Claimed) -> SendResult:
        """Post the message; where Slack cannot read the blocks, the text alone. Raises
        DeliveryError."""
        url = destination_of(message, self._secrets).url
        content = fill(message.content, message.slots)
        response = await self._post(message, url, content)
        if _cannot_read(response) and content.get("blocks"):
            response = await self._post(message, url, {"text": content["text"]})
        if not response.ok:
            raise _refused(response)
        return SendResult(shown(response))

    async def close(self) -> None:
        """The client is everybody's; whoever started it stops it."""

    async def _post(self, message: Claimed, url: str, content: Mapping[str, Any]) -> HttpResponse:
        await self._tempo.wait(url)
        return await post_json(self._client, message, url, json.dumps(content).encode())


def _word(response: HttpResponse) -> str:
    """Slack's one-word answer, such as `no_service`."""
    return response.body[:100].decode(errors="replace").strip()


def _cannot_read(response: HttpResponse) -> bool:
    return response.status == 400 and _word(response) in _BAD_BLOCKS


def _refused(response: HttpResponse) -> DeliveryError:
    gone = response.status in _GONE or _word(response) in _NO_LONGER
    return DeliveryError(
        shown(response),
        permanent=gone or not passes(response),
        retry_after=wished(response),
        gone=gone,
        fault=Fault.MESSAGE if response.status == 400 and not gone else Fault.ENDPOINT,
    )
