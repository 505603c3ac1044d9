"""Outgoing webhooks, signed as Standard Webhooks (specification 1.0.0) asks."""

from .channel import WebhookChannel

__all__ = ["WebhookChannel"]
