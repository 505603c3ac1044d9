"""Slack as it really answers, on this machine."""
