"""Facts of channels; what they hold are names of fields and kinds, never addresses."""

from collections.abc import Iterable

from tocsin.kernel.facts import Fact, subject_of

from .model import Channel

ADDED = "channel.added"
EDITED = "channel.edited"
REMOVED = "channel.removed"
TESTED = "channel.tested"


def fact(kind: str, channel: Channel) -> Fact:
    """Something happened to a channel."""
    return Fact(kind, subject_of("channel", channel.id), {"kind": channel.kind.value})


def edited(channel: Channel, names: Iterable[str]) -> Fact:
    """Fields of a channel changed."""
    payload = {"kind": channel.kind.value, "fields": sorted(names)}
    return Fact(EDITED, subject_of("channel", channel.id), payload)
