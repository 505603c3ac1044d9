"""What Slack sends to an app: signed requests with a clicked button, or a slash command.

Follows "Verifying requests from Slack", "Handling user interaction" and "Slash commands" of
docs.slack.dev.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

TOLERANCE_SECONDS = 300

_MOST_FIELDS = 100
_USER = re.compile(r"[A-Z0-9]{1,40}")


class NotSlack(ValueError):
    """The request cannot be read as one of Slack's; says in a sentence why not."""


@dataclass(frozen=True, slots=True)
class Click:
    """A person clicked a button; `response_url` takes what the message becomes."""

    user: str
    action: str
    value: str
    response_url: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Command:
    """A person wrote a slash command."""

    user: str
    command: str
    text: str


def is_signed(secret: str, body: bytes, timestamp: str, signature: str, now: datetime) -> bool:
    """Whether Slack signed these bytes, no more than five minutes from now, in constant time."""
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        return False
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = b"v0:" + timestamp.encode() + b":" + body
    expected = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(signature.encode(), expected.encode())


def read_click(body: bytes) -> Click | None:
    """The first clicked button that carries a value; None for any other interaction.

    A link button is clicked too, and other apps' interactions never come here. Raises NotSlack.
    """
    payload = _object(_form(body).get("payload", ""))
    if payload.get("type") != "block_actions":
        return None
    actions: Any = payload.get("actions")
    pressed = next(filter(_is_button, actions if isinstance(actions, list) else ()), None)
    if pressed is None:
        return None
    address = payload.get("response_url")
    return Click(
        user=_user(payload.get("user")),
        action=pressed["action_id"],
        value=pressed["value"],
        response_url=address if isinstance(address, str) and _is_https(address) else None,
    )


def read_command(body: bytes) -> Command:
    """A slash command; raises NotSlack."""
    form = _form(body)
    return Command(
        user=_user({"id": form.get("user_id")}),
        command=form.get("command", ""),
        text=" ".join(form.get("text", "").split()),
    )


def is_certificate_check(body: bytes) -> bool:
    """Whether Slack only checks the certificate (`ssl_check=1`); raises NotSlack."""
    return _form(body).get("ssl_check") == "1"


def _form(body: bytes) -> Mapping[str, str]:
    try:
        found = parse_qs(
            body.decode("utf-8"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            errors="strict",
        )
    except ValueError as error:
        raise NotSlack("expected a URL-encoded form") from error
    return {name: values[0] for name, values in found.items()}


def _object(text: str) -> Mapping[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotSlack("payload is not JSON") from error
    if not isinstance(said, dict):
        raise NotSlack("payload is no JSON object")
    return said


def _is_button(action: Any) -> bool:
    return isinstance(action, dict) and all(
        isinstance(action.get(name), str) and len(action[name]) <= 2_000
        for name in ("action_id", "value")
    )


def _user(said: Any) -> str:
    found = said.get("id") if isinstance(said, dict) else None
    if not isinstance(found, str) or not _USER.fullmatch(found):
        raise NotSlack("names no Slack user")
    return found


def _is_https(address: str) -> bool:
    return address.startswith("https://") and len(address) <= 2_000
