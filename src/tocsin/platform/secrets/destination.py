"""Where a message goes when the address itself is a secret: sealed as one text."""

import base64
import json
import secrets as random
from dataclasses import dataclass, field

from .seal import CannotOpen, Secrets

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Destination:
    """An endpoint's real address, and the secret its messages are signed with, if they are."""

    url: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)

    def sealed(self, secrets: Secrets) -> str:
        """As `Recipient.sealed` carries it through the ledger."""
        return secrets.seal(json.dumps({"url": self.url, "secret": self.secret}))


def open_destination(secrets: Secrets, sealed: str) -> Destination:
    """Read what `Destination.sealed` wrote; raises CannotOpen."""
    try:
        found = json.loads(secrets.open(sealed))
    except ValueError as error:
        raise CannotOpen from error
    if not isinstance(found, dict) or not isinstance(found.get("url"), str):
        raise CannotOpen
    return Destination(found["url"], found.get("secret"))


def new_signing_secret() -> str:
    """A fresh secret of 32 bytes as Standard Webhooks writes it: `whsec_` and base64."""
    return "whsec_" + base64.b64encode(random.token_bytes(_SECRET_BYTES)).decode("ascii")
