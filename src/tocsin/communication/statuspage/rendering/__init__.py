"""Turns one page's plain values into the files strangers read: no database, clock or network."""

from tocsin.communication.statuspage.rendering.bundle import CONTENT_SECURITY_POLICY
from tocsin.communication.statuspage.rendering.changes import fingerprint, next_change_at
from tocsin.communication.statuspage.rendering.notices import (
    Notice,
    render_confirm_form,
    render_notice,
    render_unsubscribe_form,
)
from tocsin.communication.statuspage.rendering.tree import render_page
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
    "CONTENT_SECURITY_POLICY",
    "ComponentView",
    "DayView",
    "GroupView",
    "ImpactSpanView",
    "ImpactView",
    "MaintenanceView",
    "Notice",
    "PageIdentity",
    "PageView",
    "PublicIncidentView",
    "PublicPhase",
    "PublicUpdateView",
    "RenderedFile",
    "fingerprint",
    "next_change_at",
    "render_confirm_form",
    "render_notice",
    "render_page",
    "render_unsubscribe_form",
]
