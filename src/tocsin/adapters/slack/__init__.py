"""Slack incoming webhooks: Block Kit messages, one per second and webhook."""

from .channel import SlackChannel
from .tempo import Tempo

__all__ = ["SlackChannel", "Tempo"]
