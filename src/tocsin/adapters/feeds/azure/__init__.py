"""The RSS feed of Azure's status page."""

from tocsin.adapters.feeds.azure.kind import AzureKind, AzureSource

__all__ = ["AzureKind", "AzureSource"]
