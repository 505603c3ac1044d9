"""Slack's own status API v2.0.0."""

from tocsin.adapters.feeds.slack.kind import SlackKind, SlackSource
from tocsin.adapters.feeds.slack.rules import parse

__all__ = ["SlackKind", "SlackSource", "parse"]
