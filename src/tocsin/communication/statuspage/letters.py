"""What subscribers get to read."""

from typing import Any

from tocsin.communication.statuspage.model import StatusPage
from tocsin.platform.letters import Button, Letter, compose_letter
from tocsin.platform.texts import to_html, to_plain


def confirmation(page: StatusPage, language: str) -> dict[str, Any]:
    """The letter that asks whether the address is theirs. Slot: `confirm_url`."""
    raise NotImplementedError


__all__ = ["Button", "Letter", "compose_letter", "confirmation", "to_html", "to_plain"]
