"""Where a channel leads: what of it may be shown, and what is sealed."""

import base64
import json
import re
import secrets as randomness

from tocsin.kernel.errors import invalid_field
from tocsin.platform.http import HttpFailure, host_of, tidy_url
from tocsin.platform.secrets import Secrets

from .model import ChannelKind

_MAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\.]+")
_LONGEST_MAIL = 254  # RFC 5321, section 4.5.3.1.3, without the angle brackets
_SECRET_BYTES = 32


def new_webhook_secret() -> str:
    """A fresh signing secret as Standard Webhooks writes it: `whsec_` and base64."""
    return "whsec_" + base64.b64encode(randomness.token_bytes(_SECRET_BYTES)).decode()


def shown_and_sealed(
    kind: ChannelKind, place: str, signing_secret: str | None, secrets: Secrets
) -> tuple[str, str]:
    """Split a mail address or URL into what may be shown and what is sealed; raises Invalid.

    Sealed is, for Slack, the URL; for a webhook, the JSON object `{"url", "secret"}`.
    """
    if kind is ChannelKind.MAIL:
        return _mail_address(place), ""
    url = _url(place)
    shown = host_of(url)
    if kind is ChannelKind.SLACK:
        return shown, secrets.seal(url)
    return shown, secrets.seal(json.dumps({"url": url, "secret": signing_secret}))


def signing_secret_of(sealed: str, secrets: Secrets) -> str:
    """The signing secret of a webhook; raises CannotOpen."""
    found: str = json.loads(secrets.open(sealed))["secret"]
    return found


def _mail_address(text: str) -> str:
    address = text.strip()
    if len(address) > _LONGEST_MAIL or not _MAIL.fullmatch(address):
        raise invalid_field("address", "is not an e-mail address")
    return address


def _url(text: str) -> str:
    try:
        return tidy_url(text)
    except HttpFailure as failure:
        raise invalid_field("url", failure.sentence) from failure
