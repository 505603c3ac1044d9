"""Slack: Block Kit messages to incoming webhooks, and the signed requests of its apps."""

from .channel import SlackChannel
from .inbound import (
    Click,
    Command,
    NotSlack,
    is_certificate_check,
    is_signed,
    read_click,
    read_command,
)
from .tempo import Tempo

__all__ = [
    "Click",
    "Command",
    "NotSlack",
    "SlackChannel",
    "Tempo",
    "is_certificate_check",
    "is_signed",
    "read_click",
    "read_command",
]
