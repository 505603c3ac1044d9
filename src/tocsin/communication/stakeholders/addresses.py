"""Where a channel leads: what of it may be shown, and what is sealed."""

import re

from tocsin.kernel.errors import invalid_field
from tocsin.platform.http import HttpFailure, host_of, tidy_url
from tocsin.platform.secrets import Destination, Secrets

from .model import ChannelKind

_MAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\.]+")
_LONGEST_MAIL = 254  # RFC 5321, section 4.5.3.1.3, without the angle brackets


def shown_and_sealed(
    kind: ChannelKind, place: str, signing_secret: str | None, secrets: Secrets
) -> tuple[str, str]:
    """Split a mail address or URL into what may be shown and what is sealed; raises Invalid."""
    if kind is ChannelKind.MAIL:
        return _mail_address(place), ""
    url = _url(place)
    return host_of(url), Destination(url, signing_secret).sealed(secrets)


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
