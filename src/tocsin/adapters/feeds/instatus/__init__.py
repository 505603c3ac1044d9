"""Instatus: `/summary.json` says how a page is, `/v3/components.json` what it is made of."""

from tocsin.adapters.feeds.instatus.kind import InstatusKind, InstatusSource

__all__ = ["InstatusKind", "InstatusSource"]
