"""Who hears what, and why."""

from tocsin.kernel.facts import Entry, noun_of

from .model import BURNS, EVENTS_OF, Channel, ChannelKind, Receives


def reason_to_tell(channel: Channel, cause: Entry) -> str | None:
    """Why a channel hears of a fact, as a sentence; None where it does not.

    Silent facts and drills are for nobody outside. An alert, or a burn, must be of a tier that the
    channel follows, and not held back; one that only changed for the better, or again, goes to
    webhooks that asked for it.
    """
    if cause.silent or cause.drill or not channel.hears(cause.kind):
        return None
    if noun_of(cause.subject) == "alert" or cause.kind in BURNS:
        return _reason_for_alert(channel, cause)
    if channel.kind is ChannelKind.WEBHOOK:
        return f"The webhook {channel.name} asked for {cause.kind}."
    return f"The channel {channel.name} receives {_what(cause)}."


def _reason_for_alert(channel: Channel, cause: Entry) -> str | None:
    tier = cause.payload["tier"]
    if tier not in channel.tiers or not cause.payload.get("told", True):
        return None
    if channel.kind is ChannelKind.WEBHOOK:
        return f"The webhook {channel.name} asked for {cause.kind} of tier {tier}."
    if not cause.payload.get("sends", True):
        return None
    return f"The channel {channel.name} receives alerts about services of tier {tier}."


def _what(cause: Entry) -> str:
    if cause.kind in EVENTS_OF[Receives.UPDATES]:
        return "public updates"
    if noun_of(cause.subject) == "audit":
        return "news of pollers, and with them of Tocsin's own health"
    return "news of pollers: broken, well again, moved, components gone"
