"""Stakeholders: the channels that hear of alerts and public updates, and how each is told."""

from .blocks import ACKNOWLEDGE
from .conversation import ClickAnswer, acknowledge_from_slack, tell_status
from .environment import StakeholderSettings
from .model import Channel, ChannelKind, Receives
from .queries import Reached, channel, channels, reach
from .verbs import ChannelDraft, add_channel

__all__ = [
    "ACKNOWLEDGE",
    "Channel",
    "ChannelDraft",
    "ChannelKind",
    "ClickAnswer",
    "Reached",
    "Receives",
    "StakeholderSettings",
    "acknowledge_from_slack",
    "add_channel",
    "channel",
    "channels",
    "reach",
    "tell_status",
]
