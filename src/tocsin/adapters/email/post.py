"""One letter as bytes: headers of this delivery around the form's body."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from tocsin.platform.delivery import Claimed, DeliveryError

from .form import Form
from .sender import Sender, deliverable, one_line

_LINK = re.compile(r"https?://[!-;=?-~]{1,900}")


@dataclass(frozen=True, slots=True)
class Post:
    """What the server is handed: envelope addresses and the message."""

    sender: str
    recipient: str
    message: bytes

    @property
    def needs_smtputf8(self) -> bool:
        return not self.recipient.isascii()


def post_of(claimed: Claimed, form: Form, sender: Sender, now: datetime) -> Post:
    """Write the letter of one delivery; raises DeliveryError where the address cannot be one.

    The Message-ID is the delivery's id, so every attempt carries the same.
    """
    recipient = deliverable(claimed.recipient.address)
    if recipient is None:
        raise DeliveryError(
            f"{one_line(claimed.recipient.address)[:100]} is not a mail address.", permanent=True
        )
    thread = hashlib.sha256(claimed.thread.encode()).hexdigest()[:32]
    headers = {
        "From": sender.header(form.from_name),
        "To": recipient,
        "Subject": form.subject_header(claimed.slots),
        "Date": format_datetime(now),
        "Message-ID": f"<{claimed.message_id}@{sender.host}>",
        "References": f"<{thread}@{sender.host}>",
        "Auto-Submitted": "auto-generated",
        **_unsubscribe(claimed.slots),
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{form.boundary}"',
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return Post(sender.address, recipient, head.encode() + b"\r\n" + form.body(claimed.slots))


def _unsubscribe(slots: Mapping[str, str]) -> dict[str, str]:
    """List-Unsubscribe (RFC 2369); one click (RFC 8058) only where the link is https."""
    link = slots.get("unsubscribe_url", "")
    if not _LINK.fullmatch(link):
        return {}
    headers = {"List-Unsubscribe": f"<{link}>"}
    if link.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
