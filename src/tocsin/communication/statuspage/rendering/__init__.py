"""Turns one page's plain values into the files strangers read: no database, clock or network."""

from tocsin.communication.statuspage.rendering.views import (
    ComponentView,
    DayView,
    GroupView,
    ImpactSpanView,
    ImpactView,
    MaintenanceView,
    PageIdentity,
    PageView,
    PublicIncidentView,
    PublicPhase,
    PublicUpdateView,
    RenderedFile,
)

__all__ = [
    "ComponentView",
    "DayView",
    "GroupView",
    "ImpactSpanView",
    "ImpactView",
    "MaintenanceView",
    "PageIdentity",
    "PageView",
    "PublicIncidentView",
    "PublicPhase",
    "PublicUpdateView",
    "RenderedFile",
]
