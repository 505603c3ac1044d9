"""Stakeholders: the channels that hear of alerts and public updates, and how each is told."""

from .environment import StakeholderSettings
from .model import Channel, ChannelKind, Receives
from .queries import Reached, channel, channels, reach
from .verbs import ChannelDraft, add_channel

__all__ = [
    "Channel",
    "ChannelDraft",
    "ChannelKind",
    "Reached",
    "Receives",
    "StakeholderSettings",
    "add_channel",
    "channel",
    "channels",
    "reach",
]
