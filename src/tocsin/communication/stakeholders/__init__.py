"""Stakeholders: the channels that hear of alerts and public updates, and how each is told."""

from .environment import StakeholderSettings
from .model import Channel, ChannelKind, Receives
from .queries import Reached, channel, channels, reach

__all__ = [
    "Channel",
    "ChannelKind",
    "Reached",
    "Receives",
    "StakeholderSettings",
    "channel",
    "channels",
    "reach",
]
