"""Deliveries as the mail channel gets them."""

from typing import Any

from tocsin.kernel.ids import new_id
from tocsin.platform.delivery import Body, Claimed, Recipient

CONTENT = {
    "subject": "Payments are down",
    "text": "Payments are down.\n\nTo stop: {{unsubscribe_url}}\n",
    "html": '<p>Payments are down.</p><a href="{{unsubscribe_url}}">Stop</a>',
}


def claimed(to: str = "ann@example.org", **changes: Any) -> Claimed:
    content = {**CONTENT, **changes.pop("content", {})}
    values: dict[str, Any] = {
        "id": new_id(),
        "tenant": new_id(),
        "channel": "mail",
        "route": "mail",
        "recipient": Recipient("subscriber", "ann", to),
        "digest": Body(content).digest,
        "content": content,
        "slots": {"unsubscribe_url": "https://status.example.org/unsubscribe/t0ken?a=1&b=2"},
        "thread": "incident:0190",
        "purpose": "subscriber",
        "attempt": 1,
        "tries": 1,
        "owner": "me",
    }
    return Claimed(**{**values, **changes})
